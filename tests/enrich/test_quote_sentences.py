"""Who says what stands between quotation marks, in made-up sentences of many fields and languages."""

import csv
from pathlib import Path

from speech_cases import lexicon, read

from flows.enrich.quotes import find_quotes

LEAST_SHARE = 0.95  # of the sentences whose speakers are all right


def test_speakers_of_labelled_sentences() -> None:
    with (Path(__file__).parent / "quote_sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))
    wrong = []
    for row in rows:
        story, mentions, entities = read(row["text"], language=row["language"])
        found = ";".join(quote.speaker_text or "" for quote in find_quotes(story, mentions, entities, lexicon()))
        if found != (row["speakers"] or ""):
            wrong.append((row["text"], row["speakers"], found))
    assert len(rows) >= 200
    assert 1 - len(wrong) / len(rows) >= LEAST_SHARE, wrong
