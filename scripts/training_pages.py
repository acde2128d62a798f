"""Everything that the fits and their cross-validation read, prepared once and kept on disk: labelled pages as text and as HTML,
dealt into folds by site.

A page of a site is in one fold, as text and as HTML; a made-up page of several stories is made of pages of one fold. Sites are told
apart by the name before their public suffix, so that ``example.com`` and ``example.co.uk`` are one.
"""

import argparse
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from labelled_pages import Labelled, made_up_pages, read_labelled, rows_of

from flows.clean.metadata import address_title
from flows.load.pages import registrable_domain
from flows.reference.html_hints import load_html_hints
from flows.reference.lexicon import REFERENCE, read_furniture_lines

FOLDS = 4
MADE_UP_A_FOLD = 110
FILES = ("textclean*", "wcxb*", "metadata*")
MEASURED = ("textclean",)
CLEAN = REFERENCE.parent / "clean"


class Several(NamedTuple):
    """A labelled page of several stories: where each story starts, where its body does, where it ends, its title, the page that it
    was taken from; ``fold`` holds the page's own fold."""

    id: str
    text: str
    stories: list[dict[str, object]]
    fold: int


class Training(NamedTuple):
    """``text`` are pages as text (made-up ones last, ``heads`` tells the headlines of these), ``html`` the same pages as HTML,
    ``frame`` what loading made of them, row by row; ``fold_of`` the fold of each group."""

    text: list[Labelled]
    heads: dict[str, list[int]]
    html: list[Labelled]
    frame: pl.DataFrame
    several: list[Several]
    fold_of: dict[str, int]

    def folds(self, pages: list[Labelled]) -> np.ndarray:
        """The fold of each page."""
        return np.array([self.fold_of[page.group] for page in pages])


def group_of(url: str | None, otherwise: str) -> str:
    """The site that a page counts to when pages are dealt into folds."""
    domain = registrable_domain(url or "")
    return domain.split(".", 1)[0] if domain else otherwise


def deal(groups: list[str]) -> dict[str, int]:
    """Deal the sites into folds, at random but always alike."""
    known = sorted(set(groups))
    return {known[place]: at % FOLDS for at, place in enumerate(np.random.default_rng(1).permutation(len(known)))}


def known_titles(pages: list[Labelled]) -> list[str]:
    """What stands for the title known from outside: of measured pages the address, of others sometimes that, the title, or nothing."""
    dice = np.random.default_rng(5)
    out = []
    for page in pages:
        title = address_title(page.url)
        if not page.measured:
            title = (page.title or "") if dice.random() < 0.3 else title if dice.random() < 0.6 else ""
        out.append(title)
    return out


def read_training(folder: Path, *, cache: Path | None = None) -> Training:
    """Read the labelled pages of a folder (see ``labelled_pages``), or what was kept of them in ``cache``."""
    files = [path for pattern in FILES for path in sorted(folder.glob(f"{pattern}.jsonl*"))]  # of equal pages the first counts
    several_files = sorted(folder.glob("multistory*.jsonl*"))
    mark = "3-".join(f"{path.name}:{path.stat().st_size}" for path in files + several_files)
    kept = cache / f"pages-{hashlib.sha256(mark.encode()).hexdigest()[:12]}.pickle" if cache else None
    if kept is not None and kept.exists():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]
    training = _read(files, several_files)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(training))
    return training


def _read(files: list[Path], several_files: list[Path]) -> Training:
    hints = load_html_hints(REFERENCE)
    text, html, frame = read_labelled(files, hints=hints, measured=MEASURED, group_of=group_of)
    fold_of = deal([page.group for page in text])
    made_up = made_up_pages(text, read_furniture_lines(REFERENCE, language="en"), fold_of, pages_a_fold=MADE_UP_A_FOLD)
    text = text + [page for page, _ in made_up]
    fold_of |= {page.group: int(page.group.rsplit("-", 1)[1]) for page, _ in made_up}
    several = [
        Several(row["id"], row["text"], row["stories"], at % FOLDS)
        for at, row in enumerate(row for path in several_files for row in rows_of(path))
    ]
    return Training(text, {page.id: heads for page, heads in made_up}, html, frame, several, fold_of)


def kept(cache: Path | None, name: str, marks: list[bytes], make: Callable[[], Any]) -> Any:
    """What ``make`` gives, from disk where it was made before of the same things."""
    if cache is None:
        return make()
    path = cache / f"{name}-{hashlib.sha256(b''.join(marks)).hexdigest()[:12]}.pickle"
    if not path.exists():
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


def code_of(*names: str) -> bytes:
    """The text of scripts, so that what they made is made anew when they change."""
    return b"".join((Path(__file__).parent / name).read_bytes() for name in names)


def arguments(doc: str | None) -> argparse.Namespace:
    """What every fit is told on its command line: ``folder`` and ``cache``."""
    options = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path, help="where to keep what was read")
    return options.parse_args()


def write_weights(name: str, folder: Path, pages: list[Labelled], settings: tuple[object, ...], arrays: dict[str, np.ndarray]) -> None:
    """Write a file of weights beside the modules of the clean stage, with its origin."""
    path = CLEAN / name
    np.savez_compressed(path, **origin(folder, pages, settings), **arrays)
    print(f"written: {path} ({path.stat().st_size} bytes)")


def origin(folder: Path, pages: list[Labelled], settings: tuple[object, ...]) -> dict[str, np.ndarray]:
    """What a file of weights tells of its making: the files that it was fitted on and the pages that they held, as hashes, their number,
    and the settings of the fit."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(page.id.encode() + page.text.encode() + page.labels.tobytes())
    return {
        "fitted_files": np.array(hash_of_files(folder)),
        "fitted_pages": np.array(digest.hexdigest()[:16]),
        "fitted_count": np.array(len(pages)),
        "fitted_with": np.array(repr(settings)),
    }


def hash_of_files(folder: Path) -> str:
    """A hash of the labelled files of a folder."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in (*FILES, "multistory*") for path in folder.glob(f"{pattern}.jsonl*")}):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
