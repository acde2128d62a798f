"""Pages a second and core of load and clean alone, beside trafilatura and resiliparse on the same pages, in one run and one thread.

    python -m bench.cleaning [--pages 600] [--peer-pages 60] [--folder PAGES]

Wirehouse reads made-up pages, 18 KB of text or 150 KB of HTML, or the HTML files (also .html.gz) of a folder of yours and their visible
text, and gives blocks with roles and reasons, stories, metadata and links; the
others take the body from the HTML. Time is CPU time of this process, the best of three rounds for each, as other work on the
machine only ever adds to it. Then the memory: what the process holds after each fifth of the pages.
"""

import os

os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # before polars and numpy are imported, as the main job does

import argparse
import gc
import gzip
import importlib.util
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.pages import page, sentences
from flows.clean import clean_pages
from flows.knowledge import Knowledge, load_knowledge
from flows.load.html import read_html
from flows.load.pages import pages_from_records, records_frame
from flows.load.records import Record
from flows.settings import Settings

_ROUNDS = 3


def clean(contents: list[str], knowledge: Knowledge, *, is_html: bool, batch_pages: int) -> int:
    """Load and clean pages in batches as the main job does; returns the number of articles."""
    articles = 0
    media_type = "text/html" if is_html else "text/plain"
    for at in range(0, len(contents), batch_pages):
        part = contents[at : at + batch_pages]
        records = records_frame([Record(f"p#{at + n}", at + n, text, is_html, media_type, "utf-8") for n, text in enumerate(part)])
        articles += clean_pages(pages_from_records(records, hints=knowledge.hints), wording=knowledge.wording)["articles"].height
    return articles


def rate(work: Callable[[], object], pages: int) -> float:
    """Pages a second of CPU, the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return pages / best


def peers(contents: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and work of each installed peer, on HTML."""
    if importlib.util.find_spec("trafilatura"):
        import trafilatura

        yield "trafilatura", lambda: [trafilatura.extract(html) for html in contents]
        yield "trafilatura, with metadata", lambda: [trafilatura.bare_extraction(html, with_metadata=True) for html in contents]
    if importlib.util.find_spec("resiliparse"):
        from resiliparse.extract.html2text import extract_plain_text

        yield "resiliparse", lambda: [extract_plain_text(html, main_content=True) for html in contents]


def pages_of(folder: Path, most: int, knowledge: Knowledge) -> list[tuple[str, str]]:
    """HTML and visible text of the pages of a folder, at equal steps through its files when these are more than ``most``."""
    files = sorted(file for file in folder.rglob("*") if file.name.endswith((".html", ".htm", ".html.gz")))
    made = []
    for file in files[:: max(1, len(files) // most)][:most]:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        page_html = content.decode("utf-8", "replace")
        made.append((page_html, read_html(page_html, hints=knowledge.hints).text))
    return made


def held_mb() -> float:
    """The resident memory of this process in MB (Linux)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--peer-pages", type=int, default=60)
    parser.add_argument("--folder", type=Path, help="measure the HTML files of this folder instead of made-up pages")
    parser.add_argument("--memory-pages", type=int, default=0, help="clean so many pages more and print the memory held on the way")
    arguments = parser.parse_args()
    batch_pages = Settings().batch_pages
    knowledge = load_knowledge()
    pool = sentences()
    if arguments.folder:
        made = pages_of(arguments.folder, arguments.pages, knowledge)
    else:
        made = [page(number, pool, blurbs=True) for number in range(arguments.pages)]
    sizes = [sum(len(one[kind].encode()) for one in made) / len(made) / 1000 for kind in (0, 1)]
    rates: dict[str, float] = {}
    print(f"{'':32}{'pages/s':>10}{'ms/page':>10}   (HTML of {sizes[0]:.0f} KB, text of {sizes[1]:.0f} KB a page)")
    for name, kind in (("wirehouse, from text", 1), ("wirehouse, from HTML", 0)):
        contents = [one[kind] for one in made]
        rates[name] = rate(lambda: clean(contents, knowledge, is_html=kind == 0, batch_pages=batch_pages), len(contents))  # noqa: B023
        print(f"{name:32}{rates[name]:>10.1f}{1000 / rates[name]:>10.2f}", flush=True)
    for name, work in peers([one[0] for one in made[: arguments.peer_pages]]):
        rates[name] = rate(work, min(arguments.peer_pages, len(made)))
        print(f"{name + ', from HTML':32}{rates[name]:>10.1f}{1000 / rates[name]:>10.2f}", flush=True)
    for name in rates:
        if name.startswith("wirehouse"):
            beside = ", ".join(f"{rates[name] / rates[peer]:.1f} times {peer}" for peer in rates if not peer.startswith("wirehouse"))
            print(f"{name}: {beside or 'no peer is installed'}")
    step = arguments.memory_pages // 5
    for fifth in range(5 if step else 0):
        for at in range(0, step, batch_pages):
            texts = [page(fifth * step + at + n, pool, blurbs=True)[n % 2] for n in range(batch_pages)]
            for kind in (0, 1):
                clean(texts[kind::2], knowledge, is_html=kind == 0, batch_pages=batch_pages)
        gc.collect()
        print(f"after {(fifth + 1) * step} pages: {held_mb():.0f} MB", flush=True)


if __name__ == "__main__":
    main()
