"""Fit the weights by which unknown names are judged (``name_weights.csv``) on labelled sentences.

    python scripts/fit_name_weights.py LABELLED.jsonl.gz… [--out name_weights.csv]

Each line of a labelled file holds ``tokens``, ``tags`` (BIO, with PER/ORG/LOC in any of their usual spellings), ``source``
and ``doc``. The weights in this repository were fitted on wikigold, Broad Twitter Corpus and the SEC filings corpus
(CC BY 4.0, CC BY 4.0, CC BY 3.0), WNUT17 (CC BY 4.0) and re3d (Open Government Licence). Needs scikit-learn.
"""

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.enrich.names_parse import pieces_of
from flows.enrich.names_score import TEMPLATES, decided, features_of
from flows.enrich.story import story_from_text
from flows.reference import load_reference
from flows.reference.names import LEXICON, Gazetteer, load_gazetteer

KINDS = {
    "PER": 0,
    "person": 0,
    "Person": 0,
    "ORG": 1,
    "Organisation": 1,
    "corporation": 1,
    "group": 1,
    "LOC": 2,
    "location": 2,
    "Location": 2,
}
SHARES = {"wikigold": 1.0, "re3d": 0.7, "btc": 0.35, "wnut17_train": 0.35, "sec_filings": 0.25}
_TIGHT = frozenset(".,;:!?%)’'") | {"'s", "n't", "’s"}
Labelled = tuple[tuple[str, ...], int, float]  # a piece's values, its class, its share


def documents(rows: Iterable[dict[str, object]]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Sentences by document; where a corpus is one long file, eight sentences make one."""
    groups: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for n, row in enumerate(rows):
        source = str(row["source"])
        doc = f"{n // 8}" if source == "wikigold" else str(row["id"]) if source in ("btc", "wnut17_train") else str(row.get("doc"))
        groups[source, doc].append(row)
    for (source, _), sentences in groups.items():
        yield source, sentences


def text_of(sentences: list[dict[str, object]]) -> tuple[str, list[tuple[int, int, int]]]:
    """A document's text, and its names as (start, end, class)."""
    parts: list[str] = []
    length = 0
    names: list[tuple[int, int, int]] = []
    for sentence in sentences:
        tokens, tags = list(sentence["tokens"]), list(sentence["tags"])  # type: ignore[call-overload]
        open_at = kind = -1
        for n, (token, tag) in enumerate(zip([*tokens, ""], [*tags, "O"], strict=True)):
            if open_at >= 0 and not tag.startswith("I-"):
                names.append((open_at, length, kind))
                open_at = -1
            if n and token and token not in _TIGHT and tokens[n - 1] != "(":
                parts.append(" ")
                length += 1
            if tag.startswith("B-"):
                open_at, kind = length, KINDS.get(tag[2:], 3)
            parts.append(token)
            length += len(token)
        parts.append("\n")
        length += 1
    return "".join(parts), names


def examples(source: str, sentences: list[dict[str, object]], gazetteer: Gazetteer) -> Iterator[Labelled]:
    """The undecided pieces of a document with their class; those that a name overlaps without being it are left out."""
    text, names = text_of(sentences)
    story = story_from_text(text, language="en")
    pieces = pieces_of(story, gazetteer)
    lower_words = frozenset(low for low, word in zip(story.lowers, story.words, strict=True) if low == word)
    counts = Counter(tuple(story.words[piece.first : piece.end]) for piece in pieces if piece.casing == "normal")
    for piece in pieces:
        if piece.casing != "normal" or decided(piece, story, gazetteer):
            continue
        start, end = story.starts[piece.first], story.ends[piece.end - 1]
        if start and text[start - 1] in "@#":
            continue
        kind = 3
        share = SHARES.get(source, 0.5)
        for low, high, label in names:
            if low < end and start < high:
                inside = text[low:high]
                same = (low, high) == (start, end) or (
                    source == "re3d" and sum(w[0].isupper() for w in inside.split() if w != "The") == piece.end - piece.first
                )
                kind = label if same else -1
                break
        if kind >= 0:
            count = counts[tuple(story.words[piece.first : piece.end])]
            yield features_of(piece, story, gazetteer, lower_words, count), kind, share


def fit(
    data: list[Labelled], *, least_count: int = 3, strength: float = 2.0, least_weight: float = 0.2
) -> list[tuple[int, str, list[float]]]:
    """Weights of the values that occur ``least_count`` times, against the class "no name"; those near nought are left out."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter((n, value) for values, _, _ in data for n, value in enumerate(values))
    index = {key: at for at, key in enumerate(key for key, count in counts.items() if count >= least_count)}
    rows, columns = [], []
    for row, (values, _, _) in enumerate(data):
        for n, value in enumerate(values):
            at = index.get((n, value))
            if at is not None:
                rows.append(row)
                columns.append(at)
    matrix = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(data), len(index)))
    model = LogisticRegression(C=strength, max_iter=300)
    model.fit(matrix, [kind for _, kind, _ in data], sample_weight=[share for _, _, share in data])
    weights = np.zeros((4, len(index)))
    for at, kind in enumerate(model.classes_):
        weights[int(kind)] = model.coef_[at]
    base = np.zeros(4)
    for at, kind in enumerate(model.classes_):
        base[int(kind)] = model.intercept_[at]
    out = [(TEMPLATES, "", [float(x) for x in base[:3] - base[3]])]
    for (n, value), at in index.items():
        row = weights[:3, at] - weights[3, at]
        if np.abs(row).max() >= least_weight:
            out.append((n, value, [round(float(x), 2) for x in row]))
    return out


def main() -> None:
    """Read labelled files, fit, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=LEXICON / "name_weights.csv")
    args = parser.parse_args()
    gazetteer = load_gazetteer(load_reference())
    data: list[Labelled] = []
    for path in args.labelled:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for source, sentences in documents(json.loads(line) for line in file):
                data.extend(examples(source, sentences, gazetteer))
    weights = fit(data)
    write(args.out, weights)
    print(f"{len(data)} pieces, {len(weights)} weights, {args.out.stat().st_size // 1024} KB")


def write(path: Path, weights: list[tuple[int, str, list[float]]]) -> None:
    """Weights as CSV, a row a value."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["template", "value", "person", "organization", "place"])
        for template, value, row in sorted(weights, key=lambda each: (each[0], each[1])):
            writer.writerow([template, value, *(f"{x:.2f}".rstrip("0").rstrip(".") for x in row)])


if __name__ == "__main__":
    main()
