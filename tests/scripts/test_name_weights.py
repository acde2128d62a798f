"""The weights by which unknown names are judged are what their script gives."""

import csv
import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from flows.reference.names import LEXICON
from scripts import fit_name_weights

LABELLED = Path(os.environ.get("WIREHOUSE_LABELLED", Path(__file__).parents[3] / "shared" / "eval"))
TOLERANCE = 0.05  # of a weight: solvers of different releases end a little apart
LEAST_SHARE = 0.99  # of the weights that must agree

SENTENCES = (
    "Greta/B-PER Holm/I-PER met Otto/B-PER Lind/I-PER of Nordvik/B-ORG Shipping/I-ORG in Havnbro/B-LOC .",
    "Holm/B-PER said Nordvik/B-ORG Shipping/I-ORG had left Havnbro/B-LOC for good .",
    "Reporters asked Lind/B-PER about the yard near Sandvik/B-LOC .",
    "Otto/B-PER Lind/I-PER told Brandt/B-ORG Bank/I-ORG that Sandvik/B-LOC would wait .",
)


def labelled(path: Path) -> Path:
    """A labelled file of made-up sentences."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for n in range(40):
            pairs = [word.partition("/") for word in SENTENCES[n % len(SENTENCES)].split()]
            tags = [tag or "O" for _, _, tag in pairs]
            file.write(json.dumps({"tokens": [word for word, _, _ in pairs], "tags": tags, "source": "made up", "doc": n}) + "\n")
    return path


def weights(path: Path) -> dict[tuple[str, str], list[float]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["template"], row["value"]): [float(row[kind]) for kind in ("person", "organization", "place")]
            for row in csv.DictReader(file)
        }


def fitted(monkeypatch: pytest.MonkeyPatch, files: list[Path], out: Path) -> dict[tuple[str, str], list[float]]:
    pytest.importorskip("sklearn", reason="the fit needs scikit-learn (pip install 'wirehouse[bench]')")
    monkeypatch.setattr(sys, "argv", ["fit_name_weights", *map(str, files), "--out", str(out)])
    fit_name_weights.main()
    return weights(out)


def test_a_fit_comes_out_alike_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = labelled(tmp_path / "made_up.jsonl.gz")
    once, again = (fitted(monkeypatch, [file], tmp_path / f"{n}.csv") for n in range(2))
    assert once == again
    assert len(once) > 10


@pytest.mark.skipif("WIREHOUSE_REFIT" not in os.environ, reason="takes minutes: WIREHOUSE_REFIT=1 fits the weights again")
def test_the_script_gives_the_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(LABELLED.glob("ner_*.jsonl.gz"))
    if not files:
        pytest.skip("no labelled sentences here: WIREHOUSE_LABELLED names their folder")
    made, held = fitted(monkeypatch, files, tmp_path / "weights.csv"), weights(LEXICON / "name_weights.csv")
    assert len(made.keys() & held.keys()) >= LEAST_SHARE * len(made.keys() | held.keys())
    alike = sum(max(abs(a - b) for a, b in zip(made[key], held[key], strict=True)) <= TOLERANCE for key in made.keys() & held.keys())
    assert alike >= LEAST_SHARE * len(held)
