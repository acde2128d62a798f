"""Expressions of time in an article (TIMEX3): found where they stand, then put on the calendar.

``find_dates`` needs no day of publication, which ``dating.date_article`` works out from what was found; ``resolve_dates``
then gives each expression its value, or says why it has none.
"""

from flows.enrich.dates_find import find_dates
from flows.enrich.dates_line import Found
from flows.enrich.dates_resolve import resolve_dates

__all__ = ["Found", "find_dates", "resolve_dates"]
