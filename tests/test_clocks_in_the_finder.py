"""Hours that are due are "call first" in the finder, and open again once a program is called."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tejido.directory.domain.call_sheet import Answer, Channel, Outcome
from tejido.directory.domain.clocks import Clock, FieldGroup, PlaceKind
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.directory.services.acts import COMMAND
from tejido.directory.services.call_sheet import Answers, call_sheet, record_call
from tejido.directory.services.clocks import set_clocks
from tejido.directory.services.concepts import load_concepts
from tejido.directory.testing import NOON, a_service, an_id, stored
from tejido.finder.domain.answer import Open
from tejido.finder.queries.search import find_listing, hours_at
from tejido.finder.services.build import build_snapshot
from tejido.foundation.testing import begin_with

pytestmark = pytest.mark.django_db

# Mondays at noon in California. The list is of November 1; a van is believed until December 1.
LAST, NEXT = datetime(2026, 11, 30, 20, tzinfo=UTC), datetime(2026, 12, 7, 20, tzinfo=UTC)
PROGRAM = an_id("organization")


@pytest.fixture
def van(settings) -> Path:
    begin_with(load_concepts)
    stored(a_service(mode=Mode.MOBILE, tier=Tier.CORE))
    return settings.SNAPSHOTS


def states(folder: Path, at: datetime = NOON) -> tuple[Open, Open]:
    build_snapshot(folder=folder, at=at, report=lambda _: None)
    listing = find_listing(an_id("place Naloxone van"))
    assert listing is not None
    return hours_at(listing, LAST).state, hours_at(listing, NEXT).state


def test_hours_of_a_van_are_unknown_after_their_clock_ran_out(van: Path) -> None:
    assert states(van) == (Open.OPEN, Open.UNKNOWN)


def test_other_days_reach_the_finder_with_its_next_snapshot(van: Path) -> None:
    clock = Clock(FieldGroup.HOURS, Tier.CORE, PlaceKind.MOBILE)

    set_clocks(days={clock: 14}, why="Rounds", actor=COMMAND, on=NOON.date(), at=NOON)

    assert states(van) == (Open.UNKNOWN, Open.UNKNOWN)


def test_a_call_opens_what_was_due(van: Path) -> None:
    on = date(2026, 12, 2)
    sheet = call_sheet(PROGRAM, today=on)
    assert sheet is not None

    record_call(
        organization=PROGRAM,
        channel=Channel.PHONE,
        outcome=Outcome.REACHED,
        answers=Answers({line.name: Answer.YES for line in sheet.lines}),
        seen=sheet.seen,
        actor=COMMAND,
        on=on,
        at=NOON,
    )

    assert states(van)[1] is Open.OPEN
