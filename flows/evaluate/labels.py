"""Labelled pages of a folder: what a person says is on each page."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from flows.errors import WirehouseError
from flows.load.inputs import Input
from flows.load.readers import read_inputs
from flows.load.records import Record
from flows.settings import Settings

_FIELDS = {"page", "body", "title", "date", "authors", "url", "stories", "roles", "language", "note"}


class LabelledPage(NamedTuple):
    """A page as read, with its label: what is absent from ``label`` is not scored, what is null there should not be found."""

    record: Record
    label: dict[str, Any]

    def bodies(self) -> list[str] | None:
        """The bodies of its stories, in order; None when they are not labelled."""
        if "stories" in self.label:
            return [story["body"] for story in self.label["stories"]]
        return [self.label["body"]] if self.label.get("body") is not None else None


def read_labels(folder: Path, settings: Settings) -> list[LabelledPage]:
    """The pages of a folder with their labels, from ``labels.jsonl`` (one object a line) or ``labels.json`` (a list of them).

    Raises WirehouseError with file and line when a label cannot be read, names an unknown field or a page that is not there.
    """
    found = [folder / name for name in ("labels.jsonl", "labels.json") if (folder / name).is_file()]
    if not found:
        raise WirehouseError(f"{folder}: no labels.jsonl there. It holds one object a page; docs/evaluate.md shows how.")
    pages = []
    for place, label in _objects(found[0]):
        unknown = set(label) - _FIELDS
        if unknown or not isinstance(label.get("page"), str):
            raise WirehouseError(f"{place}: a label needs 'page' and may have {sorted(_FIELDS - {'page'})}; found {sorted(label)}.")
        if any("body" not in story for story in label.get("stories", [])):
            raise WirehouseError(f"{place}: every story needs its 'body'.")
        path = folder / label["page"]
        if not path.is_file():
            raise WirehouseError(f"{place}: there is no page {path}.")
        record = next(iter(read_inputs([Input(label["page"], path)], settings)), None)
        if not isinstance(record, Record):
            raise WirehouseError(f"{place}: {path} could not be read: {record.reason if record else 'it is empty'}.")
        pages.append(LabelledPage(record._replace(url=label.get("url") or record.url), label))
    return pages


def _objects(file: Path) -> list[tuple[str, dict[str, Any]]]:
    text = file.read_text(encoding="utf-8")
    out: list[tuple[str, dict[str, Any]]] = []
    try:
        if file.suffix == ".json":
            return [(f"{file}, label {number}", label) for number, label in enumerate(json.loads(text), 1)]
        for number, line in enumerate(text.splitlines(), 1):
            place = f"{file}, line {number}"
            if line.strip():
                out.append((place, json.loads(line)))
    except json.JSONDecodeError as error:
        raise WirehouseError(f"{place if file.suffix != '.json' else file}: not JSON. {error}") from error
    return out
