"""The warehouse's tables and columns in words, from the comments that it carries: what ``docs/tables.md`` holds."""

from pathlib import Path

from flows.schemas import TABLES
from flows.warehouse import connect_reader

_ORDER = {table: number for number, table in enumerate(TABLES)}
_SCHEMAS = {
    "main": "Tables of facts. `select * from articles` just works.",
    "marts": "Answers, a view for each select of `sql/marts`: never stale, and told to read no more than a query asks for.",
    "ref": "Reference data as the run knew it.",
    "ops": "What runs did, what became of every record, and whether every promise holds.",
}


def describe(path: Path) -> str:
    """Markdown: a section a schema, a table for each table's columns with type and meaning."""
    with connect_reader(path) as con:
        tables = con.execute(
            "select schema_name, table_name, comment from duckdb_tables() where schema_name in ('main', 'marts', 'ref', 'ops') order by table_oid"
        ).fetchall()
        tables += con.execute("select schema_name, view_name, comment from duckdb_views() where schema_name = 'marts'").fetchall()
        columns = con.execute(
            "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where not internal order by schema_name, table_name, column_index"
        ).fetchall()
    meanings: dict[str, set[str]] = {}
    for schema, _, column, _, meaning in columns:
        if schema == "main" and meaning:
            meanings.setdefault(column, set()).add(meaning)
    known = {column: min(said) for column, said in meanings.items() if len(said) == 1}
    out = ["# Tables", "", "Every span counts characters in `documents.text`, from 0, the end exclusive. What is not known is NULL.", ""]
    for schema, about in _SCHEMAS.items():
        own = sorted(
            ((table, comment) for name, table, comment in tables if name == schema), key=lambda row: (_ORDER.get(row[0], 99), row[0])
        )
        if not own:
            continue
        out += [f"## {schema}", "", about, ""]
        for table, comment in own:
            out += [
                f"### {schema}.{table}" if schema != "main" else f"### {table}",
                "",
                comment or "",
                "",
                "| column | type | meaning |",
                "|---|---|---|",
            ]
            for _, _, column, kind, meaning in (row for row in columns if row[0] == schema and row[1] == table):
                out.append(f"| {column} | {kind} | {(meaning or known.get(column, '')).replace('|', '/')} |")
            out.append("")
    return "\n".join(out)
