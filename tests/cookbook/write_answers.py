"""Write the answers to the cookbook on the sample pages anew, and ``docs/cookbook.md`` with them.

    python -m tests.cookbook.write_answers            # after reading the samples: is each changed answer right?
    python -m tests.cookbook.write_answers --docs     # only the page, from the answers that are written

An answer is a JSON file: the parameters that it was asked with (all others stay as the question has them) and the rows.
One with a ``wanted`` line is what the samples say and the finders do not find yet: it is written by hand and kept.
"""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.cookbook import Question, parameters_of, read_cookbook, run_question

ANSWERS = Path(__file__).parent / "answers"
DOCS = Path(__file__).parents[2] / "docs" / "cookbook.md"
SHOWN_ROWS = 6


def read_answer(name: str) -> dict[str, Any]:
    """The written answer to a question; without one, no parameters and no rows."""
    file = ANSWERS / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"parameters": {}, "rows": []}


def answer_now(question: Question, parameters: dict[str, str], con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The rows that a warehouse gives, as JSON would hold them."""
    rows = run_question(question, parameters_of(question, parameters), con).to_dicts()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def write_answers(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Write every answer that is not kept by hand; returns the names of those that changed."""
    changed = []
    for question in read_cookbook():
        held = read_answer(question.name)
        if "wanted" in held:
            continue
        fresh = {"parameters": held["parameters"], "rows": answer_now(question, held["parameters"], con)}
        if fresh != held or not (ANSWERS / f"{question.name}.json").exists():
            changed.append(question.name)
            ANSWERS.mkdir(exist_ok=True)
            lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in fresh["rows"])
            rows = f"[\n{lines}\n  ]" if lines else "[]"
            text = f'{{\n  "parameters": {json.dumps(fresh["parameters"], ensure_ascii=False)},\n  "rows": {rows}\n}}\n'
            (ANSWERS / f"{question.name}.json").write_text(text, encoding="utf-8")
    return changed


def cookbook_page() -> str:
    """``docs/cookbook.md``: every question with its parameters, its query, and its answer on the sample pages."""
    questions = read_cookbook()
    out = [
        "# Cookbook",
        "",
        f"{len(questions)} questions that people ask of the news, each a file of `sql/cookbook`. `wirehouse ask` lists them,",
        "`wirehouse ask NAME --person …` answers one with its parameters, `wirehouse ask NAME --sql` prints the query. The answers",
        "below are those on the bundled sample pages (`make demo`), and a test holds them.",
        "",
    ]
    for about in dict.fromkeys(question.about for question in questions):
        own = [question for question in questions if question.about == about]
        out += [f"**{about.capitalize()}**: " + " · ".join(f"[{each.question}](#{each.name})" for each in own), ""]
    about = ""
    for question in questions:
        if question.about != about:
            about = question.about
            out += [f"## {about.capitalize()}", ""]
        held = read_answer(question.name)
        command = " ".join(
            [f"wirehouse ask {question.name}"]
            + [f"--{key.replace('_', '-')} {json.dumps(value, ensure_ascii=False)}" for key, value in held["parameters"].items()]
        )
        out += [f'<a id="{question.name}"></a>', f"### {question.question}", ""]
        out += [question.notes, ""] if question.notes else []
        if question.parameters:
            out += ["| parameter | default | meaning |", "|---|---|---|"]
            out += [
                f"| `--{each.name.replace('_', '-')}` | {_default(each.default)} | {each.meaning.replace('|', chr(92) + '|')} |"
                for each in question.parameters
            ]
            out.append("")
        out += ["```sql", question.sql, "```", "", f"`{command}`", "", *_table(held["rows"]), ""]
        if "wanted" in held:
            out += [f"*{held['wanted']}*", ""]
    return "\n".join(out)


def _default(value: object) -> str:
    return "–" if value is None else f"`{value}`".replace("|", "\\|")


def _table(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["No rows."]
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    for row in rows[:SHOWN_ROWS]:
        cells = [", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value) for value in row.values()]
        cut = [cell if len(cell) <= 90 else cell[:88] + "…" for cell in cells]
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cut) + " |")
    more = len(rows) - SHOWN_ROWS
    return [*lines, "", f"… and {more} more."] if more > 0 else lines


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def main() -> None:
    """Load the samples into a passing warehouse, write the answers, say which changed, and write the page."""
    if "--docs" not in sys.argv:
        from flows.load.inputs import find_inputs
        from flows.runs import run_directly
        from flows.settings import Settings
        from flows.warehouse import connect_reader

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "samples.duckdb"
            samples = Path(__file__).parents[2] / "samples"
            run_directly(path, find_inputs([str(samples / "pages")]), Settings(workers=1, reference=str(samples / "reference")))
            with connect_reader(path) as con:
                changed = write_answers(con)
        print(f"{len(changed)} answers written: {', '.join(changed)}" if changed else "Every answer stands as it was.")
    DOCS.write_text(cookbook_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
