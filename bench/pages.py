"""Pages of real size, made of the bundled samples' own sentences: what a crawl looks like, without anybody's text.

A page has one article of some 650 words, between a menu of 165 entries and some 60 teasers, and 150 KB of HTML around
them: scripts, styles, share bars. Its sentences come from all the samples, its headlines are made up.
"""

import html
import random
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "pages"
_SECTIONS = [
    "World",
    "Politics",
    "Business",
    "Technology",
    "Science",
    "Health",
    "Sport",
    "Culture",
    "Travel",
    "Opinion",
    "Video",
    "Podcasts",
    "Weather",
    "Newsletters",
    "Archive",
]
_WHERE = [
    "Today",
    "Africa",
    "Americas",
    "Asia",
    "Europe",
    "Oceania",
    "Guides",
    "Reviews",
    "Live",
    "Briefing",
    "Explained",
    "Letters",
    "Pictures",
    "Quizzes",
]
_WORDS = [
    "data",
    "track",
    "view",
    "lazy",
    "slot",
    "load",
    "unit",
    "width",
    "frame",
    "event",
    "query",
    "index",
    "state",
    "cache",
    "token",
    "order",
    "panel",
    "theme",
    "layer",
]


_WHO = [
    "Harbour council",
    "Rail union",
    "Finance minister",
    "Village school",
    "Chess champion",
    "Film festival",
    "Wheat farmers",
    "Coast guard",
    "City museum",
    "Cycling team",
    "Hospital board",
    "Satellite maker",
]
_DOES = ["weighs", "rejects", "welcomes", "delays", "wins", "questions", "unveils", "drops"]
_WHAT = [
    "a plan for winter",
    "its oldest rule",
    "the record bid",
    "new charges",
    "a rival’s offer",
    "the second report",
    "an early vote",
    "the long road home",
    "lower fares",
    "a surprise guest",
]
_DATELINE = re.compile(r"^[A-Z][A-Z ]+,? [^—–]{0,60}[—–] ")
_SENTENCE = re.compile(r"(?<=[a-z]{3}[.?])\s+(?=[A-Z])")


def sentences() -> list[str]:
    """The sentences of the bundled text samples, datelines taken off and paragraphs with quotes whole, in the order of their files."""
    found: list[str] = []
    for file in sorted(SAMPLES.rglob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = _DATELINE.sub("", line.strip())
            if len(told.split()) > 20 and told.count("“") == told.count("”"):
                found += [told] if "“" in told or '"' in told else _SENTENCE.split(told)
    return [each for each in dict.fromkeys(found) if 8 < len(each.split()) < 90]


def headline(rng: random.Random) -> str:
    """A headline, such as a teaser has."""
    return f"{rng.choice(_WHO)} {rng.choice(_DOES)} {rng.choice(_WHAT)}"


def article(seed: int, pool: list[str], *, words: int = 650) -> str:
    """One article as plain text: headline, byline and some ``words`` words in sentences of ``pool`` in an order of its own."""
    rng = random.Random(seed)
    return "\n\n".join([headline(rng), f"By Staff Reporter {seed % 40}", *_paragraphs(rng, pool, words)])


def _paragraphs(rng: random.Random, pool: list[str], words: int) -> list[str]:
    told = rng.sample(pool, len(pool))
    body: list[str] = []
    while sum(len(paragraph.split()) for paragraph in body) < words and told:
        body.append(" ".join(told.pop() for _ in range(min(rng.randint(1, 3), len(told)))))
    return body


def page(seed: int, pool: list[str], *, blurbs: bool = False) -> tuple[str, str]:
    """One page as (HTML, its visible text): one article, of sentences of ``pool`` in an order of its own.

    With ``blurbs`` every teaser has some lines of its story below its headline, and the text is 18 KB instead of 9.
    """
    rng = random.Random(seed)
    body = _paragraphs(rng, pool, 650)
    title = headline(rng)
    menu = [f"{section} {place}" for section in _SECTIONS for place in rng.sample(_WHERE, 11)]
    teasers = list(dict.fromkeys(headline(rng) for _ in range(60)))
    told = {each: " ".join(rng.sample(pool, 2))[:150].rsplit(" ", 1)[0] + "…" if blurbs else "" for each in teasers}
    visible = [
        *menu,
        title,
        f"By Staff Reporter {seed % 40}",
        *body,
        "Share this article",
        "You may also like",
        *(line for each in teasers for line in (each, told[each]) if line),
        "© Example Media",
    ]
    script = "".join(f"window.{rng.choice(_WORDS)}{n}={{{rng.choice(_WORDS)}:'{rng.random()}'}};" for n in range(1900 if blurbs else 2400))
    style = "".join(f".{rng.choice(_WORDS)}-{n}{{margin:{rng.randint(0, 40)}px;color:#{rng.randint(0, 0xFFFFFF):06x}}}" for n in range(900))
    parts = [
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(title)} | Example</title><style>{style}</style>",
        f"<script>{script}</script></head><body><nav><ul>",
        "".join(f'<li class="menu-item item-{n}"><a href="/section/{n}">{each}</a></li>' for n, each in enumerate(menu)),
        f'</ul></nav><main><article><h1 class="headline">{html.escape(title)}</h1><p class="byline">By Staff Reporter {seed % 40}</p>',
        f'<time datetime="2024-0{1 + seed % 9}-1{seed % 10}T08:00:00Z">2024</time><div class="article-body">',
        "".join(f"<p>{html.escape(each)}</p>" for each in body),
        '</div><div class="share">Share this article</div></article></main><aside><h2>You may also like</h2>',
        "".join(
            f'<div class="teaser card-{n}"><a href="/story/{n}"><h3>{html.escape(each)}</h3></a>{f"<p>{html.escape(told[each])}</p>" * blurbs}</div>'
            for n, each in enumerate(teasers)
        ),
        "</aside><footer>© Example Media</footer></body></html>",
    ]
    return "".join(parts), "\n\n".join(visible)
