"""What was measured on real sentences still holds: how many are read, and that they are right."""

import csv
import json
from pathlib import Path

import pytest
from measure_prose_hours import SECOND_READER, VERDICTS, shown

from tejido.directory.domain.prose_hours import propose_hours

SOURCE_IS_WRONG = {
    "Monday-Friday, 9-11:30",
    "Monday-Wednesday, Friday, 9-5",
    "Wednesday, Friday-Sunday, 11-5",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def schedules(path: Path):
    with path.open(encoding="utf-8") as lines:
        places = [p for line in lines for p in json.loads(line)["service_at_locations"]]
    return [row for place in places for row in place.get("schedules", []) if row.get("freq")]


def openings(proposal):
    return {
        (day, str(rule.opens_at), str(rule.closes_at))
        for rule in proposal.rules
        for day in rule.byday
    }


@pytest.mark.parametrize("path", [VERDICTS, SECOND_READER], ids=["author", "second reader"])
def test_the_hundred_that_were_read_one_by_one_are_still_proposed_as_they_were_read(path):
    kept = rows_of(path)

    assert [shown(propose_hours(row["sentence"])) for row in kept] == [
        row["proposal"] for row in kept
    ]
    assert len(kept) == 100
    assert sum(row["verdict"] == "right" for row in kept) >= 95


@pytest.mark.shared
def test_three_of_four_real_sentences_are_proposed(shared_data):
    rows = rows_of(shared_data / "schedules" / "san_mateo_hours_freetext.csv")

    proposed = sum(propose_hours(row["hours"]).is_proposed for row in rows)

    assert len(rows) == 974
    assert proposed >= 0.75 * len(rows)


@pytest.mark.shared
def test_real_sentences_agree_with_the_hours_that_their_source_structured(shared_data):
    rows = schedules(shared_data / "services" / "san_mateo_2013_hsds31.ndjson")

    read = [(row, propose_hours(row["description"])) for row in rows]
    different = {
        row["description"]
        for row, ours in read
        if ours.is_proposed
        and openings(ours)
        != {(day, row["opens_at"], row["closes_at"]) for day in row["byday"].split(",")}
    }

    assert len(rows) == 710
    assert different == SOURCE_IS_WRONG
