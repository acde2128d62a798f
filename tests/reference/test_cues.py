"""The verbs of speech as their list has them."""

import csv
import re

from flows.reference import BUNDLED


def test_forms_of_verbs_are_spelt_as_english_spells_them() -> None:
    with (BUNDLED / "lexicon" / "cues.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == "en" and row["kind"] == "verb"]
    for row in rows:
        verb = row["lemma"].partition(" ")[0]
        forms = row["forms"].split("|")
        wrong = {"payed", "sayed", "telled"}
        if verb.endswith("ee"):
            wrong.add(f"{verb[:-1]}ing")
        if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):  # beg, brag, rip
            wrong |= {f"{verb}ed", f"{verb}ing"}
        assert not wrong & {form.split(" ")[0] for form in forms}, row
