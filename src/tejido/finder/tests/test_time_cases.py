"""One set of cases for both: a day and an hour in words are the same with signal and without."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

from tejido.finder.domain.pack_search import search_lines
from tejido.finder.domain.text_times import time_in
from tejido.finder.testing import CONCEPTS
from tejido.finder.tests.phone import run_node

CASES = json.loads(Path(__file__).with_name("time_cases.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(CASES["now"])
NOTHING = {"at": None, "onlyOpen": False, "isOver": False, "isUnclear": False}
MOMENTS = (NOW, *map(datetime.fromisoformat, ("2026-12-31T23:59:30", "2028-02-28T06:15:00")))
SENTENCES = 4_000
WORDS = (
    *("tonight", "esta noche", "mañana", "la", "por la mañana", "at", "a las", "8", "10", "15"),
    *("3pm", "9:30", "a. m.", "pm", "noon", "midnight", "medianoche", "now", "abierto", "open"),
    *("friday", "el", "next", "sunday", "sun", "valley", "sábado", "28", "31st", "the", "nov"),
    *("enero", "de", "noviembre", "2027", "11/28", "28/11", "1/2", "24/7", "2026-11-30", "feb"),
    *("in", "2 hours", "en media hora", "dentro de", "3 days", "day after tomorrow", "ayer"),
    *("morning", "afternoon", "tarde", "next week", "fin de semana", "hoy", "today", "primero"),
    *("narcan", "oakland", "street", "94606", "💉", "-", "may", "30", "th", "door", "after"),
)


def table():
    items = map(json.loads, search_lines(CONCEPTS, language="en"))
    return next(value for kind, *(value, *_) in items if kind == "times")


def wall(moment):
    """Return seconds on the wall's clock, as if 1970 had begun where the places are."""
    return int(moment.replace(tzinfo=UTC).timestamp())


def told(words, now):
    """Return what the server reads in words as the phone tells it."""
    rest, chosen = time_in(words, now=now)
    if chosen is None:
        return {"rest": rest, "chosen": None}
    return {
        "rest": rest,
        "chosen": {
            "at": chosen.at and wall(chosen.at),
            "onlyOpen": chosen.only_open,
            "isOver": chosen.is_over,
            "isUnclear": chosen.is_unclear,
        },
    }


def expected(case):
    at = case.get("at")
    said = {name: case[name] for name in NOTHING if name in case and name != "at"}
    chosen = NOTHING | said | {"at": at and wall(datetime.fromisoformat(at))}
    is_said = at or said or case.get("isNow")
    return {"rest": case["rest"], "chosen": chosen if is_said else None}


def test_the_server_reads_the_time_of_each_case():
    assert [told(case["words"], NOW) for case in CASES["cases"]] == [
        *map(expected, CASES["cases"])
    ]


def test_the_phone_reads_the_time_of_each_case(tmp_path):
    cases = [{"words": case["words"], "now": wall(NOW)} for case in CASES["cases"]]

    read = run_node(tmp_path, "times.mjs", {"table": table(), "cases": cases})

    assert read == [*map(expected, CASES["cases"])]


def test_the_phone_reads_whatever_is_typed_as_the_server_does(tmp_path):
    draw = random.Random(1)
    asked = [
        (" ".join(draw.choices(WORDS, k=draw.randrange(1, 7))), draw.choice(MOMENTS))
        for _ in range(SENTENCES)
    ]

    cases = [{"words": words, "now": wall(now)} for words, now in asked]
    read = run_node(tmp_path, "times.mjs", {"table": table(), "cases": cases})

    differing = [
        (words, now.isoformat(), one, other)
        for (words, now), one in zip(asked, read, strict=True)
        if one != (other := told(words, now))
    ]
    assert differing == []


def test_no_pattern_that_a_phone_is_sent_looks_behind():
    assert "(?<!" not in json.dumps(table())
    assert "(?<=" not in json.dumps(table())
