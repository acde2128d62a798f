"""The cookbook: questions that analysts ask, each a file of ``sql/cookbook`` with its parameters, to be listed and run.

A file opens with the question in the words of those who ask it. Then come, each on a comment line: what it is about,
its parameters with their defaults (``-- :person = null  part of the name; null for anybody``), and notes. The select
below uses the parameters as DuckDB's named ones (``$person``); a default is null, a number, or text between single
quotes, and a value from the command line takes the default's type.
"""

import re
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from flows.errors import WirehouseError
from flows.publish.models import ROOT, leading_comment
from flows.queries import show_table, write_answer
from flows.warehouse import connect_reader

Value = str | int | float | None
FOLDER = ROOT / "cookbook"
_PARAMETER = re.compile(r":(\w+) = (null|-?\d+(?:\.\d+)?|'(?:[^']|'')*')(?:  (.*))?$")


class Parameter(NamedTuple):
    """A value that the asker may set: its name, what it is when left alone, and what it means."""

    name: str
    default: Value
    meaning: str


class Question(NamedTuple):
    """A file of the cookbook: ``name`` as on the command line, the question, what it is about, parameters, notes, the query."""

    name: str
    question: str
    about: str
    parameters: tuple[Parameter, ...]
    notes: str
    sql: str


def read_question(file: Path) -> Question:
    """One file of the cookbook in its parts; raises ValueError when a line that starts as a parameter is none.

    >>> read_question(FOLDER / "who_wrote_what.sql").question
    'Who wrote what?'
    """
    sql = file.read_text(encoding="utf-8")
    asked: list[str] = []
    notes: list[str] = []
    parameters: list[Parameter] = []
    about = ""
    for line in leading_comment(sql).splitlines():
        if line.startswith("about: "):
            about = line.removeprefix("about: ")
        elif line.startswith(":"):
            found = _PARAMETER.match(line)
            if not found:
                raise ValueError(f"{file.name}: {line!r} is no parameter; write: -- :name = default  meaning")
            parameters.append(Parameter(found[1], _literal(found[2]), found[3] or ""))
        else:
            (notes if about else asked).append(line)
    select = "\n".join(line for line in sql.splitlines() if not line.startswith("--")).strip()
    return Question(file.stem, " ".join(asked), about, tuple(parameters), "\n".join(notes), select)


def read_cookbook(folder: Path = FOLDER) -> list[Question]:
    """Every question of the cookbook, by what it is about, then by name."""
    return sorted((read_question(file) for file in folder.glob("*.sql")), key=lambda question: (question.about, question.name))


def find_question(name: str, folder: Path = FOLDER) -> Question:
    """The question of that name, dashes as good as underscores; raises WirehouseError with the nearest names."""
    import difflib

    wanted = name.replace("-", "_").lower()
    names = sorted(file.stem for file in folder.glob("*.sql"))
    if wanted in names:
        return read_question(folder / f"{wanted}.sql")
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.4) or [each for each in names if wanted in each][:3]
    raise WirehouseError(
        f"no question {name!r} in the cookbook. {'Near: ' + ', '.join(near) + '. ' if near else ''}All of them: wirehouse ask"
    )


def parameters_of(question: Question, given: dict[str, str]) -> dict[str, Value]:
    """Every parameter of a question with the value given or its default; raises WirehouseError on a name that it has not."""
    known = {parameter.name: parameter.default for parameter in question.parameters}
    values = dict(known)
    for name, text in given.items():
        if name not in known:
            has = ", ".join(map(_option, known)) or "none"
            raise WirehouseError(f"{question.name} has no parameter {_option(name)}. It has: {has}.")
        values[name] = _like(known[name], text, question.name, name)
    return values


def run_question(question: Question, values: dict[str, Value], con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The answer to a question with these values, on an open warehouse; raises WirehouseError where a value is no day or number."""
    try:
        return con.execute(question.sql, values).pl() if values else con.execute(question.sql).pl()
    except (duckdb.ConversionException, duckdb.OutOfRangeException, duckdb.InvalidInputException) as error:
        raise WirehouseError(f"{question.name}: {str(error).strip().splitlines()[0]}") from None


def ask(name: str | None, arguments: list[str], path: Path, *, show_sql: bool, format: str, output: Path | None) -> None:
    """List the cookbook, print a question's query, or write its answer; ``arguments`` are what follows the name (``--person X``)."""
    if name is None:
        if arguments:
            raise WirehouseError(f"{arguments[0]}: name a question first, such as: wirehouse ask who_met_whom {arguments[0]} …")
        print_cookbook(read_cookbook())
        return
    question = find_question(name)
    if show_sql:
        print((FOLDER / f"{question.name}.sql").read_text(encoding="utf-8"), end="")
        return
    values = parameters_of(question, read_arguments(arguments))
    with connect_reader(path) as con:
        found = run_question(question, values, con)
    if format == "table" and output is None:
        print(question.question)
        show_table(found)
        if not len(found) and any(value is not None for value in values.values()):
            print(f"Nothing fits {', '.join(f'{_option(key)} {value}' for key, value in values.items() if value is not None)}.")
    else:
        write_answer(found, format=format, output=output)


def read_arguments(arguments: list[str]) -> dict[str, str]:
    """Values by parameter from words like ``--person Nixon --top=5``; raises WirehouseError on a word that is neither.

    >>> read_arguments(["--person", "Nixon", "--least-articles=2"])
    {'person': 'Nixon', 'least_articles': '2'}
    """
    given: dict[str, str] = {}
    words = iter(arguments)
    for word in words:
        if not word.startswith("--") or word == "--":
            raise WirehouseError(f"{word!r} belongs to no parameter; write: --name VALUE")
        name, equals, value = word[2:].partition("=")
        if not equals:
            following = next(words, None)
            if following is None:
                raise WirehouseError(f"{word} needs a value.")
            value = following
        given[name.replace("-", "_")] = value
    return given


def print_cookbook(questions: list[Question]) -> None:
    """Print every question with its name and parameters, under what it is about."""
    about = ""
    for question in questions:
        if question.about != about:
            about = question.about
            print(f"\n{about.capitalize()}")
        options = "".join(f" [{_option(each.name)} …]" for each in question.parameters)
        print(f"  {question.question}\n      wirehouse ask {question.name}{options}")
    print(f"\n{len(questions)} questions. What a parameter means, and the query itself: wirehouse ask NAME --sql")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _literal(text: str) -> Value:
    if text == "null":
        return None
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    return float(text) if "." in text else int(text)


def _like(default: Value, text: str, question: str, name: str) -> Value:
    """A value from the command line in the type of the parameter's default."""
    if text == "null":
        return None
    if isinstance(default, (int, float)):
        try:
            return float(text) if isinstance(default, float) or "." in text else int(text)
        except ValueError:
            raise WirehouseError(f"{question}: {_option(name)} {text!r} is not a number.") from None
    return text
