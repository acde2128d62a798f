"""Pages of real size, made of the bundled samples' own sentences: what a crawl looks like, without anybody's text.

A page has some 650 words of article in 18 KB of visible text, and 150 KB of HTML around it: menus, share bars, teasers,
scripts and styles.
"""

import html
import random
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "pages"
_SECTIONS = (
    ["World", "Politics", "Business", "Technology", "Science", "Health", "Sport", "Culture", "Travel", "Opinion", "Video", "Podcasts", "Weather", "Newsletters", "Archive"]
)
_WORDS = ["data", "track", "view", "lazy", "slot", "load", "unit", "width", "frame", "event", "query", "index", "state", "cache", "token", "order", "panel", "theme", "layer"]


def paragraphs() -> list[str]:
    """Every long line of the bundled text samples, in the order of their files."""
    lines = [line.strip() for file in sorted(SAMPLES.rglob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in dict.fromkeys(lines) if len(line.split()) > 25]


def page(seed: int, pool: list[str]) -> tuple[str, str]:
    """One page as (HTML, its visible text)."""
    rng = random.Random(seed)
    body: list[str] = []
    while sum(len(paragraph.split()) for paragraph in body) < 650:
        body.append(" ".join(rng.sample(rng.choice(pool).split(". "), 1)) if rng.random() < 0.1 else rng.choice(pool))
    title = " ".join(body[0].split()[:9]).rstrip(",.;:")
    menu = [f"{rng.choice(_SECTIONS)} {n}" for n in range(160)]
    teasers = [" ".join(rng.choice(pool).split()[:14]) + "…" for _ in range(60)]
    visible = [
        *menu,
        title,
        f"By Staff Reporter {seed % 40}",
        *body,
        "Share this article",
        "You may also like",
        *teasers,
        "© Example Media",
    ]
    script = "".join(f"window.{rng.choice(_WORDS)}{n}={{{rng.choice(_WORDS)}:'{rng.random()}'}};" for n in range(2400))
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
            f'<div class="teaser card-{n}"><a href="/story/{n}"><h3>{html.escape(each)}</h3></a></div>' for n, each in enumerate(teasers)
        ),
        "</aside><footer>© Example Media</footer></body></html>",
    ]
    return "".join(parts), "\n\n".join(visible)
