"""What ``wirehouse export KIND OUT`` does: choose the export, run it, say what was written."""

from pathlib import Path

from flows import __version__
from flows.cookbook import find_question, parameters_of, read_arguments
from flows.errors import WirehouseError
from flows.export.atom import export_atom
from flows.export.gdelt import export_gdelt
from flows.export.jsonld import export_jsonld
from flows.export.share import export_share
from flows.export.tables import export_csv, export_jsonl, export_parquet
from flows.warehouse import connect_reader

KINDS = ("parquet", "csv", "jsonl", "jsonld", "gdelt", "atom", "share")
_TABLES = {"parquet": export_parquet, "csv": export_csv, "jsonl": export_jsonl}


def export(kind: str, out: Path, path: Path, *, tables: list[str] | None, question: str | None, arguments: list[str]) -> dict[str, int]:
    """Write an export and print what is in it; ``arguments`` are the parameters of an Atom feed's question.

    Raises WirehouseError on an unknown kind, on an option that the kind has not, and where ``out`` cannot be written.
    """
    if kind not in KINDS:
        raise WirehouseError(f"{kind}: no such export. There are: {', '.join(KINDS)}.")
    if kind != "atom" and (question or arguments):
        raise WirehouseError(f"{kind}: only atom takes a question and its parameters ({question or arguments[0]}).")
    if tables and kind not in _TABLES:
        raise WirehouseError(f"{kind}: --table is for {', '.join(_TABLES)}.")
    if kind == "atom" and not question:
        raise WirehouseError("atom: name the question to make a feed of, such as: --question what_did_they_say. All of them: wirehouse ask")
    with connect_reader(path) as con:
        if kind in _TABLES:
            written = _TABLES[kind](con, out, tables)
        elif kind == "jsonld":
            written = export_jsonld(con, out)
        elif kind == "gdelt":
            written = export_gdelt(con, out)
        elif kind == "share":
            written = export_share(con, out, __version__)
        else:
            asked = find_question(question or "")
            written = export_atom(con, out, asked, parameters_of(asked, read_arguments(arguments)))
    print(f"{out}: " + ", ".join(f"{count} {name.removeprefix('main.')}" for name, count in written.items() if count or len(written) < 5))
    return written
