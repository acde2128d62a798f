"""Pages whose body is known, for fitting: read from a folder, made up from several stories, and labelled block by block.

The folder holds JSON Lines files (``*.jsonl`` or ``*.jsonl.gz``), one record a page: ``id``, ``url``, ``gold_body`` (the body as
text, paragraphs on lines of their own), and ``page_text`` (the page as text), ``html_path`` (the page as HTML, a file in the
folder, gzip or not) or both; optional ``gold_title``, ``text_ok`` (false where the text lacks part of the body) and ``domain``.
Records without ``gold_body`` but with HTML may be labelled weakly by another extractor.
"""

import collections
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from flows.clean.blocks import split_blocks
from flows.load.pages import RECORD_SCHEMA, pages_from_records
from flows.reference.html_hints import HtmlHints

WORD = re.compile(r"\w+")
_SHINGLE = 4
_WEAK = 0.3


class Labelled(NamedTuple):
    """A page with its blocks and, for each, the share of it that belongs to the body.

    ``group`` is what must not stand on both sides of a split (the site); ``measured`` tells the pages that figures are for.
    """

    id: str
    group: str
    url: str | None
    title: str | None
    text: str
    body: str
    blocks: list[str]
    labels: np.ndarray
    weight: float
    measured: bool


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Records of a JSON Lines file, gzip or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    """Runs of four words, with how often each occurs."""
    tokens = WORD.findall(text or "")
    if tokens and len(tokens) < _SHINGLE:
        tokens += [""] * (_SHINGLE - len(tokens))
    return collections.Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(max(0, len(tokens) - _SHINGLE + 1)))


def agreement(want: collections.Counter[tuple[str, ...]], got: str) -> tuple[int, int, int]:
    """Shingles in both, in ``got`` alone and in ``want`` alone."""
    found = shingles(got)
    both = sum((want & found).values())
    return both, sum(found.values()) - both, sum(want.values()) - both


def label_blocks(blocks: list[str], body: str) -> np.ndarray:
    """The share of each block's shingles that the body holds; of equal blocks only those nearest to the rest of the body count."""
    tokens = [WORD.findall(block) for block in blocks]
    of_body = WORD.findall(body)
    known = set(shingles(body))
    lines = {tuple(WORD.findall(line)) for line in body.split("\n")}
    labels = np.zeros(len(blocks))
    for at, words in enumerate(tokens):
        if len(words) >= _SHINGLE:
            hits = [tuple(words[k : k + _SHINGLE]) in known for k in range(len(words) - _SHINGLE + 1)]
            labels[at] = sum(hits) / len(hits)
        elif words and tuple(words) in lines:
            labels[at] = 0.5
    size = np.array([min(len(words), 60) for words in tokens])
    sure = (labels >= 0.5) & (np.array([len(words) for words in tokens]) >= _SHINGLE)

    def support(at: int) -> int:
        near = np.arange(max(0, at - 6), min(len(tokens), at + 7))
        return int(size[near][sure[near] & (near != at)].sum())

    places = collections.defaultdict(list)
    for at, words in enumerate(tokens):
        if words and labels[at] >= 0.5:
            places[tuple(words)].append(at)
    for words, where in places.items():
        if len(where) > 1:
            times = sum(tuple(of_body[k : k + len(words)]) == words for k in range(len(of_body)) if of_body[k] == words[0])
            for at in sorted(where, key=lambda at: -support(at))[max(1, times) :]:
                labels[at] = 0
                sure[at] = False
    inside = np.flatnonzero(sure)
    for at, words in enumerate(tokens):
        if len(words) < _SHINGLE:
            between = inside.size and inside[0] < at <= inside[-1] + 1
            labels[at] = 1.0 if labels[at] == 0.5 and between and support(at) else 0.0
    return labels


def _blocks_of(text: str) -> list[str]:
    blocks = split_blocks([text])
    return [text[start:end] for start, end in zip(blocks.char_start().tolist(), blocks.char_end().tolist(), strict=True)]


def _weak_body(html: str) -> str:
    """What another extractor takes for the body, "" where none is installed."""
    try:
        import trafilatura
    except ImportError:
        return ""
    return str(trafilatura.extract(html, favor_precision=True, include_comments=False, include_tables=False) or "")


def _frame(row: dict[str, Any], html: str, hints: HtmlHints) -> pl.DataFrame:
    """What loading makes of a page as HTML: one row."""
    record = dict.fromkeys(RECORD_SCHEMA) | {
        "document_id": row["id"],
        "source_uri": row["id"],
        "content": html,
        "is_html": True,
        "media_type": "text/html",
        "url": row.get("url"),
    }
    return pages_from_records(pl.DataFrame([record], schema=RECORD_SCHEMA), hints=hints)


def _agrees(blocks: list[str], labels: np.ndarray, body: str) -> float:
    """F1 of the blocks that are labelled as body and the body itself: what a perfect choice of blocks reaches."""
    both, extra, missing = agreement(
        shingles(body), "\n\n".join(block for block, label in zip(blocks, labels, strict=True) if label >= 0.5)
    )
    return 2 * both / max(1, 2 * both + extra + missing)


def read_labelled(
    files: list[Path], *, hints: HtmlHints, measured: tuple[str, ...], group_of: Callable[[str | None, str], str]
) -> tuple[list[Labelled], list[Labelled], pl.DataFrame]:
    """All labelled pages of the files, as text (that of the HTML where a record holds none), and as HTML with what loading made of it.

    Pages of files whose name starts with one of ``measured`` are those that figures are for.
    """
    texts: list[Labelled] = []
    htmls: list[Labelled] = []
    frames: list[pl.DataFrame] = []
    seen: set[str | None] = set()
    for path in files:
        for row in rows_of(path):
            body, weight = row.get("gold_body") or "", 1.0
            if row.get("url") in seen:
                continue
            seen.add(row.get("url"))
            html_path = path.parent / (row.get("html_path") or "-")
            title = row.get("gold_title") or (row.get("gold") or {}).get("title")
            group = group_of(row.get("url"), row.get("domain") or row["id"])
            counts = path.name.startswith(measured) and bool(row.get("text_ok", True))
            frame = None
            if html_path.exists():
                raw = html_path.read_bytes()
                html = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")
                if not body:
                    body, weight = _weak_body(html), _WEAK
                frame = _frame(row, html, hints)
                title = title or frame["page_title"][0]
            for view in ("text", "html"):
                text = (row.get("page_text") or (frame["text"][0] if frame is not None else None)) if view == "text" else None
                if view == "html" and frame is not None:
                    text = frame["text"][0]
                if not text or (len(body) < 300 and weight < 1):
                    continue
                blocks = _blocks_of(text)
                labels = label_blocks(blocks, body)
                if weight < 1 and _agrees(blocks, labels, body) < 0.85:
                    continue
                page = Labelled(row["id"], group, row.get("url"), title, text, body, blocks, labels, weight, counts)
                (texts if view == "text" else htmls).append(page)
                if view == "html" and frame is not None:
                    frames.append(frame)
    return texts, htmls, pl.concat(frames) if frames else pl.DataFrame()


# ---------------------------------------------------------------- pages of several stories, made up from single ones
_GIVEN = [
    "Anna",
    "James",
    "Maria",
    "Peter",
    "Olga",
    "Wei",
    "Fatima",
    "John",
    "Elena",
    "Tomas",
    "Priya",
    "David",
    "Aisha",
    "Laura",
    "Ivan",
    "Mehmet",
    "Chloe",
    "Marco",
]
_FAMILY = [
    "Keller",
    "Novak",
    "Chen",
    "Rossi",
    "Haddad",
    "Petrova",
    "Okafor",
    "Larsen",
    "Moreau",
    "Kim",
    "Silva",
    "Demir",
    "Walsh",
    "Fischer",
    "Iyer",
    "Brandt",
]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_SEPARATORS = (
    "---",
    "***",
    "* * *",
    "•",
    "———",
    "___________",
    "==========",
    "###",
    "-0-",
    "(END)",
    "ENDS",
    "~",
    "…",
    "◆",
    "----------------",
    "—",
    "·",
)
_MENU = (
    "Home",
    "World",
    "Politics",
    "Business",
    "Sport",
    "Culture",
    "Opinion",
    "Video",
    "Local",
    "Tech",
    "Science",
    "Health",
    "Travel",
    "Jobs",
)
_FOOT = (
    "About us | Contact | Privacy policy | Terms of use",
    "© 2021 Example Media. All rights reserved.",
    "Privacy policy",
    "Contact us",
    "Back to top",
)


def _name(dice: random.Random) -> str:
    return f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"


def _date(dice: random.Random) -> str:
    year, month, day = dice.randint(1998, 2025), dice.randint(1, 12), dice.randint(1, 28)
    forms = (
        f"{year}-{month:02}-{day:02}",
        f"{_MONTHS[month - 1]} {day}, {year}",
        f"{day} {_MONTHS[month - 1]} {year}",
        f"{_MONTHS[month - 1][:3]} {day}, {year} {dice.randint(1, 12)}:{dice.randint(10, 59)} {dice.choice(('AM', 'PM'))}",
        f"{day:02}.{month:02}.{year}",
    )
    return dice.choice(forms)


def _byline(dice: random.Random) -> str:
    name = _name(dice)
    return dice.choice(
        (
            f"By {name}",
            f"by {name}",
            f"By {name} and {_name(dice)}",
            f"Author: {name}",
            name,
            f"By {name.upper()}",
            f"By {name}, Staff Writer",
        )
    )


def _caption(dice: random.Random) -> str:
    doing = dice.choice(("speaks at", "walks through", "leaves", "waves to supporters during"))
    what, where = dice.choice(("a rally", "a summit", "a news conference")), dice.choice(("Geneva", "Lima", "Nairobi", "Oslo"))
    return f"{_name(dice)} {doing} {what} in {where} on {_date(dice)}. {dice.choice((f'(Photo by {_name(dice)}/Agency)', '', '© Agency', 'File photo'))}".strip()


def several_stories(
    sources: list[Labelled], wording: dict[str, list[str]], *, dice: random.Random
) -> tuple[str, list[tuple[str, float]], list[int]]:
    """A made-up page of several stories: its style, its blocks with their labels, and which of them are headlines.

    ``wording`` holds furniture lines by role. Styles are those of digests, portals, feeds, wires, reader pages and bare text.
    """
    style = dice.choice(("digest", "portal", "plain", "feed", "wire", "reader", "ticker", "bare"))
    lines: list[tuple[str, float]] = []
    heads: list[int] = []

    def filler(low: int, high: int) -> None:
        for _ in range(dice.randint(low, high)):
            lines.append((dice.choice(wording[dice.choice(("widget", "promo", "related", "previous", "comment"))]).capitalize(), 0.0))

    if style == "portal":
        menu = dice.sample(_MENU, dice.randint(3, 8))
        lines += [(line, 0.0) for line in ([dice.choice((" | ", " · ")).join(menu)] if dice.random() < 0.6 else menu)]
        filler(0, 2)
    mark = dice.choice(_SEPARATORS)
    for number, source in enumerate(sources):
        paragraphs = [" ".join(part.split()) for part in source.body.split("\n") if part.strip()]
        if number and (style in ("feed", "wire", "reader", "ticker") or (style == "digest" and dice.random() < 0.3)):
            mark = dice.choice(_SEPARATORS) if style == "feed" else mark
            lines.append((mark, 0.0))
        title = source.title if source.title and dice.random() < 0.75 else paragraphs[0][: dice.choice((60, 80, 90, 100, 120))].rstrip()
        if style != "bare" or dice.random() < 0.7:
            heads.append(len(lines))
            lines.append((" ".join((title.upper() if style == "wire" and dice.random() < 0.8 else title).split()), 0.0))
        if style == "feed" and dice.random() < 0.8:
            slug = "-".join(re.findall(r"[a-z0-9]+", title.lower())[:9])
            lines.append((f"https://www.daily-{dice.randint(1, 99)}.example/{slug}/", 0.0))
        if style in ("feed", "portal") and dice.random() < 0.7:
            lines.append((dice.choice(("Posted on ", "Published ", "Updated: ", "")) + _date(dice), 0.0))
        if style in ("feed", "portal", "digest", "bare") and dice.random() < 0.5:
            lines.append((_byline(dice), 0.0))
        if style in ("reader", "portal") and dice.random() < 0.25:
            lines.append((_caption(dice), 0.0))
        lines += [(paragraph, 1.0) for paragraph in paragraphs]
        if style in ("digest", "portal"):
            filler(0, 4)
    if style in ("wire", "feed", "reader") and dice.random() < 0.5:
        lines.append((mark, 0.0))
    if style == "portal":
        lines += [(line, 0.0) for line in dice.sample(_FOOT, dice.randint(1, 4))]
    return style, lines, heads


def made_up_pages(
    pages: list[Labelled], wording: dict[str, list[str]], fold_of: dict[str, int], *, pages_a_fold: int, seed: int = 7
) -> list[tuple[Labelled, list[int]]]:
    """Pages of several stories, each made of pages of one fold alone, with the places of their headlines among the blocks."""
    dice = random.Random(seed)
    out = []
    for fold in sorted(set(fold_of.values())):
        pool = [page for page in pages if fold_of[page.group] == fold and page.weight == 1 and len(page.body) > 80]
        for number in range(pages_a_fold):
            _, lines, heads = several_stories(dice.sample(pool, dice.choice((1, 1, 2, 3, 4, 5, 6))), wording, dice=dice)
            text = dice.choice(("\n\n", "\n\n", "\n")).join(line for line, _ in lines)
            blocks = _blocks_of(text)
            if len(blocks) != len(lines):
                continue
            labels = np.array([label for _, label in lines])
            body = "\n\n".join(line for line, label in lines if label)
            out.append((Labelled(f"several-{fold}-{number}", f"several-{fold}", None, None, text, body, blocks, labels, 0.4, False), heads))
    return out
