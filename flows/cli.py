"""The ``wirehouse`` command: what each word does is said here, how it is done stands in the modules that it calls."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows import __version__
from flows.errors import Stopped, WirehouseError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn piles of scraped news pages into a DuckDB warehouse that can be trusted.",
)

Warehouse = Annotated[Path, typer.Option("--warehouse", "-w", help="The DuckDB file.", envvar="WIREHOUSE_WAREHOUSE")]
Wait = Annotated[
    bool | None, typer.Option("--wait/--no-wait", help="When another run is writing the warehouse: wait for it, or say so and end.")
]
DEFAULT = Path("news.duckdb")


@app.command()
def run(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, globs, s3:// URLs, duckdb:FILE#TABLE, sqlite:FILE#TABLE, or - for standard input.", metavar="PATH…"
        ),
    ],
    warehouse: Warehouse = DEFAULT,
    direct: Annotated[bool, typer.Option("--direct", help="Without Prefect: the same functions, the same tables.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
    text_column: Annotated[str, typer.Option("--text-column", help="The column of a table that holds the page.")] = "",
    wait: Wait = None,
) -> None:
    """Load, clean and enrich pages into a warehouse. Loading the same pages again adds nothing."""
    from dataclasses import replace

    from flows.terminal import run_and_show, settings_with

    settings = settings_with(wait)
    if text_column:
        settings = replace(settings, text_column=text_column)
    if direct:  # DuckDB imports pandas where it is installed, which nothing here asks for and takes as long as all else
        sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    run_and_show(paths, warehouse, direct=direct, quiet=quiet, settings=settings)


@app.command()
def sql(
    query: Annotated[
        str, typer.Argument(help='A query, such as "select * from marts.meetings". Read-only; - reads it from standard input.')
    ],
    warehouse: Warehouse = DEFAULT,
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file; parquet needs one or a pipe.")] = None,
) -> None:
    """Ask the warehouse in SQL; nothing can be changed by it."""
    from flows.queries import answer

    answer(sys.stdin.read() if query == "-" else query, warehouse, format=format, output=output)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def ask(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="A question of the cookbook; without it, all are listed.", metavar="[NAME] [--PARAMETER VALUE]…")
    ] = None,
    warehouse: Warehouse = DEFAULT,
    sql: Annotated[bool, typer.Option("--sql", help="Print the query and what its parameters mean; run nothing.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """List the questions of the cookbook, or answer one of them."""
    from flows.cookbook import ask as answer_question

    answer_question(name, context.args, warehouse, show_sql=sql, format=format, output=output)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words that an article holds; "between double quotes" one after the other.')],
    warehouse: Warehouse = DEFAULT,
    speaker: Annotated[str | None, typer.Option(help="Only what was said by a person or body of this name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Part of the outlet's name.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of publication.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of publication.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many articles and quotes to show.")] = 10,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Find articles, quotes and names by words, the best first."""
    from flows.search import search_and_show

    search_and_show(query, warehouse, speaker=speaker, outlet=outlet, since=since, until=until, top=top, format=format)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def export(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="parquet, csv, jsonl, jsonld, gdelt, atom or share.", metavar="KIND")],
    out: Annotated[Path, typer.Argument(help="The new folder, or for jsonld and atom the file.")],
    warehouse: Warehouse = DEFAULT,
    table: Annotated[list[str] | None, typer.Option(help="Only this table, such as marts.meetings; may be repeated.")] = None,
    question: Annotated[str | None, typer.Option(help="Of an atom feed: a question of the cookbook; its parameters may follow.")] = None,
) -> None:
    """Write the warehouse for other tools; share is a pack of facts without the articles' text."""
    from flows.export.command import export as write_export

    write_export(kind, out, warehouse, tables=table, question=question, arguments=context.args)


@app.command()
def status(warehouse: Warehouse = DEFAULT) -> None:
    """Runs, counts, rejects, and what is new since the run before."""
    from flows.terminal import show_status

    show_status(warehouse)


@app.command()
def explain(
    document: Annotated[str, typer.Argument(help="A document_id, an article_id, or the end of a source_uri.")],
    warehouse: Warehouse = DEFAULT,
) -> None:
    """Show a page in the terminal: each block with its role and reason, the facts marked."""
    from flows.explain import show_document

    show_document(document, warehouse)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Pages with their labels in labels.jsonl; docs/evaluate.md says how.")],
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the table.")] = False,
    alone: Annotated[bool, typer.Option("--alone", help="Leave out the other extractors that are installed.")] = False,
) -> None:
    """Score the cleaning of labelled pages, beside other extractors where these are installed."""
    from flows.evaluate.run import evaluate_and_show
    from flows.settings import load_settings

    evaluate_and_show(folder, load_settings(), as_lines=json_lines, beside=not alone)


@app.command()
def rejects(
    warehouse: Warehouse = DEFAULT,
    retry: Annotated[
        bool, typer.Option("--retry", help="Read their inputs again, those that still exist, and load what loads now.")
    ] = False,
    wait: Wait = None,
) -> None:
    """Show what could not be loaded, and why."""
    from flows.terminal import retry_and_show, show_rejects

    if retry:
        retry_and_show(warehouse, wait=wait)
    else:
        show_rejects(warehouse)


@app.command()
def poll(
    feeds: Annotated[Path, typer.Argument(help="OPML, a CSV file with a column url, or one URL a line.", metavar="FEEDS")],
    warehouse: Warehouse = DEFAULT,
    full: Annotated[bool, typer.Option("--full", help="Fetch the pages that the entries link to as well.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let addresses of private networks through.")] = False,
    delay: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one host.")] = 1.0,
    wait: Wait = None,
) -> None:
    """Ask feeds for what is new since the last poll and load it; robots.txt is obeyed."""
    from flows.terminal import poll_and_show

    poll_and_show(feeds, warehouse, full=full, allow_private=allow_private, delay_seconds=delay, wait=wait)


@app.command()
def forget(
    warehouse: Warehouse = DEFAULT,
    before: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Pages fetched (else loaded) before that day.")] = None,
    site: Annotated[str | None, typer.Option(help="Pages of this registrable domain.")] = None,
    document: Annotated[str | None, typer.Option(help="The page with this document_id.")] = None,
    wait: Wait = None,
) -> None:
    """Remove pages and all that hangs on them, for good; the ledger keeps an entry. Options narrow each other."""
    from flows.terminal import forget_and_show

    forget_and_show(warehouse, before=before.date() if before else None, site=site, document=document, wait=wait)


@app.command()
def refresh(warehouse: Warehouse = DEFAULT, wait: Wait = None) -> None:
    """Make the rows anew that an older version or other reference data made; interrupted, it goes on where it stopped."""
    from flows.terminal import refresh_and_show

    refresh_and_show(warehouse, wait=wait)


@app.command()
def up(
    host: Annotated[str, typer.Option(help="Address to bind; loopback by default. Another needs a password.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the server and its UI.")] = 4200,
) -> None:
    """Start a Prefect server with its UI, and serve the deployments, until Ctrl-C."""
    from flows.serve import serve_deployments

    serve_deployments(host=host, port=port)


@app.command()
def demo(warehouse: Warehouse = Path("demo.duckdb")) -> None:
    """Run the main job on the bundled sample pages, answer three questions, and say what to try next."""
    from flows.demo import run_demo

    run_demo(warehouse)


@app.command()
def dashboard(
    warehouse: Warehouse = DEFAULT,
    host: Annotated[str, typer.Option(help="Address to bind; loopback by default. With another, a token is asked for.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port of the page.")] = 8501,
) -> None:
    """Show the warehouse in the browser: meetings, quotes, timeline, countries, outlets, articles, search, quality, SQL."""
    from flows.dashboard.launch import open_dashboard

    open_dashboard(warehouse, host=host, port=port)


@app.command()
def describe(warehouse: Warehouse = DEFAULT) -> None:
    """Print every table and column with its meaning, as Markdown."""
    from flows.publish.describe import describe as described

    typer.echo(described(warehouse), nl=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wirehouse {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """What holds for every command."""


def _stop(number: int, frame: object) -> None:
    raise Stopped


def main() -> None:
    """Run a command; an error that is the user's to mend is one line on standard error and an exit code."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # numpy's threads would wait for work by spinning, which costs more than the work
    for stop in (signal.SIGINT, signal.SIGTERM):  # a stop by systemd or a container ends as Ctrl-C does
        signal.signal(stop, _stop)
    try:
        app()
    except WirehouseError as error:
        typer.echo(f"wirehouse: {error}", err=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, Stopped):
        typer.echo("wirehouse: stopped; the warehouse is as it was before this run.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
