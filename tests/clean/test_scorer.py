"""The fitted weights: files that load, fit the measured features, and are evaluated page by page."""

import numpy as np
import pytest

from flows.clean.blocks import split_blocks
from flows.clean.boundaries import EVIDENCE, make_boundary_scorer
from flows.clean.features import FEATURES, columns_of
from flows.clean.lexicon import CleanLexicon
from flows.clean.scorer import PASSED_ODDS, make_scorer
from flows.clean.second_look import SECOND, Trees, look_again, second_features
from flows.clean.views import read_batch
from flows.reference.lexicon import BOUNDARIES, WEIGHTS, load_clean_lexicon

TEXT = (
    "Home\n\nWorld\n\nNegotiators near accord\n\n"
    + "The delegations met for a third day of talks in the old guest house at the lake, they said. " * 3
)


def test_weights_fit_the_measured_features(lexicon: CleanLexicon) -> None:
    assert lexicon.scorer is not None and lexicon.boundary is not None
    assert set(lexicon.scorer.names) <= set(FEATURES)
    assert len(lexicon.boundary.weights) == len(EVIDENCE)
    scorer = lexicon.scorer
    assert scorer.network.first_weights.shape[0] == len(scorer.names) + scorer.word_vectors.shape[1]
    assert scorer.trees is not None and scorer.trees.feature.max() < len(SECOND) + len(scorer.names)


@pytest.mark.parametrize("path", [WEIGHTS, BOUNDARIES], ids=lambda path: path.name)
def test_weights_are_small(path) -> None:  # type: ignore[no-untyped-def]
    assert path.stat().st_size < 300_000


def test_a_page_scores_alike_in_any_batch(lexicon: CleanLexicon) -> None:
    alone = read_batch([TEXT], [""], lexicon).odds
    among = read_batch(["Menu\n\nAbout us", TEXT, "", TEXT], [""] * 4, lexicon).odds
    np.testing.assert_allclose(among[2 : 2 + alone.size], alone, atol=1e-3)
    np.testing.assert_allclose(among[2 + alone.size :], alone, atol=1e-3)


def test_prose_scores_over_menus(lexicon: CleanLexicon) -> None:
    odds = read_batch([TEXT], [""], lexicon).odds
    assert odds[-1] > 0 > odds[0]


def test_lines_that_pass_within_a_text_are_passed_over(lexicon: CleanLexicon) -> None:
    paragraph = (
        "The delegations met for a third day of talks in the old guest house at the lake, and they said that number {0} was near. " * 2
    )
    lines = [paragraph.format(word).strip() + "\n\nAdvertisement\n\nAdvertisement" for word in ("one", "two", "three", "four", "five")]
    batch = read_batch(["Talks near an end\n\n" + "\n\n".join(lines)], [""], lexicon)
    passing = batch.measures.passing
    assert passing.tolist() == [False, *([False, True, True] * 5)]
    assert (batch.odds[passing] == PASSED_ODDS).all()
    assert (batch.odds[1:][~passing[1:]] > 0).all()
    picked = batch.blocks.pick(~passing)
    assert picked.first.tolist() == [0, 6] and picked.page.size == picked.start.size == 6


def test_a_page_of_lines_that_pass_is_no_body(lexicon: CleanLexicon) -> None:
    batch = read_batch(["Advertisement\n\nAdvertisement", ""], [""] * 2, lexicon)
    assert batch.odds.tolist() == [PASSED_ODDS] * 2


def test_without_weights_rules_decide() -> None:
    bare = load_clean_lexicon(weights=None, boundaries=None)
    assert read_batch([TEXT], [""], bare).odds.tolist() == [-4.0, -4.0, -4.0, 2.0]


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="fit_block_scorer"):
        make_scorer(
            {
                "tree_leaf": np.zeros((1, 2)),
                "second_names": np.array(["no such"]),
                "word_vectors": np.zeros((4, 1)),
                "word_scale": np.ones(1),
            }
        )
    with pytest.raises(ValueError):
        columns_of(np.zeros((1, len(FEATURES))), ("no such",))
    with pytest.raises(ValueError, match="fit_story_boundaries"):
        make_boundary_scorer({"evidence": np.array(["no such"])})


def test_trees() -> None:
    trees = Trees(np.array([[0, 1, 1]]), np.array([[0.5, 0.0, 1.0]]), np.array([[1.0, 2.0, 3.0, 4.0]]), 0.5, 4.0)
    rows = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 2.0]])
    assert look_again(trees, rows).tolist() == [1.5, 2.5, 3.5, 4.5]


def test_second_features_see_their_own_page_alone() -> None:
    blocks = split_blocks(["a b\n\nc d", "", "e f"])
    amount = np.array([2.0, 2.0, 2.0])
    both = second_features(np.array([1.0, -2.0, 3.0]), blocks, amount)
    assert both.shape == (3, len(SECOND))
    alone = second_features(np.array([3.0]), split_blocks(["e f"]), amount[:1])
    np.testing.assert_allclose(both[2], alone[0], atol=1e-6)
