"""One set of cases for both searches: the server's and the one on the phone."""

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact, Mode, Tier
from tejido.finder.domain.answer import Question, Where
from tejido.finder.queries.search import find_services
from tejido.finder.testing import FRESNO, OAKLAND, WEEKDAYS_9_TO_5, a_listing
from tejido.finder.tests.phone import asked_of, packs_of, run_node

CASES = json.loads(Path(__file__).with_name("ranking_cases.json").read_text(encoding="utf-8"))
HOURS = {
    "weekdays": WEEKDAYS_9_TO_5,
    "saturday": (Rule("WEEKLY", ("SA",), time(9), time(17)),),
    "monday": (Rule("WEEKLY", ("MO",), time(9), time(17)),),
    "noon": (Rule("WEEKLY", ("FR",), time(12), time(17)),),
    "unknown": (),
}
KM_IN_DEGREES = 1 / 111.2
IDS = [case["is"] for case in CASES["cases"]]


def listing_of(number, name):
    told = CASES["listings"][name]
    mode = Mode(told.get("mode", "fixed"))
    at = (
        FRESNO
        if told.get("town")
        else (OAKLAND[0] + told.get("km", 0) * KM_IN_DEGREES, OAKLAND[1])
    )
    hours = told.get("hours", "weekdays")
    return a_listing(
        number,
        name=told.get("name", f"House {number}"),
        description=told.get("description", ""),
        needs=tuple(told.get("needs", ())),
        at=None if mode is Mode.MAIL else at,
        mode=mode,
        tier=Tier(told.get("tier", "core")),
        reach=tuple(told.get("reach", ())),
        rules=() if mode is Mode.MAIL else HOURS[hours],
        hours_known=hours != "unknown" and mode is not Mode.MAIL,
        temporarily_closed=told.get("closed_for_now", False),
        languages=tuple(told.get("languages", ["en"])),
        facts={Fact(fact): yes for fact, yes in told.get("facts", {}).items()},
        confirmed_on=date.fromisoformat(told.get("confirmed", "2026-11-10")),
    )


def question_of(ask):
    where = Where(*OAKLAND, "Oakland")
    if ask.get("county"):
        where = Where(*FRESNO, "Fresno County", county_fips=ask["county"])
    return Question(
        at=datetime.fromisoformat(ask.get("at", CASES["at"])),
        words=ask.get("words", ""),
        need=ask.get("need", ""),
        where=None if ask.get("nowhere") else where,
        only_open=ask.get("onlyOpen", False),
    )


def numbered(case):
    return {listing_of(number, name).id: name for number, name in enumerate(case["of"], start=1)}


@pytest.fixture
def packs(settings, tmp_path):
    """Return the statewide English pack of a case's listings; the snapshot is in use then."""

    def made(case, area="core"):
        settings.SNAPSHOTS = tmp_path / "snapshots"
        listings = [listing_of(number, name) for number, name in enumerate(case["of"], start=1)]
        # A county's pack holds every tier: what ranks context needs one.
        return packs_of(settings.SNAPSHOTS, listings)[area, "en"]

    return made


@pytest.mark.parametrize("case", CASES["cases"], ids=IDS)
def test_the_server_has_the_order_of_the_case(packs, case):
    packs(case)

    hits = find_services(question_of(case["ask"])).hits

    assert [numbered(case)[hit.listing.id] for hit in hits] == case["order"]


@pytest.mark.parametrize("case", CASES["cases"], ids=IDS)
def test_the_phone_has_the_order_of_the_case(packs, case, tmp_path):
    has_context = "context" in case["of"]
    pack = packs(case, "06001" if has_context else "core")

    asked = asked_of(question_of(case["ask"]))
    (answer,) = run_node(tmp_path, "answers.mjs", {"pack": pack, "questions": [asked]})

    names = {own.hex: name for own, name in numbered(case).items()}
    assert [names[hit["id"]] for hit in answer["hits"]] == case["order"]
