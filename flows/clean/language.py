"""The language of a text: by its script or its function words where these suffice, else by py3langid on its first characters."""

import numpy as np
import py3langid

_SAMPLE_CHARACTERS = 250
_FEWEST_LETTERS = 8
_LEAST_VOTES = 6
_LEAST_LEAD = 1.6
_CLOSE = 0.15  # log units a character by which a guess may be likelier than the language of the function words
_CLOSE_TO_RARE = 0.4  # the same for English and a guess that no list of function words holds
_SCRIPTS = (
    ("\u3040", "\u30ff", "ja"),
    ("\uac00", "\ud7af", "ko"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u0590", "\u05ff", "he"),
    ("\u0370", "\u03ff", "el"),
)


def language_of(text: str, votes: np.ndarray | None = None, languages: tuple[str, ...] = ()) -> str | None:
    """ISO 639-1 code of the text's language, None when it holds too few letters to tell.

    ``votes`` counts, for each of ``languages``, the text's words that are function words of it; a clear lead decides.

    >>> language_of("Le président a rencontré son homologue à Genève mardi.")
    'fr'
    """
    if votes is not None and votes.size > 1:
        best = int(votes.argmax())
        second = int(np.partition(votes, -2)[-2])
        if votes[best] >= _LEAST_VOTES and votes[best] >= _LEAST_LEAD * second:
            return languages[best]
    sample = text[:_SAMPLE_CHARACTERS]
    letters = sum(map(str.isalpha, sample))
    if letters < _FEWEST_LETTERS:
        return None
    if not sample.isascii():
        for low, high, code in _SCRIPTS:
            if sum(low <= char <= high for char in sample) > 0.15 * letters:
                return code
        if sum("\u4e00" <= char <= "\u9fff" for char in sample) > 0.3 * letters:
            return "zh"
    guess = str(py3langid.classify(sample)[0])
    return _close_leader(sample, guess, votes, languages) or guess if votes is not None and votes.any() else guess


def _close_leader(sample: str, guess: str, votes: np.ndarray, languages: tuple[str, ...]) -> str | None:
    """The language whose function words are the most frequent, where a guess is hardly likelier: names weigh much in few words.

    A guess without function words of its own on the lists, as Nigerian Pidgin, gives way to English from farther off.
    """
    most = int(votes.max())
    counts = dict(zip(languages, votes.tolist(), strict=True))
    if counts.get(guess) == most:
        return None
    scores = dict(py3langid.rank(sample))
    reach = scores[guess] - _CLOSE_TO_RARE * len(sample)
    if guess not in counts and counts.get("en", 0) >= max(1, most - 1) and scores.get("en", -np.inf) >= reach:
        return "en"
    best = max((one for one, count in counts.items() if count == most), key=lambda one: scores.get(one, -np.inf))
    return best if scores[guess] - scores.get(best, -np.inf) <= _CLOSE * len(sample) else None
