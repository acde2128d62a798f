"""Long pages of many kinds, and what each costs: ``python -m tests.long_pages [megabytes] [part of a kind's name]`` prints a line a kind."""

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable

from flows.batch import Batch, process_records
from flows.knowledge import Knowledge, load_knowledge
from flows.load.pages import records_frame
from flows.load.records import Record
from tests.test_runs import STORY

_WORDS = [
    "the",
    "of",
    "minister",
    "accord",
    "Lisbon",
    "Tuesday",
    "said",
    "year",
    "government",
    "Spain",
    "fishing",
    "Jaime",
    "Gama",
    "parliament",
    "June",
    "“We",
    "have",
    "waited”",
    "1999",
    "per",
    "cent",
]
_BODY = "<p>" + STORY.replace("\n\n", "</p><p>") + "</p>"


def _again(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece.encode()) + 1))[: size * len(piece) // len(piece.encode())]


def _numbered(piece: str) -> Callable[[int], str]:
    """A piece of text again and again, each time with its number in place of the @."""
    return lambda size: "".join(piece.replace("@", str(number)) for number in range(size // (len(piece.encode()) + 4)))


def _prose(size: int) -> str:
    rng = random.Random(7)
    sentences: list[str] = []
    while size > 0:
        made = " ".join(rng.choice(_WORDS) for _ in range(rng.randint(6, 30))).capitalize() + rng.choice((". ", ".\n\n", "? ", ".” "))
        sentences.append(made)
        size -= len(made.encode())
    return "".join(sentences)


def _page(piece: str) -> Callable[[int], str]:
    """A page of a piece of HTML again and again, numbered as above, and a story below it."""
    make = _numbered(piece)
    return lambda size: f"<html><head><title>Ministers sign accord</title></head><body>{make(size)}{_BODY}</body></html>"


TEXTS: dict[str, Callable[[int], str]] = {
    "a story again and again": _again(STORY),
    "stories": _numbered("Accord @ signed in Lisbon\n\nBy Ann Smith\n\n4 May 1999\n\nLISBON (Example News) — The ministers signed accord @ on Tuesday, they said.\n\n“We waited for @,” Jaime Gama said.\n\n"),
    "a story on one line": _again(STORY.replace("\n", " ")),
    "prose": _prose,
    "short lines": _again("word of it\n"),
    "short lines, each another": _numbered("Line @ of many\n"),
    "lines of one word": _again("word\n"),
    "one long word": _again("a"),
    "digits": _again("7"),
    "numbers": _again("12 345 "),
    "dates": _again("They met on 4 May 1999, and again on 5 June. "),
    "dates of digits": _again("1/1/1 "),
    "percent": _again("5 percent of $3 million "),
    "he said": _again("he said "),
    "speech without a full stop": _again("the minister said the accord and the minister told the accord "),
    "he said, colon": _again("He said: "),
    "quotes": _again('"We have waited" he said. '),
    "quotes within quotes": _again("“He said \"so\" he said” "),
    "quotes one in the other": lambda size: "“a " * (size // 8) + "b”" * (size // 8),
    "low quotes": _again("„So “he said "),
    "guillemets": _again("«So » he said "),
    "single quotes never closed": _again("‘a "),
    "single quotes": _again("‘a’ "),
    "possessives": _again("‘the boys' so "),
    "questions and answers": _again("Q: Why?\nFORD: Because of it.\n"),
    "names": _again("Ann Example, Bob Sample and Carol Instance met "),
    "titles": _again("Mr. Smith said "),
    "capitals": _again("PRESIDENT XI JINPING MET "),
    "short names": _again("UN "),
    "bylines": _again("By John Smith\n"),
    "datelines": _again("LISBON, May 4 (Example News) — The minister spoke.\n\n"),
    "headlines": _again("Ministers Sign Fishing Accord In Lisbon\n"),
    "copyright": _again("© 2020 Example News. All rights reserved.\n"),
    "a menu": _again("Home\nWorld\nPolitics\nSport\nShare\n"),
    "tabs": _again("a\tb\tc\n"),
    "addresses": _again("http://a.b/c "),
    "no word": _again(". "),
    "Chinese on one line": _again("外交部长周二在里斯本签署了渔业协议，"),
    "Chinese lines": _again("外交部长周二在里斯本签署了渔业协议。\n"),
    "Japanese": _again("外務省の報道官は月曜日、「協議を行った」と述べた。\n\n"),
    "Arabic": _again("قال وزير الخارجية يوم الثلاثاء إن الاتفاق وقع في لشبونة.\n\n"),
    "Russian": _again("Министр иностранных дел заявил во вторник, что соглашение подписано в Лиссабоне.\n\n"),
    "Thai": _again("รัฐมนตรีต่างประเทศลงนามข้อตกลงในลิสบอน "),
}  # fmt: skip
PAGES: dict[str, Callable[[int], str]] = {
    "elements never closed": _page("<div>"),
    "bold never closed": _page("<b>"),
    "lists within lists": _page("<ul><li>a "),
    "tables within tables": _page("<table><tr><td>"),
    "a long table": _page("<table><tr><td>x @<td>y<td>z</tr></table>"),
    "a wide row": lambda size: _page("<table><tr>" + "<td>x</td>" * (size // 10) + "</tr></table>")(0) + "<td>x" * (size // 5),
    "links": _page('<a href="/world/@.html">Ministers sign accord @</a> '),
    "links in paragraphs": _page('<p><a href="/world/@.html">Ministers sign accord @</a> and more was said of it.</p>'),
    "attributes": lambda size: "<html><body " + " ".join(f"a{number}=1" for number in range(size // 8)) + ">" + _BODY,
    "classes": lambda size: f"<html><div class='{' '.join(f'share-{number}' for number in range(size // 13))}'>{_BODY}</div>",
    "paragraphs": _page("<p>One line of it.</p>"),
    "line breaks": _page("word<br>"),
    "teasers": _page("<div class=story-teaser>one line of it</div>"),
    "headings": _page("<h2>Ministers sign</h2><p>They signed it in Lisbon on Tuesday.</p>"),
    "main headings": _page("<h1>Ministers sign accord @</h1>"),
    "stories in HTML": _page("<article><h2><a href=/s/@>Accord @ signed</a></h2><time datetime=2020-01-01>1 January 2020</time><p>The ministers signed accord @ in Lisbon.</p></article>"),
    "comments of readers": _page("<div class=comment><span class=author>Joe</span><p>I think so too.</p></div>"),
    "bylines in HTML": _page("<div class=byline>By John Smith and Ann Jones</div>"),
    "dates in HTML": _page("<p class=date>4 May 1999</p>"),
    "stamps": _page("<time datetime='2020-01-02'>x</time>"),
    "stamps in a script": lambda size: "<html><script>" + '{"datePublished":"2020-01-01T10:00"},' * (size // 37) + f"</script>{_BODY}",
    "metadata": lambda size: "<html>" + "<meta name=author content='John Smith'>" * (size // 39) + _BODY,
    "linked data": lambda size: "<html><script type='application/ld+json'>" + json.dumps({"@graph": [{"@type": "NewsArticle", "headline": f"H {number}"} for number in range(size // 45)]}) + f"</script>{_BODY}",
    "linked data, never closed": lambda size: "<html><script type='application/ld+json'>" + "[" * size + f"</script>{_BODY}",
    "a body in linked data": lambda size: "<html><script type='application/ld+json'>" + json.dumps({"@type": "NewsArticle", "articleBody": _prose(size)}) + f"</script>{_BODY}",
    "comments never closed": _page("<!--"),
    "scripts never closed": _page("<script>"),
    "drawings": _page("<svg>"),
    "choices": _page("<option>Algeria</option>"),
    "entities": _page("&nbsp;&amp;&#8220;&bogus;"),
    "angle brackets": _page("<"),
    "misnested": _page("<b><p>x</b></p>"),
    "quotations in HTML": _page("<blockquote><p>“So,” he said.</p></blockquote>"),
    "pictures": _page("<figure><img src=a.jpg><figcaption>The minister. Photo: AP</figcaption></figure>"),
}  # fmt: skip
KINDS = [*TEXTS, *PAGES]


def work(kind: str, size: int, knowledge: Knowledge) -> tuple[Batch, float]:
    """A page of a kind and of about so many bytes through load, clean and enrich; with the seconds of computing."""
    is_html = kind in PAGES
    content = (PAGES if is_html else TEXTS)[kind](size)
    records = records_frame([Record(kind, 1, content, is_html, "text/html" if is_html else "text/plain", "utf-8")])
    started = time.process_time()
    batch = process_records(records, knowledge, loaded_at=dt.datetime(2000, 1, 1), run_id="r")
    return batch, time.process_time() - started


def main() -> None:
    """Print each kind's cost, the dearest last, and what failed."""
    size = int(float(sys.argv[1]) * 1_000_000) if len(sys.argv) > 1 else 2_000_000
    knowledge = load_knowledge(None)
    work("prose", 3000, knowledge)
    costs = {}
    for kind in KINDS:
        if len(sys.argv) < 3 or sys.argv[2] in kind:
            batch, costs[kind] = work(kind, size, knowledge)
            failed = batch.failed["detail"].to_list()
            print(
                f"{kind:32} {costs[kind]:6.2f} s, {len(batch.tables['blocks']):>7,} blocks{''.join(f', {each}' for each in failed)}",
                flush=True,
            )
    slowest = sorted(costs, key=costs.__getitem__)[-5:]
    print(f"{len(costs)} pages of {size / 1e6:g} MB; the dearest: " + ", ".join(f"{kind} {costs[kind]:.1f} s" for kind in slowest))


if __name__ == "__main__":
    main()
