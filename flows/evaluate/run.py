"""Wirehouse and the installed peers on the same labelled pages, and the table of what each got right."""

import datetime as dt
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from flows.batch import process_records
from flows.clean import clean_pages
from flows.errors import WirehouseError
from flows.evaluate.labels import LabelledPage, read_labels
from flows.evaluate.peers import Extracted, installed_peers
from flows.evaluate.scores import Figure, f1, figure, found_names, match_stories, overlap, same_value, squash, worst_tenth
from flows.knowledge import load_knowledge
from flows.load.pages import document_id, pages_from_records, records_frame
from flows.settings import Settings

_WIDE = 110  # columns of a terminal that shows the intervals
FIGURES = ("body", "title", "date", "authors", "stories", "roles")


class Outcome(NamedTuple):
    """What one extractor got right: figures by name, pages told as another number of stories, ms a page, and F1 of each page's body."""

    name: str
    figures: dict[str, Figure]
    worst_tenth: float | None
    wrong_count: int
    ms_a_page: float
    pages: dict[str, float]
    failed: int = 0


class Told(NamedTuple):
    """What Wirehouse tells of a page: its stories and its blocks as (text, role)."""

    stories: list[Extracted]
    blocks: list[tuple[str, str]]


def evaluate(folder: Path, settings: Settings, *, beside: bool = True) -> list[Outcome]:
    """Outcomes of Wirehouse, from HTML and from the same pages' text alone, and of the installed peers on the HTML pages."""
    pages = read_labels(folder, settings)
    if not pages:
        raise WirehouseError(f"{folder}: the file of labels is empty.")
    outcomes = []
    for name, part in (
        ("wirehouse, from HTML", [page for page in pages if page.record.is_html]),
        ("wirehouse, from text", [page for page in pages if not page.record.is_html]),
    ):
        if part:
            told, seconds = clean_labelled(part, settings)
            outcomes.append(_score(name, part, told, ("title", "date", "authors", "stories", "roles"), seconds / len(part)))
    shown = [page for page in pages if page.record.is_html]
    for peer in installed_peers() if beside and shown else ():
        found, seconds, failed = _ask(peer.extract, shown)
        outcomes.append(_score(peer.name, shown, found, peer.tells, seconds / len(shown))._replace(failed=failed))
    return outcomes


def clean_labelled(pages: list[LabelledPage], settings: Settings) -> tuple[list[Told], float]:
    """What Wirehouse tells of the pages, and the seconds of computing that load and clean took."""
    knowledge = load_knowledge(settings.reference_folder())
    asked = [page.record for page in pages]
    records = records_frame(asked, [document_id(record, by_place=True) for record in asked])
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    batch = process_records(records, knowledge, loaded_at=now, run_id="evaluate")
    started = time.process_time()
    clean_pages(pages_from_records(records, hints=knowledge.hints), wording=knowledge.wording)
    seconds = time.process_time() - started
    articles = batch.tables["articles"].sort("document_id", "story_no").partition_by("document_id", as_dict=True)
    blocks = batch.tables["blocks"].sort("document_id", "block_no").partition_by("document_id", as_dict=True)
    told = []
    for key in records["document_id"]:
        rows = articles[(key,)].to_dicts() if (key,) in articles else []
        stories = [
            Extracted(row["body"], row["title"], row["published_on"].isoformat() if row["published_on"] else None, row["byline"])
            for row in rows
        ]
        told.append(Told(stories, blocks[(key,)].select("text", "role").rows() if (key,) in blocks else []))
    return told, seconds


def _ask(extract: Callable[[str], Extracted], pages: list[LabelledPage]) -> tuple[list[Told], float, int]:
    """What a peer finds on each page, the seconds it took, and on how many pages it broke."""
    found, failed = [], 0
    with suppress(Exception):
        extract(pages[0].record.content)  # what is made once is not the first page's cost
    started = time.process_time()
    for page in pages:
        try:
            found.append(Told([extract(page.record.content)], []))
        except Exception:  # whatever a peer breaks on counts as a page on which it found nothing
            failed += 1
            found.append(Told([], []))
    return found, time.process_time() - started, failed


def _score(name: str, pages: list[LabelledPage], told: list[Told], tells: tuple[str, ...], seconds: float) -> Outcome:
    counts: dict[str, list[tuple[float, float, float]]] = {figure: [] for figure in FIGURES}
    by_page = {}
    wrong = 0
    for page, found in zip(pages, told, strict=True):
        label = page.label
        bodies = page.bodies()
        if bodies is not None:
            got = [story.body for story in found.stories]
            counts["body"].append(overlap("\n\n".join(bodies), "\n\n".join(got)))
            by_page[label["page"]] = f1(*counts["body"][-1])
            if "stories" in tells:
                counts["stories"].append(match_stories(bodies, got))
                wrong += len(bodies) != len(got)
        main = max(found.stories, key=lambda story: len(story.body), default=Extracted(""))
        for field, value in (("title", main.title), ("date", main.date)):
            if field in label and field in tells:
                counts[field].append(same_value(label[field], value))
        if "authors" in label and "authors" in tells:
            counts["authors"].append(found_names(label["authors"] or [], main.authors))
        if "roles" in label and "roles" in tells:
            counts["roles"].append(_match_roles(label["roles"], found.blocks))
    figures = {key: scored for key, values in counts.items() if (scored := figure(values))}
    return Outcome(name, figures, worst_tenth(counts["body"]) if counts["body"] else None, wrong, 1000 * seconds, by_page)


def _match_roles(wanted: dict[str, str], blocks: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Right and missing of lines, given by their words, that should have a role; "not body" is any role outside body and subhead."""
    roles: dict[str, str] = {}
    for text, role in blocks:
        roles.setdefault(squash(text), role)
    right = 0
    for line, role in wanted.items():
        got = roles.get(squash(line))
        right += got == role or (role == "not body" and got not in (None, "body", "subhead"))
    return (float(right), 0.0, float(len(wanted) - right))


def show(outcomes: list[Outcome]) -> None:
    """Print the table, and below it the pages whose body Wirehouse got least right."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    named = [name for name in FIGURES if any(name in outcome.figures for outcome in outcomes)]
    for name in (*named, "worst\ntenth", "CPU ms\na page"):
        table.add_column(name, justify="right", no_wrap=True)
    for outcome in outcomes:
        cells = [_cell(outcome.figures.get(name), told=console.width >= _WIDE) for name in named]
        worst = "" if outcome.worst_tenth is None else f"{outcome.worst_tenth:.2f}"
        table.add_row(outcome.name, *cells, worst, f"{outcome.ms_a_page:.1f}")
    console.print(table)
    told = ", and below it the interval that holds 95 % of the bootstrap resamples" if console.width >= _WIDE else "; intervals: --json"
    console.print(f"F1 (authors and roles: recall){told}.", style="dim")
    low = sorted((score, page) for outcome in outcomes if outcome.name.startswith("wirehouse") for page, score in outcome.pages.items())
    if low and low[0][0] < 0.995:
        console.print("Bodies least right: " + ", ".join(f"{page} {score:.2f}" for score, page in low[:5] if score < 0.995))


def _cell(held: Figure | None, *, told: bool) -> str:
    interval = f"\n[dim]{held.low:.2f}–{held.high:.2f}[/dim]" if held and told else ""
    return f"{held.value:.3f}{interval}" if held else ""


def as_json(outcomes: list[Outcome]) -> str:
    """The outcomes as one JSON object, keyed by extractor."""
    out: dict[str, Any] = {}
    for outcome in outcomes:
        out[outcome.name] = {
            **{name: held._asdict() for name, held in outcome.figures.items()},
            "worst_tenth": outcome.worst_tenth,
            "wrong_number_of_stories": outcome.wrong_count,
            "ms_a_page": round(outcome.ms_a_page, 2),
            "failed": outcome.failed,
            "pages": outcome.pages,
        }
    return json.dumps(out, ensure_ascii=False, indent=2)


def evaluate_and_show(folder: Path, settings: Settings, *, as_lines: bool, beside: bool) -> None:
    """Score a folder and print what came of it."""
    outcomes = evaluate(folder, settings, beside=beside)
    if as_lines:
        print(as_json(outcomes))
    else:
        show(outcomes)
