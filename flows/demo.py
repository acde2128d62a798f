"""``wirehouse demo``: the main job on the bundled sample pages, three answers, and what to try next."""

import sys
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
    print(f"\n{what_next(Path(sys.argv[0]), warehouse)}")


def what_next(command: Path, warehouse: Path) -> str:
    """What to try next, with the command as it was called here: first the way to a chart.

    >>> what_next(Path("/home/ann/wirehouse/.venv/bin/wirehouse"), Path("demo.duckdb")).splitlines()[1].split()[:2]
    ['make', 'dashboard']
    """
    is_checkout = command.name == "wirehouse" and command.parent.parent.name == ".venv"
    called = ".venv/bin/wirehouse" if is_checkout else "wirehouse"
    steps = [
        (
            "make dashboard" if is_checkout else f"{called} dashboard -w {warehouse}",
            "the same in the browser: who met whom as a network, a map, a calendar",
        ),
        (f"{called} ask who_met_whom -w {warehouse}", "a question of the cookbook; without a name, all of them"),
        (f'{called} sql "from marts.timeline" -w {warehouse}', "any question in SQL; the marts are in schema marts"),
        (f"{called} explain beijing-1972-herald.txt -w {warehouse}", "one page, each line with its role and reason, the facts marked"),
        (f"{called} run YOUR_PAGES", "your own pages: files, folders, globs, JSON Lines, or - for standard input"),
    ]
    width = max(len(step) for step, _ in steps)
    return "Try next:\n" + "\n".join(f"  {step:<{width}}  {says}" for step, says in steps)
