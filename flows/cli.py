"""The ``wirehouse`` command: what each word does is said here, how it is done stands in the modules that it calls."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import __version__
from flows.errors import WirehouseError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn piles of scraped news pages into a DuckDB warehouse that can be trusted.",
)

Warehouse = Annotated[Path, typer.Option("--warehouse", "-w", help="The DuckDB file.", envvar="WIREHOUSE_WAREHOUSE")]
DEFAULT = Path("news.duckdb")


@app.command()
def run(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.", metavar="PATH…")],
    warehouse: Warehouse = DEFAULT,
    direct: Annotated[bool, typer.Option("--direct", help="Without Prefect: the same functions, the same tables.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Load, clean and enrich pages into a warehouse. Loading the same pages again adds nothing."""
    from flows.terminal import run_and_show

    run_and_show(paths, warehouse, direct=direct, quiet=quiet)


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
def rejects(warehouse: Warehouse = DEFAULT) -> None:
    """Show what could not be loaded, and why."""
    from flows.terminal import show_rejects

    show_rejects(warehouse)


@app.command()
def up(
    host: Annotated[str, typer.Option(help="Address to bind; loopback by default.")] = "127.0.0.1",
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


def main() -> None:
    """Run a command; an error that is the user's to mend is one line on standard error and an exit code."""
    try:
        app()
    except WirehouseError as error:
        typer.echo(f"wirehouse: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("wirehouse: stopped; the warehouse is as it was before this run.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
