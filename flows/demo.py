"""``wirehouse demo``: the main job on the bundled sample pages, three answers, and what to try next."""

from dataclasses import replace
from pathlib import Path

from flows.queries import query, show_table
from flows.settings import load_settings
from flows.terminal import run_and_show

QUESTIONS = (
    (
        "Who met whom, when and where?",
        "select array_to_string(parties, ', ') as parties, mode, starts_on, place, count(distinct article_id) as articles, "
        "count(distinct outlet) as outlets from marts.meetings where len(parties) > 1 and status = 'happened' and starts_on is not null "
        "group by all order by articles desc, starts_on limit 8",
    ),
    (
        "Who said what, and through which agency did it reach us?",
        "select speaker, speaker_office, left(text, 70) as quote, array_to_string(via, ', ') as via, published_on from marts.utterances "
        "where len(via) > 0 and speaker is not null order by published_on, speaker limit 6",
    ),
    ("What do we not know?", "select unknown, unknown_count, total_count from marts.unknowns order by unknown_count desc"),
)


def samples_folder() -> Path:
    """Where the samples lie (``pages``, and ``reference`` with rows for their invented outlets): beside the package in a checkout, inside it when installed."""
    return next(folder for folder in (Path(__file__).parents[1] / "samples", Path(__file__).parent / "samples") if folder.is_dir())


def run_demo(warehouse: Path) -> None:
    """Load the samples, print three answers, and say what to try next."""
    samples = samples_folder()
    pages = samples / "pages"
    count = sum(1 for file in pages.rglob("*") if file.is_file())
    print(f"Loading {count} sample files from samples/pages: public events of the past, as several invented outlets would tell them.\n")
    run_and_show([str(pages)], warehouse, direct=False, settings=replace(load_settings(), reference=str(samples / "reference")))
    for question, sql in QUESTIONS:
        print(f"\n{question}")
        show_table(query(sql, warehouse))
    print(
        f"""
Try next:
  wirehouse run YOUR_PAGES                          your own pages: files, folders, globs, JSON Lines, or - for standard input
  wirehouse sql "from marts.timeline" -w {warehouse}     any question in SQL; the marts are in schema marts
  wirehouse explain beijing-1972-herald.txt -w {warehouse}   one page, each line with its role and reason, the facts marked
  wirehouse status -w {warehouse}                        runs, counts, rejects"""
    )
