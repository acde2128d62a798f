"""What a run, the status and the rejects look like in the terminal."""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

from flows.errors import NothingLoaded, WirehouseError
from flows.load.inputs import find_inputs
from flows.queries import query, show_table
from flows.runs import Summary, run_directly
from flows.settings import Settings, load_settings

_MOST_ALARMS = 5  # lines of a summary


def settings_with(wait: bool | None) -> Settings:
    """The user's settings, with the choice of the command line to wait or not when it was made."""
    settings = load_settings()
    return settings if wait is None else replace(settings, wait=wait)


def run_and_show(paths: list[str], warehouse: Path, *, direct: bool, quiet: bool = False, settings: Settings | None = None) -> Summary:
    """Run the main job, with a progress bar while it goes and its counts at the end."""
    settings = settings or load_settings()
    inputs = find_inputs(paths)
    if direct:
        summary = run_directly(warehouse, inputs, settings, quiet=quiet)
    else:
        summary = _run_flow(paths, warehouse, settings, quiet=quiet)
    if not quiet:
        show_summary(summary)
    if summary.rejected and not (summary.new or summary.present or summary.forgotten):
        raise NothingLoaded(f"{summary.warehouse.name}: nothing was loaded, for every input was rejected ({reasons_of(summary)}).")
    return summary


def reasons_of(summary: Summary) -> str:
    """The reasons of a run's rejects with their numbers: "2 empty, 1 bad_json"."""
    counted = query(
        "select count(*) || ' ' || reason as told from main.rejects where (source_uri, record_no) in "
        f"(select (source_uri, record_no) from ops.ledger where run_id = '{summary.run_id}' and outcome = 'rejected') "
        "group by reason order by count(*) desc, reason",
        summary.warehouse,
    )
    return ", ".join(counted["told"])


def _run_flow(paths: list[str], warehouse: Path, settings, *, quiet: bool) -> Summary:  # type: ignore[no-untyped-def]
    from flows.server import choose_server

    chosen = choose_server(startup_seconds=settings.server_timeout_seconds)
    if not quiet:
        print(f"Running on {chosen} …", file=sys.stderr, flush=True)
    from flows.pipeline import load_pages

    try:
        return load_pages(paths, str(warehouse), settings)
    except WirehouseError:
        raise
    except RuntimeError as error:
        if "server" in str(error).lower():
            raise WirehouseError(f"Prefect: {error} Try wirehouse run --direct, which needs no server.") from error
        raise


def _counted(count: int, noun: str) -> str:
    """A number with its noun, which is plural but for one."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def show_summary(summary: Summary) -> None:
    """Say what a run did."""
    seconds = sum(summary.seconds.values())
    print(
        f"{summary.warehouse.name}: {_counted(summary.seen, 'page')} seen, {summary.new} new, {summary.present} there already, "
        f"{summary.rejected} rejected; it now holds {_counted(summary.documents, 'page')} and {_counted(summary.articles, 'article')}."
    )
    facts = ", ".join(
        f"{count} {table}"
        for table, count in summary.rows.items()
        if table in ("articles", "quotes", "mentions", "events", "dates") and count
    )
    if facts:
        print(f"Found in the new pages: {facts}. {len(summary.checks)} checks hold. {seconds:.1f} s of work.")
    for check in summary.checks:
        if not check.passed:
            print(f"Warning: {check.name}: {check.failing_rows} rows, such as {check.example}")
    for alarm in summary.alarms[:_MOST_ALARMS]:
        print(f"Warning: {alarm}")
    if len(summary.alarms) > _MOST_ALARMS:
        print(f"Warning: {len(summary.alarms) - _MOST_ALARMS} more alarms of this run are in ops.alarms.")
    if summary.forgotten:
        print(f"{summary.forgotten} pages were not taken in again, for this warehouse was told to forget them.")
    if summary.rejected:
        print(f"See why pages were rejected: wirehouse rejects --warehouse {summary.warehouse}")


def retry_and_show(warehouse: Path, *, wait: bool | None = None) -> None:
    """Try the rejects again and say what came of it."""
    from flows.upkeep import retry_rejects

    summary, gone = retry_rejects(warehouse, settings_with(wait))
    if gone:
        print(f"Not there any more: {', '.join(gone[:10])}{' …' if len(gone) > 10 else ''}")
    if summary is None:
        print("Nothing to try again.")
    else:
        show_summary(summary)


def poll_and_show(feeds: Path, warehouse: Path, *, full: bool, allow_private: bool, delay_seconds: float, wait: bool | None = None) -> None:
    """Poll feeds and say what came of it."""
    from flows.fetch import Manners
    from flows.poll import poll, read_feed_list

    settings = settings_with(wait)
    manners = Manners(delay_seconds=delay_seconds, max_bytes=settings.max_page_bytes, allow_private=allow_private)
    listed = read_feed_list(feeds)
    if listed.skipped:
        more = " …" if len(listed.skipped) > 5 else ""
        print(f"{feeds.name}: {len(listed.skipped)} entries are no feed: {', '.join(each[:80] for each in listed.skipped[:5])}{more}")
    polled = poll(warehouse, listed.feeds, settings, full=full, manners=manners)
    print(f"{polled.new} feeds with news, {polled.unchanged} unchanged, {polled.put_off} put off, {polled.pages} pages fetched.")
    for url, why in polled.failures:
        print(f"Could not be fetched: {url} ({why})")
    if polled.summary is not None:
        show_summary(polled.summary)


def forget_and_show(warehouse: Path, *, before: dt.date | None, site: str | None, document: str | None, wait: bool | None = None) -> None:
    """Forget pages and say how many."""
    from flows.upkeep import forget

    count = forget(warehouse, before=before, site=site, document=document, wait=settings_with(wait).wait)
    print(f"{warehouse.name}: {count} pages forgotten, with all that hung on them." if count else "No such page.")


def refresh_and_show(warehouse: Path, *, wait: bool | None = None) -> None:
    """Refresh what is old, with a line of progress, and say what was done."""
    from flows.upkeep import refresh

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {total} pages", end="" if done < total else "\n", file=sys.stderr, flush=True)

    result = refresh(warehouse, settings_with(wait), on_batch=tell)
    print(f"{warehouse.name}: {result.documents} pages made anew." if result.documents else "Every page is up to date.")
    if result.failed:
        print(f"{result.failed} pages broke a stage and keep their rows.")


def show_status(warehouse: Path) -> None:
    """Print the runs, the counts of every table, the rejects by reason, and what the last run brought."""
    runs = query(
        "select run_id, state, started_at, round(epoch(ended_at - started_at), 1) as seconds, documents_seen as seen, documents_new as new, "
        "articles_new as articles, rejects from ops.runs order by started_at desc limit 10",
        warehouse,
    )
    print("Runs, newest first")
    show_table(runs)
    counts = query(
        "with last as (select max(run_id) as run_id from ops.runs), "
        "held as (select 1 as place, 'documents' as what, run_id from main.documents "
        "union all select 2, 'articles', run_id from main.articles join main.documents using (document_id) "
        "union all select 3, 'rejects: ' || reason, run_id from main.rejects) "
        "select what, count(*) as count, count(*) filter (held.run_id = last.run_id) as new_in_last_run "
        "from held cross join last group by place, what order by place, what",
        warehouse,
    )
    show_table(counts)
    newest = query(
        "select articles.display_title as new_articles, articles.outlet, articles.published_on from main.articles join main.documents "
        "using (document_id) where run_id = (select max(run_id) from ops.runs) order by article_id limit 10",
        warehouse,
    )
    if len(newest):
        show_table(newest)
    else:
        print("The last run brought nothing new.")


def show_rejects(warehouse: Path) -> None:
    """Print every reject with its reason and detail, newest first."""
    found = query(
        "select source_uri, record_no, stage, reason, detail, rejected_at from main.rejects order by rejected_at desc, source_uri, record_no",
        warehouse,
    )
    if len(found):
        show_table(found)
    else:
        print("Nothing was rejected.")
