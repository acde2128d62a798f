"""Every question of the cookbook is whole, runs on the samples and gives the answer that was written after reading them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows import cookbook
from flows.cookbook import Question, find_question, parameters_of, read_arguments, read_cookbook, read_question, run_question
from flows.errors import WirehouseError
from flows.warehouse import connect_reader
from tests.cookbook.write_answers import ANSWERS, DOCS, answer_now, cookbook_page, read_answer

QUESTIONS = read_cookbook()
OF_THE_COMMAND = {"warehouse", "sql", "format", "output", "help"}


@pytest.fixture(scope="module")
def con(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect_reader(sample_warehouse) as open_warehouse:
        yield open_warehouse


def test_the_cookbook_is_large_enough_and_each_question_is_answered() -> None:
    assert len(QUESTIONS) >= 40
    assert {file.stem for file in ANSWERS.glob("*.json")} == {question.name for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_whole(question: Question) -> None:
    assert "?" in question.question, "the question in the words of those who ask it"
    assert question.about in {"meetings", "said", "timeline", "countries", "outlets", "names", "numbers", "quality"}
    assert all(parameter.meaning for parameter in question.parameters)
    assert set(re.findall(r"\$(\w+)", question.sql)) == {parameter.name for parameter in question.parameters}
    assert not {parameter.name for parameter in question.parameters} & OF_THE_COMMAND
    assert not any(word in question.sql.split() for word in ("SELECT", "FROM", "WHERE", "JOIN", "GROUP", "ORDER"))
    assert " limit " in question.sql.replace("\n", " ") or " order by " in question.sql.replace("\n", " "), "answers come in an order"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_has_its_written_answer(question: Question, con: duckdb.DuckDBPyConnection) -> None:
    held = read_answer(question.name)
    found = answer_now(question, held["parameters"], con)
    if "wanted" in held and found != held["rows"]:
        pytest.xfail(held["wanted"])
    again = "right? then: python -m tests.cookbook.write_answers"
    assert json.loads(json.dumps(found)) == held["rows"], again


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_runs_with_nothing_set(question: Question, con: duckdb.DuckDBPyConnection) -> None:
    run_question(question, parameters_of(question, {}), con)


def test_the_page_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == cookbook_page(), "make it anew: python -m tests.cookbook.write_answers --docs"


def test_a_file_in_its_parts(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text(
        "-- Who is it?\n-- about: names\n-- :name = 'O''Hara'  a name\n-- :top = 5  how many\n-- A note.\nselect $name, $top\n"
    )
    found = read_question(tmp_path / "a.sql")
    assert found.question == "Who is it?" and found.notes == "A note." and found.sql == "select $name, $top"
    assert [(each.name, each.default, each.meaning) for each in found.parameters] == [("name", "O'Hara", "a name"), ("top", 5, "how many")]


def test_a_parameter_line_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- Who?\n-- about: names\n-- :name person  a name\nselect 1\n")
    with pytest.raises(ValueError, match="is no parameter"):
        read_question(tmp_path / "a.sql")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        pytest.param(lambda: find_question("who_met_whon"), "no question 'who_met_whon'.*who_met_whom", id="unknown name, near one told"),
        pytest.param(lambda: find_question("zzz"), "All of them: wirehouse ask", id="nothing near"),
        pytest.param(lambda: parameters_of(find_question("who-met-whom"), {"persn": "x"}), "no parameter --persn. It has: --person", id="unknown parameter"),
        pytest.param(lambda: parameters_of(find_question("who_is_quoted_most"), {"top": "many"}), "--top 'many' is not a number", id="no number"),
        pytest.param(lambda: read_arguments(["--person"]), "--person needs a value", id="no value"),
        pytest.param(lambda: read_arguments(["Nixon"]), "'Nixon' belongs to no parameter", id="stray word"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_one_line(asked, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WirehouseError, match=message) as raised:
        asked()
    assert "\n" not in str(raised.value)


def test_a_day_that_is_none_is_told_in_one_line(con: duckdb.DuckDBPyConnection) -> None:
    question = find_question("who_met_whom")
    with pytest.raises(WirehouseError, match="yesterday") as raised:
        run_question(question, parameters_of(question, {"since": "yesterday"}), con)
    assert "\n" not in str(raised.value)


def test_words_of_strangers_are_values_not_sql(con: duckdb.DuckDBPyConnection) -> None:
    question = find_question("what_did_they_say")
    assert len(run_question(question, parameters_of(question, {"person": "x') or true --"}), con)) == 0


def test_the_command(sample_warehouse: Path) -> None:
    from typer.testing import CliRunner

    from flows.cli import app

    runner = CliRunner()
    listed = runner.invoke(app, ["ask"])
    assert listed.exit_code == 0 and "wirehouse ask who_met_whom [--person …]" in listed.output
    told = runner.invoke(app, ["ask", "what-did-they-say", "--person", "Bush", "-w", str(sample_warehouse), "--format", "csv"])
    assert told.exit_code == 0 and told.output.startswith("published_on,speaker") and "threshold of a brand new era" in told.output
    shown = runner.invoke(app, ["ask", "who_met_whom", "--sql"])
    assert shown.output == (cookbook.FOLDER / "who_met_whom.sql").read_text(encoding="utf-8")
    assert runner.invoke(app, ["ask", "who_met_whom", "--colour", "red", "-w", str(sample_warehouse)]).exception
