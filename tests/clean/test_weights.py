"""The files of fitted weights are what their scripts give: same settings, same inputs, and a fit that comes out alike twice."""

import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
LABELLED = Path(os.environ.get("WIREHOUSE_LABELLED", ROOT.parent / "shared" / "eval"))
WEIGHTS = {
    "block_scorer.npz": "fit_block_scorer",
    "evidence.npz": "fit_evidence",
    "story_boundaries.npz": "fit_story_boundaries",
}


def script(name: str) -> ModuleType:
    """A fitting script as a module; skips where what it needs is not installed."""
    pytest.importorskip("sklearn", reason="the fits need scikit-learn (pip install 'wirehouse[bench]')")
    pytest.importorskip("scipy", reason="the fits need scipy (pip install 'wirehouse[bench]')")
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.mark.parametrize(("file", "name"), WEIGHTS.items(), ids=list(WEIGHTS))
def test_weights_were_fitted_with_the_settings_of_their_script(file: str, name: str) -> None:
    with np.load(ROOT / "flows" / "clean" / file, allow_pickle=False) as held:
        assert str(held["fitted_with"]) == repr(script(name).SETTINGS)
        assert int(held["fitted_count"]) > 1000


def test_all_weights_were_fitted_on_the_same_files() -> None:
    hashes = set()
    for file in WEIGHTS:
        with np.load(ROOT / "flows" / "clean" / file, allow_pickle=False) as held:
            hashes.add(str(held["fitted_files"]))
    assert len(hashes) == 1
    if not LABELLED.is_dir():
        pytest.skip("no labelled pages here: WIREHOUSE_LABELLED names their folder")
    assert hashes == {script("training_pages").hash_of_files(LABELLED)}


def test_a_fit_comes_out_alike_twice() -> None:
    network = script("block_network")
    dice = np.random.default_rng(3)
    first = np.array([0, 40, 90, 130, 200])
    features = dice.standard_normal((200, 6)).astype(np.float32)
    labels = (features[:, 0] + features[:, 1] > 0).astype(np.float32)
    block = np.repeat(np.arange(200), 3)
    data = network.Data(features, labels, np.ones(200, np.float32), first, dice.integers(0, 4096, 600), block)
    shape = network.Shape(epochs=40, batch_pages=2)
    once, again = (network.fit(data, np.arange(4), shape, seed=0) for _ in range(2))
    assert all((once[name] == again[name]).all() for name in once)
    odds = np.zeros(200, np.float32)
    network.predict(once, data, np.arange(4), shape, odds)
    assert ((odds > 0) == labels).mean() > 0.8


@pytest.mark.skipif("WIREHOUSE_REFIT" not in os.environ, reason="takes minutes: WIREHOUSE_REFIT=1 fits the weights again")
@pytest.mark.parametrize(("file", "name"), WEIGHTS.items(), ids=list(WEIGHTS))
def test_the_script_gives_the_weights(file: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitting = script(name)
    monkeypatch.setattr(script("training_pages"), "CLEAN", tmp_path)
    monkeypatch.setattr(sys, "argv", [name, str(LABELLED), "--cache", os.environ.get("WIREHOUSE_CACHE", str(tmp_path))])
    fitting.main()
    with np.load(tmp_path / file) as made, np.load(ROOT / "flows" / "clean" / file) as held:
        assert set(made.files) == set(held.files)
        for key in held.files:
            if held[key].dtype.kind == "f":
                np.testing.assert_allclose(made[key], held[key], rtol=0.02, atol=0.02)
            else:
                assert (made[key] == held[key]).all(), key
