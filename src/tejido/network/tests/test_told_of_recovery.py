"""Whose account is to be opened again is told, whatever they chose, and no more than that."""

import pytest
from django.core import mail

from tejido.network.domain.messages import ALWAYS_TOLD, Channel, Kind, State
from tejido.network.domain.roles import Role
from tejido.network.queries.people import own_membership
from tejido.network.queries.ways import OFFERED
from tejido.network.services.recovery import start_recovery, stop_recovery
from tejido.network.tests.reaching import MORNING, NIGHT, reached, rows, sent, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]


@pytest.fixture
def dolores(valley):
    return somebody(valley, Role.PROGRAM_MANAGER, username="dolores")


def start(member, whose, by, at=MORNING):
    place = own_membership(member.id, whose.id)
    return start_recovery(member_id=member.id, membership_id=place.id, by=by.id, at=at)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Something in Tejido should be looked at today"),
        ("es", "Conviene ver hoy algo en Tejido"),
    ],
)
def test_the_person_is_told_though_they_wanted_nothing(valley, dolores, language, subject):
    rosa = somebody(valley, language=language)
    reached(rosa, kinds=[], daily_at=17)

    start(valley, rosa, dolores)

    assert sent() == {State.SENT: 1}
    (letter,) = mail.outbox
    assert letter.subject == subject
    words = f"{letter.subject} {letter.body}".casefold()
    for said in ("account", "cuenta", "dolores", "rosa", "password", "valley"):
        assert said not in words.replace("https://help.example.org/desk/", "")


def test_both_ways_are_told_and_only_confirmed_ones(valley, dolores, texts):
    rosa = somebody(valley)
    reached(rosa, kinds=[])
    reached(rosa, Channel.TEXT, "+15595550123", kinds=[], confirmed_at=None)

    start(valley, rosa, dolores)

    assert [(row.channel, row.kind) for row in rows(valley)] == [("mail", "recovery-begun")]


def test_it_waits_for_the_end_of_quiet_hours_and_for_nothing_else(valley, dolores):
    rosa = somebody(valley)
    reached(rosa, kinds=[], daily_at=17, quiet_from=20, quiet_until=8)

    start(valley, rosa, dolores, at=NIGHT)

    assert sent(NIGHT) == {}
    (row,) = rows(valley)
    assert (row.due_at - NIGHT).total_seconds() == 9 * 3600


def test_each_start_is_told_once(valley, dolores):
    rosa = somebody(valley)
    reached(rosa, kinds=[])
    act = {"member_id": valley.id, "acting_for": valley.id, "by": dolores.id, "at": MORNING}

    first = start(valley, rosa, dolores)
    start(valley, rosa, dolores)
    sent()
    stop_recovery(recovery_id=first, **act)
    start(valley, rosa, dolores)

    assert len(rows(valley)) == 2


def test_who_started_it_is_not_told_and_nobody_can_turn_it_off(valley, dolores):
    rosa = somebody(valley)
    reached(dolores, address="dolores@example.org")

    start(valley, rosa, dolores)

    assert rows(valley) == []
    assert frozenset({Kind.RECOVERY_BEGUN}) == ALWAYS_TOLD
    assert ALWAYS_TOLD.isdisjoint(OFFERED)
