"""An Atom feed (RFC 4287) of a saved question: each row of the answer an entry, so that a reader shows what is new in it."""

import datetime as dt
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import duckdb

from flows.cookbook import Question, Value, run_question
from flows.export.places import new_file

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 200
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_atom(con: duckdb.DuckDBPyConnection, out: Path, question: Question, values: dict[str, Value]) -> dict[str, int]:
    """Write the answer to a question as a feed, the newest first; returns the number of entries.

    An entry's id follows from the question and the row's content, so a row that stays the same is shown once. Its time is
    the row's first day column (as midnight UTC), else the time of the warehouse's last run.
    """
    row = con.execute("select max(coalesce(ended_at, started_at)) from ops.runs").fetchone()
    loaded = row[0] if row and row[0] else dt.datetime(1970, 1, 1)
    rows = run_question(question, values, con).to_dicts()
    entries = sorted(((_time(each) or loaded, each) for each in rows), key=lambda entry: entry[0], reverse=True)[:MOST_ENTRIES]
    usual = {parameter.name: parameter.default for parameter in question.parameters}
    asked = {name: value for name, value in values.items() if value != usual[name]}
    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "id", f"urn:wirehouse:ask:{question.name}:{_digest(asked)}")
    _add(feed, "title", " ".join([question.question, *(f"({name}: {value})" for name, value in asked.items())]))
    _add(feed, "updated", _stamp(loaded))
    _add(ET.SubElement(feed, "author"), "name", "Wirehouse")
    for time, each in entries:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", f"urn:wirehouse:ask:{question.name}:{_digest(each)}")
        _add(entry, "title", _title(each))
        _add(entry, "updated", _stamp(time))
        _add(
            entry, "content", "\n".join(f"{name}: {_shown(value)}" for name, value in each.items() if value not in (None, [])), type="text"
        )
    with new_file(out) as part:
        ET.ElementTree(feed).write(part, encoding="utf-8", xml_declaration=True)
    return {"entries": len(entries)}


def _title(row: dict[str, Any]) -> str:
    texts = [_shown(value) for value in row.values() if isinstance(value, (str, list)) and value]
    title = " · ".join(texts[:3]) or ", ".join(_shown(value) for value in row.values() if value is not None) or "(empty)"
    return title if len(title) <= 200 else title[:199] + "…"


def _time(row: dict[str, Any]) -> dt.datetime | None:
    for value in row.values():
        if isinstance(value, dt.datetime):
            return value
        if isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day)
    return None


def _stamp(time: dt.datetime) -> str:
    return time.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, default=str, sort_keys=True).encode()).hexdigest()[:24]


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _UNPRINTABLE.sub("�", text)
