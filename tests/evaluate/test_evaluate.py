"""`wirehouse evaluate`: the metric, the format of the labels, and the project's own labelled pages against their floors."""

import json
from pathlib import Path

import pytest

from flows.errors import WirehouseError
from flows.evaluate.labels import read_labels
from flows.evaluate.run import as_json, evaluate, evaluate_and_show
from flows.evaluate.scores import figure, found_names, match_stories, overlap, same_value, shingles, worst_tenth
from flows.settings import Settings

QUALITY = Path(__file__).parents[1] / "quality"
FLOORS = json.loads((QUALITY / "floors.json").read_text())["labelled"]
TEXT = "The ferry left the harbour at dawn with nine sacks of letters on board."


@pytest.mark.parametrize(
    ("want", "got", "parts"),
    [
        pytest.param(TEXT, TEXT, (1.0, 0.0, 0.0), id="the same"),
        pytest.param(TEXT, "", (0.0, 0.0, 1.0), id="nothing found"),
        pytest.param("", TEXT, (0.0, 1.0, 0.0), id="nothing to find"),
        pytest.param("", "", (0.0, 0.0, 0.0), id="nothing at all"),
        pytest.param("one two three four five", "one two three four six", (1 / 3, 1 / 3, 1 / 3), id="one shingle of two"),
        pytest.param("港口日报", "港口日报", (1.0, 0.0, 0.0), id="every character is a word"),
    ],
)
def test_overlap_of_shingles(want: str, got: str, parts: tuple[float, float, float]) -> None:
    assert overlap(want, got) == pytest.approx(parts)


def test_short_texts_and_signs() -> None:
    assert sum(shingles("It rained").values()) == 1
    assert shingles("— …") == {}
    assert sum(shingles("เรือออก").values()) == 3  # the vowel sign is no letter of its own


def test_values_names_and_stories() -> None:
    assert same_value("“Talks open”", "Talks open.") == (1.0, 0.0, 0.0)
    assert same_value("Talks open", None) == (0.0, 0.0, 1.0)
    assert same_value(None, "Talks open") == (0.0, 1.0, 0.0)
    assert found_names(["Ann Poe", "John Roe"], "By Ann Poe, staff") == (1.0, 0.0, 1.0)
    assert match_stories([TEXT, TEXT], [TEXT]) == (1.0, 0.0, 1.0)
    assert match_stories([], [TEXT]) == (0.0, 1.0, 0.0)


def test_intervals_hold_the_figure_and_do_not_change() -> None:
    pages = [(1.0, 0.0, 0.0)] * 8 + [(0.5, 0.25, 0.25)] * 2
    found = figure(pages)
    assert found == figure(pages)
    assert found is not None and found.low < found.value < found.high <= 1 and found.pages == 10
    assert figure([]) is None
    assert worst_tenth(pages) == pytest.approx(2 / 3)


def write(folder: Path, **label: object) -> Path:
    (folder / "pages").mkdir(parents=True)
    (folder / "pages" / "a.html").write_text(f"<title>Ferry leaves | Ledger</title><h1>Ferry leaves</h1><p>{TEXT} {TEXT}</p>")
    (folder / "labels.jsonl").write_text(json.dumps({"page": "pages/a.html", **label}) + "\n\n")
    return folder


def test_a_folder_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "set", body=f"{TEXT} {TEXT}", title="Ferry leaves", date=None, roles={"Ferry leaves": "headline"})
    evaluate_and_show(folder, Settings(), as_lines=True, beside=False)
    found = json.loads(capsys.readouterr().out)["wirehouse, from HTML"]
    assert {name: found[name]["value"] for name in ("body", "title", "roles", "stories")} == dict.fromkeys(
        ("body", "title", "roles", "stories"), 1.0
    )
    evaluate_and_show(folder, Settings(), as_lines=False, beside=False)
    assert "wirehouse, from HTML" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"page": "pages/a.html", "bodi": "x"}', "line 1: a label needs 'page'"),
        ('{"body": "x"}', "needs 'page'"),
        ('{"page": "pages/b.html"}', "no page"),
        ('{"page": "pages/a.html", "stories": [{"title": "x"}]}', "every story needs its 'body'"),
        ('{"page": ', "line 1: not JSON"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_with_labels_is_told(tmp_path: Path, text: str, said: str) -> None:
    folder = write(tmp_path / "set")
    (folder / "labels.jsonl").write_text(text)
    with pytest.raises(WirehouseError, match=said):
        evaluate(folder, Settings(), beside=False)
    with pytest.raises(WirehouseError, match=r"no labels\.jsonl"):
        read_labels(tmp_path, Settings())


def test_the_projects_own_pages_hold_their_floors() -> None:
    outcomes = {outcome.name: outcome for outcome in evaluate(QUALITY / "labelled", Settings(), beside=False)}
    held = {
        name: {**{key: found.value for key, found in outcome.figures.items()}, "worst_tenth": outcome.worst_tenth}
        for name, outcome in outcomes.items()
    }
    low = {
        (name, key): (held[name][key], floor) for name, floors in FLOORS.items() for key, floor in floors.items() if held[name][key] < floor
    }
    assert not low, as_json(list(outcomes.values()))
