"""A trained pipeline's names beside our own: a small pipeline made here, loaded as a user's would be."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows.enrich.names import find_names
from flows.enrich.names_tagged import add_tagged_names
from flows.enrich.story import story_from_text
from flows.errors import WirehouseError
from flows.knowledge import load_knowledge
from flows.tagger import load_tagger

TEXT = "In Berlin spoke the zorvian quillmaster.\nRussia sent grain to Osterby, and Greta Vex was there."


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of spaCy that knows four names, saved to a folder."""
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "zorvian quillmaster"},
            {"label": "GPE", "pattern": "Osterby"},
            {"label": "GPE", "pattern": "Russia"},
            {"label": "DATE", "pattern": "grain"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipeline") / "small"
    nlp.to_disk(folder)
    return folder


def test_a_taggers_names_are_added_where_none_is(pipeline: Path) -> None:
    tagger = load_tagger(f"spacy:{pipeline}")
    assert tagger is not None
    gazetteer = load_knowledge().gazetteer
    story = story_from_text(TEXT, language="en")
    mentions, entities = find_names(story, gazetteer)
    found = add_tagged_names(story, mentions, entities, gazetteer, tagger)
    told = {TEXT[m.char_start : m.char_end]: (m.entity_id, m.method) for m in found}
    assert told["zorvian quillmaster"] == ("person/zorvian-quillmaster", "model")
    assert told["Russia"] == ("country/RUS", "gazetteer"), "our own names stand"
    assert told["Osterby"][0].startswith("place/")
    assert "grain" not in told
    assert all(m.entity_id in entities or m.entity_id in gazetteer.entities for m in found)
    assert [m.char_start for m in found] == sorted(m.char_start for m in found)


def test_a_run_uses_the_tagger_of_the_environment(pipeline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    page = tmp_path / "page.txt"
    page.write_text("Grain ships leave port\n\n" + "The zorvian quillmaster spoke of grain and ships for an hour on Friday. " * 6)
    monkeypatch.setenv("WIREHOUSE_TAGGER", f"spacy:{pipeline}")
    monkeypatch.setenv("WIREHOUSE_WORKERS", "1")
    path = tmp_path / "w.duckdb"
    subprocess.run([sys.executable, "-m", "flows.cli", "run", "--direct", str(page), "--warehouse", str(path)], check=True)
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute("select distinct entity_id, method from main.mentions where entity_id like 'person/zorvian%'").fetchall()
    assert rows == [("person/zorvian-quillmaster", "model")]


@pytest.mark.parametrize(
    ("setting", "told"), [("nltk:x", "names no tagger"), ("spacy:", "names no tagger"), ("spacy:no_such_one", "no pipeline")]
)
def test_a_tagger_that_cannot_be_had_is_an_error(setting: str, told: str) -> None:
    pytest.importorskip("spacy")
    with pytest.raises(WirehouseError, match=told):
        load_tagger(setting)


def test_no_setting_no_tagger() -> None:
    assert load_tagger("") is None


def test_without_spacy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(WirehouseError, match="pip install"):
        load_tagger("spacy:any_name")
