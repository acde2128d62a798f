"""The links of a page to other stories: groups of caption, headline and teaser in its lists, and the previous and next article."""

from urllib.parse import urljoin

from flows.clean.page import NAV, RELATED, Link, Markup, Page, Reading
from flows.clean.wording import BIT

_PREVIOUS, _NEXT = BIT["previous"], BIT["next"]
_FEWEST_TITLE_WORDS = 3.0


def find_links(page: Page, reading: Reading) -> list[Link]:
    """All links of the page in its order.

    In a list of other stories a teaser (it ends in an ellipsis or reads as a sentence) closes its group: the line above it
    is the headline, the line above that the caption. In a list without teasers every line is a headline. Where tags tell
    addresses, a link is what its address says: see ``_marked_links``.
    """
    if page.markup is not None and any(page.markup.href):
        return _marked_links(page, page.markup, reading)
    links: list[Link] = []
    at = 0
    while at < page.size:
        if reading.role[at] == NAV and page.strong[at] and page.line[at] & (_PREVIOUS | _NEXT):
            kind = "previous" if page.line[at] & _PREVIOUS else "next"
            if at + 1 < page.size and reading.role[at + 1] == NAV and not page.strong[at + 1] and page.words[at + 1] >= _FEWEST_TITLE_WORDS:
                links.append(Link(kind, page.text[at + 1]))
                at += 1
        elif reading.role[at] == RELATED:
            run: list[int] = []
            while at < page.size and reading.role[at] == RELATED:
                if page.strong[at] and page.line[at]:
                    links.extend(_groups(page, run))
                    run = []
                else:
                    run.append(at)
                at += 1
            links.extend(_groups(page, run))
            continue
        at += 1
    return links


def absolute(address: str | None, page: str | None) -> str | None:
    """An address as the page at ``page`` means it; None when it is none.

    >>> absolute("/b?x=1", "https://news.example/a"), absolute("http://[", "https://news.example/a")
    ('https://news.example/b?x=1', None)
    """
    try:
        return urljoin(page or "", address) if address else None
    except ValueError:
        return None


def _is_teaser(page: Page, at: int) -> bool:
    text = page.text[at].rstrip()
    return text.endswith(("…", "...", "[…]", "[...]")) or (page.words[at] >= 9 and page.stopped(at))


def _groups(page: Page, run: list[int]) -> list[Link]:
    """Links of one run of lines of a list."""
    titled = [at for at in run if page.words[at] >= _FEWEST_TITLE_WORDS]
    teasers = {at for at in titled if _is_teaser(page, at)}
    if len(teasers) < max(1, len(titled) // 5):
        return [Link("related", page.text[at]) for at in titled]
    links: list[Link] = []
    group: list[int] = []
    for at in titled:
        if at not in teasers:
            group.append(at)
        elif group:
            for single in group[:-2]:
                links.append(Link("related", page.text[single]))
            caption = page.text[group[-2]] if len(group) > 1 else None
            links.append(Link("related", page.text[group[-1]], page.text[at], caption))
            group = []
        elif links and links[-1].teaser is None:
            links[-1] = links[-1]._replace(teaser=page.text[at])
    links.extend(Link("related", page.text[at]) for at in group)
    return links


def _marked_links(page: Page, marks: Markup, reading: Reading) -> list[Link]:
    """Links by their addresses: lines of one list with the same address are one link, a heading or else the first of them its
    title, and a sentence below, with that address or none, its teaser."""
    links: dict[str, Link] = {}
    last: tuple[int, str] | None = None  # the line of the last link, and its address
    for at in range(page.size):
        if reading.role[at] != RELATED:
            continue
        href = marks.href[at]
        if not href or href.startswith(("#", "javascript:", "mailto:")):
            if last is not None and last[0] == at - 1 and links[last[1]].teaser is None and _is_teaser(page, at):
                links[last[1]] = links[last[1]]._replace(teaser=page.text[at])
            continue
        if page.words[at] < _FEWEST_TITLE_WORDS or marks.link_share[at] < 0.5:
            continue
        known = links.get(href)
        if known is None:
            links[href] = Link("related", page.text[at], url=href)
        elif last is not None and last[1] == href and page.text[at] != known.title:
            if marks.is_heading(at):
                links[href] = known._replace(
                    title=page.text[at], teaser=known.teaser or (known.title if _is_teaser(page, last[0]) else None)
                )
            elif known.teaser is None and _is_teaser(page, at):
                links[href] = known._replace(teaser=page.text[at])
        last = (at, href)
    return list(links.values())
