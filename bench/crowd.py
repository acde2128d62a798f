"""A warehouse of many articles to measure searching and looking: varied in days, outlets, people and words, none of it anybody's text.

Some thousands of pages are made of the samples' sentences, with other people and countries put in, and of invented words
as rare as real ones are; they are loaded as any page is. Their rows are then multiplied under other ids and other days.
"""

import csv
import datetime as dt
import itertools
import json
import random
import re
from pathlib import Path

import duckdb

from bench.pages import headline, sentences
from flows.schemas import PRIVATE_TABLES, TABLES

REFERENCE = Path(__file__).parents[1] / "flows" / "reference"
_PLAIN_NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+$")
_SYLLABLES = [
    "ka",
    "lor",
    "mi",
    "ven",
    "ta",
    "sul",
    "ro",
    "del",
    "ni",
    "bar",
    "qua",
    "fen",
    "jo",
    "rist",
    "pe",
    "gal",
    "zo",
    "tem",
    "hu",
    "vik",
]
_OTHER_SCRIPTS = [
    "两国领导人星期一在北京大学发表讲话，表示双方将继续就贸易和安全问题进行会谈。",
    "В понедельник министры обсудили договор о ракетах и договорились встретиться снова весной.",
    "قال الوزير يوم الاثنين إن المحادثات حول المعاهدة ستستأنف في الربيع المقبل.",
    "Ministři v pondělí jednali o smlouvě a dohodli se, že se na jaře sejdou znovu v Praze.",
]
_AGENCIES = ["Reuters", "TASS", "Xinhua", "the Associated Press", "Agence France-Presse", "Interfax", "Kyodo"]
_TOWNS = [
    "Vienna",
    "Geneva",
    "Cairo",
    "Nairobi",
    "Tokyo",
    "Lima",
    "Ottawa",
    "Ankara",
    "Doha",
    "Jakarta",
    "Oslo",
    "Warsaw",
    "Riyadh",
    "Hanoi",
]
_SAID = ["said", "warned", "promised", "told reporters", "claimed", "denied"]
DAYS = (dt.date(2012, 1, 1), dt.date(2024, 12, 31))


def invented_words(count: int) -> list[str]:
    """Words that no language has, each once, in a fixed order."""
    rng = random.Random(7)
    return list(dict.fromkeys("".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)))


def _names(file: str, column: str) -> list[str]:
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        return [row[column] for row in csv.DictReader(lines)]


def write_crowd(path: Path, count: int) -> None:
    """Write ``count`` articles of some 600 words as JSON Lines; those of a number are the same each time."""
    pool = sentences()
    people = [name for name in _names("people.csv", "name") if _PLAIN_NAME.match(name)]
    countries = [name for name in _names("countries.csv", "name") if re.fullmatch(r"[A-Z][a-z]+", name)]
    told = " ".join(pool)
    swapped = [(name, others) for others in (people, countries) for name in others if name in told]
    words = invented_words(60_000)
    weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            rng = random.Random(number)
            day = DAYS[0] + dt.timedelta(days=rng.randrange((DAYS[1] - DAYS[0]).days))
            body: list[str] = []
            while sum(len(paragraph.split()) for paragraph in body) < 580:
                rare = rng.choices(words, cum_weights=weights, k=14)
                body.append(f"{rng.choice(pool)} The {' '.join(rare[:7])} of {rare[7].title()} told the {' '.join(rare[8:])} on Monday.")
            text = "\n\n".join(body)
            for name, others in swapped:
                other = rng.choice(others)
                text = text.replace(name, other).replace(name.split()[-1], other.split()[-1])
            if number % 20 == 0:
                text += "\n\n" + _OTHER_SCRIPTS[number // 20 % len(_OTHER_SCRIPTS)]
            title = f"{headline(rng)} after {' '.join(rng.choices(words, cum_weights=weights, k=2))}"
            told_on = f"on {day - dt.timedelta(days=rng.randint(0, 3)):%A, %B %-d}"
            one, other, third = rng.sample(people, 3)
            text += f"\n\nForeign Minister {one} met {other} in {rng.choice(_TOWNS)} {told_on}, {rng.choice(_AGENCIES)} reported."
            quoted = " ".join(rng.choices(words, cum_weights=weights, k=9))
            text += f"\n\n“We will keep {quoted} as long as it takes,” {third} {rng.choice(_SAID)}, according to {rng.choice(_AGENCIES)}."
            place = int(200 * rng.random() ** 2)  # some outlets print much more than others
            record = {"id": f"c{number}", "url": f"https://news{place}.example/{number}", "title": title, "text": text}
            out.write(json.dumps({**record, "published": day.isoformat(), "author": f"Reporter {number % 300}"}, ensure_ascii=False) + "\n")


def multiply(warehouse: Path, times: int) -> None:
    """Make a warehouse so many times as large: its rows again under other ids and addresses, each copy two days later."""
    with duckdb.connect(str(warehouse)) as con:
        con.execute("begin")
        for schema, tables in (("main", TABLES), ("pipeline", {"pages": PRIVATE_TABLES["pages"]})):
            for table, columns in tables.items():
                if table in ("entities", "rejects", "clusters", "happenings"):
                    continue
                altered = [
                    f"{name} || '-' || copy as {name}"
                    for name in ("document_id", "article_id", "earlier_article_id", "url", "source_uri")
                    if name in columns
                ]
                altered += [f"{name} + 2 * copy::integer as {name}" for name, kind in columns.items() if kind == "DATE"]
                con.execute(
                    f"insert into {schema}.{table} by name select * exclude (copy) replace ({', '.join(altered)}) from {schema}.{table}, range(1, {times}) as copies(copy)"
                )
        con.execute("commit")
