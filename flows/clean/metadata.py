"""What a page tells of its stories: outlet, source of a taken-over text, byline and dateline."""

import re
from collections import Counter
from collections.abc import Mapping, Set
from typing import NamedTuple
from urllib.parse import unquote

from flows.clean.page import BODY, BYLINE, DATELINE, RELATED, SUBHEAD, Page, Reading, StoryParts

_ADDRESS = re.compile(r"(?:https?://|@|\bwww\.)?((?:[a-z0-9-]+\.)+[a-z]{2,12})\b(?!@)", re.IGNORECASE)
_MARKED_ADDRESS = re.compile(r"(?:https?://(?:www\.)?|@|\bwww\.)((?:[a-z0-9-]+\.)+[a-z]{2,12})\b", re.IGNORECASE)
_BARE_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|org|net|news|info|co\.uk|eu|tv)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\W*(?:\d{4}\W*(?:\d{2,4}\W+)?)?(?:by\s+)?(?P<name>[^\W\d_][^|.,©\n]{2,48})", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "in", "gob", "asn"})
_NAME = r"(?P<name>(?:the )?[A-Z][\w&.-]*(?:\s+(?:of|the|and|de|[A-Z][\w&.-]*)){0,5})"
_ASKED = re.compile(
    rf"(?i:respond(?:ed)?|repl(?:y|ied)) to {_NAME}[’']s? (?:\w+ )?(?:questions?|requests?|inquir|enquir|queries)"
    rf"|(?i:comment) (?:to|from|by) {_NAME.replace('name', 'asker')}(?=[ .,;])"
    rf"|{_NAME.replace('name', 'seeker')}[’']s? (?:\w+ )?requests? for comment"
)
_ASKING = ("comment", "request", "question", "nquir", "queries")  # one of them stands wherever _ASKED matches
_TOLD = re.compile(rf"\b(?:told|in an interview (?:with|to)|speaking to|in a statement to|asked by) {_NAME}(?=[’' .,;:])")
_ORIGIN = re.compile(
    r"(?:originally (?:appeared|published|ran)|first (?:appeared|published)|republished|reprinted|syndicated)"
    rf" (?:in|on|at|by|from|with permission from|with permission of) {_NAME}",
)
_AGENCY_LINE = re.compile(
    r"^(?:(?P<place>[^\W\d_][^()\d—–:;\"“”]{1,48}?)(?:[,.]?\s+(?:[^\W\d_]{3,9}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,9}\.?)(?:,?\s+\d{4})?)?\s*)?\((?P<agency>[^()]{2,40})\)\s*(?:[-—–―:]+|$)"
)
_PLACE_LINE = re.compile(
    r"^(?P<place>[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3}(?:, [A-Z][\w.]+){0,2})(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?\s*(?:[—–―]|--| - )"
)
_WIRE_SIGN = re.compile(r"\d|\(")  # a day or an agency
DASHES = "-–—―"
_LONGEST_DATELINE = 80
_DASHED_TAIL = re.compile(r"[—–-]\s*\S+$")
_BY = re.compile(r"^(?i:by|from|source:?)\s+")
_TAIL = re.compile(r"(?:^|[\s(–—-])(?P<name>[A-Z][\w. ]{1,30}?)[).]*$")


class Outlets(NamedTuple):
    """Known outlets by lower-case name or domain, the agencies among them, and hosts that are nobody's own address."""

    names: Mapping[str, str]
    agencies: Mapping[str, str]
    platforms: Set[str]


def registrable(host: str) -> str:
    """The registrable domain of a host name, by the common second levels.

    >>> registrable("edition.news.co.uk"), registrable("www.site.example")
    ('news.co.uk', 'site.example')
    """
    labels = host.lower().strip(".").split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def find_outlet(page: Page, reading: Reading, outlets: Outlets) -> str | None:
    """The publisher as the page's furniture names it: an address, a handle, a mail address, or the name in a copyright line."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for at in page.telling:
        text = page.text[at]
        if reading.role[at] in (BODY, SUBHEAD, RELATED) or len(text) > 1500:
            continue
        if "@" in text or "www." in text or "http" in text:
            for found in _MARKED_ADDRESS.finditer(text):
                domain = registrable(found.group(1))
                if domain not in outlets.platforms:
                    seen[domain] += 1
        elif page.words[at] <= 3 and _BARE_DOMAIN.fullmatch(text):
            domain = registrable(text)
            if domain not in outlets.platforms:
                seen[domain] += 1
        if "©" in text or "opyright" in text:
            found_name = _COPYRIGHT.search(text)
            if found_name and reading.story[at] == 0:
                name = found_name.group("name").strip(" -–—")
                if not name.lower().startswith(("all rights", "photo", "image", "pool", "getty", "reuters", "the associated")):
                    names.append(name)
    if seen:
        return seen.most_common(1)[0][0]
    return names[0] if names else None


def known_outlet(name: str, outlets: Mapping[str, str]) -> str | None:
    """The known outlet that a capitalised phrase begins with, the longest one.

    >>> known_outlet("Example Wire Monday", {"example wire": "Example Wire"})
    'Example Wire'
    """
    words = name.split()
    if words and words[0].lower() == "the" and len(words) > 1:
        found = known_outlet(" ".join(words[1:]), outlets)
        if found:
            return found
    for size in range(len(words), 0, -1):
        found = outlets.get(" ".join(words[:size]).strip(".,;:’'").casefold())
        if found:
            return found
    return None


def is_same_outlet(source: str, outlet: str | None) -> bool:
    """Whether an outlet, by name or domain, is the source itself: an agency's own page is taken from nobody.

    >>> is_same_outlet("Example Wire", "examplewire.org"), is_same_outlet("Example Wire", "herald.org")
    (True, False)
    """
    if outlet is None:
        return False
    own, other = (re.sub(r"[\W_]", "", name).casefold().removeprefix("the") for name in (outlet, source))
    return len(other) > 1 and own.startswith(other)


def own_names(outlets: Outlets, *told: str | None) -> set[str]:
    """The known outlets that a page's own outlet, site or site name stand for."""
    return {outlets.names[name.casefold()] for name in told if name and name.casefold() in outlets.names}


def find_source(page: Page, story: StoryParts, reading: Reading, outlets: Outlets, body: str, own: set[str]) -> str | None:
    """The outlet or agency from which the story was taken over, where the page tells and it is not the page's ``own``.

    Told by an agency's name in the opening ("(Example Wire) –"), a note of origin, an agency as the last word or as author, or
    an official who did or did not answer another outlet's questions.
    """
    found = (
        _opening_agency(page, story, reading, outlets)
        or _noted_origin(page, story, outlets)
        or _closing_agency(page, story, reading, outlets)
        or (_asking_outlet(page, story, outlets) if "uest" in body or "comment" in body or "quir" in body else None)
        or (_told_outlet(page, story, outlets) if " told " in body else None)
    )
    return None if found in own else found


def _opening_agency(page: Page, story: StoryParts, reading: Reading, outlets: Outlets) -> str | None:
    for at in (*opening_lines(page, story, reading), *story.body[1:2]):
        head = page.text[at][:140]
        opening = _AGENCY_LINE.match(head) if "(" in head else None
        found = known_outlet(opening.group("agency"), outlets.names) if opening else None
        if found:
            return found
    return None


def _noted_origin(page: Page, story: StoryParts, outlets: Outlets) -> str | None:
    for at in range(story.body[0], min(story.body[-1] + 6, story.high)):
        text = page.text[at]
        if len(text) < 600 and (
            "riginally" in text
            or "irst appeared" in text
            or "irst published" in text
            or "epublish" in text
            or "eprint" in text
            or "yndicat" in text
        ):
            origin = _ORIGIN.search(text)
            if origin:
                return known_outlet(origin.group("name"), outlets.names) or origin.group("name").strip()
    return None


def _closing_agency(page: Page, story: StoryParts, reading: Reading, outlets: Outlets) -> str | None:
    last = page.text[story.body[-1]]
    tail = _TAIL.search(last[-40:])
    if tail and (last.rstrip().endswith(")") or page.words[story.body[-1]] <= 4 or _DASHED_TAIL.search(last[-24:])):
        found = known_outlet(tail.group("name"), outlets.agencies)
        if found:
            return found
    for at in range(story.low, min(story.body[-1] + 3, story.high)):
        if reading.role[at] == BYLINE and reading.story[at]:
            found = known_outlet(_BY.sub("", page.text[at]), outlets.agencies)
            if found:
                return found
    return None


def _asking_outlet(page: Page, story: StoryParts, outlets: Outlets) -> str | None:
    for at in story.body:
        low = page.text[at].lower()
        asked = _ASKED.search(page.text[at]) if any(word in low for word in _ASKING) else None
        if asked:
            name = asked.group("name") or asked.group("asker") or asked.group("seeker")
            found = known_outlet(name, outlets.names)
            if found:
                return str(name) if name.casefold().startswith(found.casefold()) else found
    return None


def _told_outlet(page: Page, story: StoryParts, outlets: Outlets) -> str | None:
    """The one outlet, not an agency, to which more than one thing was told."""
    told: Counter[str] = Counter()
    for at in story.body:
        if "told " in page.text[at]:
            for cue in _TOLD.finditer(page.text[at]):
                found = known_outlet(cue.group("name"), outlets.names)
                if found and found not in outlets.agencies.values():
                    told[found] += 1
    return next(iter(told)) if len(told) == 1 and sum(told.values()) > 1 else None


def dateline_place(text: str) -> str | None:
    """The place in the opening of a story, as in "GENEVA, Nov 19 (Example Wire) —" or "REYKJAVIK, Iceland —".

    >>> dateline_place("REYKJAVIK, Iceland (EW) — The leaders met."), dateline_place("They met. (EW) — so it says")
    ('Reykjavik, Iceland', None)
    """
    head = text[:140]
    found = _AGENCY_LINE.match(head)
    place = found.group("place") if found else None
    if place is None:
        found = _PLACE_LINE.match(head)
        place = found.group("place") if found else None
    if not place:
        return None
    place = place.strip(" ,.-–—") if not re.search(r"\b[A-Z][a-z]{1,5}\.$", place.strip(" ,-–—")) else place.strip(" ,-–—")
    words = place.split()
    if (
        not words
        or len(words) > 6
        or not all(word[:1].isupper() or word in {"of", "de", "la", "el", "and", "am", "the"} for word in words)
        or ("." in place.rstrip(".") and len(words) > 4)
    ):
        return None
    return " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in words)


def is_dateline_alone(text: str) -> bool:
    """Whether a line is the dateline of a story and nothing else.

    >>> is_dateline_alone("GENEVA, Nov 19 (Example Wire) -"), is_dateline_alone("They met -")
    (True, False)
    """
    return (
        text[-1:] in DASHES
        and len(text) <= _LONGEST_DATELINE
        and text[:2].isupper()
        and _WIRE_SIGN.search(text) is not None
        and dateline_place(f"{text} .") is not None
    )


def opening_lines(page: Page, story: StoryParts, reading: Reading) -> list[int]:
    """The lines that may hold a story's dateline: one of its own above the text, else the first of the text."""
    first = story.body[0]
    alone = [at for at in range(story.low, first) if reading.role[at] == DATELINE and page.text[at][-1] in DASHES]
    return [*alone[:1], first]


def find_byline(page: Page, story: StoryParts, reading: Reading) -> str | None:
    """The author line of a story as printed; of several, all that follow one another."""
    low = max(0, story.low - 3)
    lines = [at for at in range(low, min(story.body[-1] + 3, story.high)) if reading.role[at] == BYLINE]
    near = [at for at in lines if at < story.body[0]] or lines
    if not near:
        return None
    lead = near[0]
    words = [page.text[lead]]
    if page.strong[lead] and page.words[lead] <= 2 and lead + 1 < page.size and page.words[lead + 1] <= 12:
        words.append(page.text[lead + 1])
    return " ".join(words)


def address_title(url: str | None) -> str:
    """The words of a page's title as its address tells them; "" when it tells none.

    >>> address_title("https://news.example/2021/06/16/leaders-meet-in-geneva-1234.html?x=1")
    'leaders meet in geneva'
    """
    if not url:
        return ""
    path = re.sub(r"[?#].*$", "", re.sub(r"^[a-z+]+://[^/]*", "", url.lower()))
    best: list[str] = []
    for part in path.split("/"):
        names = [
            name
            for name in re.split(r"[-_+.]|%20", unquote(part))
            if name.isalpha() and name not in {"html", "htm", "php", "aspx", "shtml", "amp"}
        ]
        if len(names) > len(best):
            best = names
    return " ".join(best) if len(best) >= 3 else ""
