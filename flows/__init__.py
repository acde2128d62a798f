"""Wirehouse: news pages in, a DuckDB warehouse out.

A page's way through the house, each stage importing only from the stages to its left and from the shared modules
(``settings``, ``schemas``, ``errors``, ``reference``):

- ``load``    bytes in: one reader a format, all yielding the same records; what cannot be read is a reject with a reason
- ``clean``   pure: a page's text → blocks → roles → stories → articles with their metadata
- ``enrich``  pure: sentences, entities, quotes, statements, dates, events, amounts, topics, tone, each with its span
- ``relate``  pure: copies, clusters, happenings
- ``publish`` marts and checks from ``sql/``, the atomic swap of the published file, exports

``warehouse`` is the only module that opens DuckDB, ``pipeline`` the only one that imports Prefect.
"""

__version__ = "0.1.0"
