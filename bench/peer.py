"""The script that one would write in an afternoon, of the best-known parts: trafilatura, a blank spaCy pipeline with a
phrase matcher over the same names, dateparser, and row-wise inserts into DuckDB.

    python -m bench.peer PAGES.jsonl OUT.duckdb
"""

import json
import re
import sys
from pathlib import Path

import dateparser
import duckdb
import spacy
import trafilatura
from spacy.language import Language
from spacy.matcher import PhraseMatcher

from flows.reference import load_reference

_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2})?(?:,? \d{4})?\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def make_pipeline() -> tuple[Language, PhraseMatcher]:
    """A blank English pipeline that splits sentences, and a matcher of all names of the reference data."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    reference = load_reference()
    names = {
        name
        for group in (reference.people, reference.countries, reference.organizations, reference.outlets, reference.places)
        for row in group
        for name in (row.name, *row.aliases)
    }
    names.update(city.name for city in reference.cities)
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", list(nlp.tokenizer.pipe(names)))
    return nlp, matcher


def main(pages: Path, out: Path) -> None:
    """Work through the pages one by one."""
    nlp, matcher = make_pipeline()
    con = duckdb.connect(str(out))
    con.execute("create table articles (id integer, title varchar, body varchar, published varchar)")
    con.execute("create table mentions (id integer, text varchar, char_start integer)")
    con.execute("create table dates (id integer, text varchar, value varchar)")
    with pages.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            found = trafilatura.bare_extraction(json.loads(line)["html"], with_metadata=True)
            if found is None:
                continue
            text = found.text or ""
            doc = nlp(text)
            con.execute("insert into articles values (?, ?, ?, ?)", [number, found.title, text, found.date])
            con.executemany(
                "insert into mentions values (?, ?, ?)",
                [(number, doc[start:end].text, doc[start].idx) for _, start, end in matcher(doc)] or [(number, None, None)],
            )
            dates = [(number, text, str(dateparser.parse(text, languages=["en"]))) for text in _DATE.findall(text)]
            con.executemany("insert into dates values (?, ?, ?)", dates or [(number, None, None)])
    con.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
