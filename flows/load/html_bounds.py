"""What no page that is meant to be read has, taken off before the parser, whose time grows with its square."""

import re

_LONG = 16_000  # characters of a tag
_MOST = 400  # attributes of a tag
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG},}}")
_ATTRIBUTE = re.compile(r"""\s+[^\s=<>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?""")


def with_few_attributes(html: str) -> str:
    """The page with no more than 400 attributes in any tag; a long value, such as a picture, stays whole.

    >>> with_few_attributes("<p class=x>Talks</p>")
    '<p class=x>Talks</p>'
    """
    return _LONG_TAG.sub(_cut, html) if len(html) > _LONG and _has_long_tag(html) else html


def _has_long_tag(html: str) -> bool:
    """Whether so many characters follow some "<" without an angle bracket, told in a few leaps through the page."""
    at = html.find("<")
    while at >= 0:
        end = at + 2 + _LONG
        following = html.rfind("<", at + 1, end)
        if following < 0:
            if len(html) >= end and html.find(">", at, end) < 0:
                return True
            following = html.find("<", end)
        at = following
    return False


def _cut(tag: re.Match[str]) -> str:
    for number, attribute in enumerate(_ATTRIBUTE.finditer(tag[0])):
        if number == _MOST:
            return tag[0][: attribute.start()]
    return tag[0]
