"""The page that a person opens: ``app`` is the frame, ``views`` holds a module a page, ``sql/dashboard`` a query a chart.

What an article says is never HTML or Markdown here: it goes into tables and charts as values, into labels through
``words.plain``, and into the page through ``parts``, whose scripts only ever set ``textContent``.
"""
