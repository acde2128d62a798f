"""The lexicon is read once for all tests of cleaning."""

import polars as pl
import pytest

from flows.clean import clean_pages
from flows.clean.lexicon import CleanLexicon
from flows.reference.lexicon import load_clean_lexicon


@pytest.fixture(scope="session")
def lexicon() -> CleanLexicon:
    """The bundled lexicon with the fitted weights."""
    return load_clean_lexicon()


def pages_of(*texts: str, **columns: object) -> pl.DataFrame:
    """A frame of pages as the load stage yields them; ``columns`` are the same for all."""
    names = ("url", "site", "record_title", "record_byline", "page_title", "page_byline", "page_site_name", "markup")
    rows = [{"document_id": f"d{number}", "text": text, **dict.fromkeys(names), **columns} for number, text in enumerate(texts)]
    return pl.DataFrame(rows, infer_schema_length=None)


@pytest.fixture(scope="session")
def clean(lexicon: CleanLexicon):  # type: ignore[no-untyped-def]
    """Clean texts (and columns that are the same for all) with the bundled lexicon."""

    def run(*texts: str, **columns: object) -> dict[str, pl.DataFrame]:
        return clean_pages(pages_of(*texts, **columns), wording=lexicon)

    return run
