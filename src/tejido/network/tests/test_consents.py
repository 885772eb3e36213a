"""People who work in the network agree, and take it back: what it allowed is gone at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.foundation.scope import AppendOnly, member_scope
from tejido.network.domain.consents import CHANNELS, Channel, Purpose, Spoken, Way, holds
from tejido.network.domain.roles import Role
from tejido.network.models import Consent, Event, Membership
from tejido.network.queries.consents import consent_to, consents_at, consents_of
from tejido.network.services.consents import (
    ConsentRefused,
    give_again,
    note_consent,
    note_withdrawal,
    withdraw_consent,
)
from tejido.network.testing import MORNING, TODAY, a_consent, a_member, a_person

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)
PHOTO = {"purpose": Purpose.PHOTO, "channel": Channel.WEB}


@pytest.fixture
def boss(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Ana")


@pytest.fixture
def noted(valley, rosa, boss):
    return note(valley, rosa, boss)


def note(valley, rosa, boss, at=MORNING, **changed):
    return note_consent(
        member_id=valley.id, draft=a_consent(rosa.id, **changed), by=boss.id, at=at
    )


def has_agreed(valley, rosa, at=LATER):
    return consent_to(member_id=valley.id, person_id=rosa.id, at=at, **PHOTO) is not None


def test_a_consent_counts_for_its_purpose_and_channel_and_no_other(valley, rosa, noted):
    assert has_agreed(valley, rosa)
    others = [
        (purpose, channel)
        for purpose, channels in CHANNELS.items()
        for channel in channels
        if (purpose, channel) != (Purpose.PHOTO, Channel.WEB)
    ]
    assert not any(
        consent_to(
            member_id=valley.id, person_id=rosa.id, purpose=purpose, channel=channel, at=LATER
        )
        for purpose, channel in others
    )


def test_a_person_takes_it_back_and_from_then_on_it_counts_no_more(valley, rosa, noted):
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER)
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER + timedelta(days=1))

    assert has_agreed(valley, rosa, LATER - timedelta(seconds=1))
    assert not has_agreed(valley, rosa, LATER)
    (kept,) = consents_of(rosa.id, at=LATER)
    assert (kept.withdrawn_at, kept.text_es) == (LATER, "Pueden mostrar mi foto.")


def test_undo_gives_the_same_words_again_and_leaves_the_withdrawal_written(valley, rosa, noted):
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER)

    again = give_again(consent_id=noted, person_id=rosa.id, at=LATER + timedelta(minutes=1))

    assert has_agreed(valley, rosa, LATER + timedelta(minutes=1))
    new, old = consents_of(rosa.id, at=LATER + timedelta(minutes=1))
    assert (new.id, new.way, new.text_en) == (again, Way.ONLINE, old.text_en)
    assert old.withdrawn_at == LATER


def test_there_is_nothing_to_undo_before_a_withdrawal_or_twice(valley, rosa, noted):
    def undo():
        give_again(consent_id=noted, person_id=rosa.id, at=LATER)

    with pytest.raises(ConsentRefused) as before:
        undo()
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER)
    undo()
    with pytest.raises(ConsentRefused) as twice:
        undo()

    assert (before.value.code, twice.value.code) == ("not-withdrawn", "not-withdrawn")


def test_nobody_takes_back_what_somebody_else_agreed_to(valley, rosa, boss, noted):
    for act in (withdraw_consent, give_again):
        with pytest.raises(ConsentRefused) as refusal:
            act(consent_id=noted, person_id=boss.id, at=LATER)
        assert refusal.value.code == "consent-unknown"

    assert has_agreed(valley, rosa)


def test_somebody_who_left_still_takes_it_back(valley, rosa, noted):
    with member_scope(valley.id):
        Membership.objects.filter(person=rosa).update(until=TODAY)

    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER)

    assert not has_agreed(valley, rosa)


def test_a_withdrawal_by_word_is_noted_by_who_may(valley, rosa, boss, noted):
    note_withdrawal(member_id=valley.id, consent_id=noted, by=boss.id, at=LATER)

    assert not has_agreed(valley, rosa)
    with pytest.raises(ConsentRefused):
        note_withdrawal(member_id=valley.id, consent_id=uuid4(), by=boss.id, at=LATER)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"channel": Channel.PHONE}, "channel-unknown"),
        ({"text_es": " "}, "text-empty"),
        ({"given_on": TODAY + timedelta(days=1)}, "later-than-today"),
        ({"until": TODAY - timedelta(days=1)}, "ends-before-it-begins"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(valley, rosa, boss, changed, code):
    with pytest.raises(ConsentRefused) as refusal:
        note(valley, rosa, boss, **changed)

    assert refusal.value.code == code
    assert consents_at(valley.id, at=LATER) == []


def test_what_somebody_agreed_to_is_not_noted_twice(valley, rosa, boss, noted):
    with pytest.raises(ConsentRefused) as refusal:
        note(valley, rosa, boss)

    assert refusal.value.code == "agreed-already"


def test_only_people_who_work_here_agree_to_something_here(valley, boss):
    stranger = a_person(a_member("Coast Harm Reduction"), Role.ADVOCATE)

    with pytest.raises(ConsentRefused) as refusal:
        note(valley, stranger, boss)

    assert refusal.value.code == "person-unknown"


def test_a_member_sees_only_what_was_agreed_with_it_and_a_person_sees_all(valley, rosa, noted):
    coast = a_member("Coast Harm Reduction")
    chief = a_person(coast, Role.PROGRAM_MANAGER, name="Luz")
    a_person(coast, Role.ADVOCATE, id=rosa.id)
    note(coast, rosa, chief)

    assert [each.id for each in consents_at(valley.id, at=LATER)] == [noted]
    assert {each.member.slug for each in consents_of(rosa.id, at=LATER)} == {
        "valley-harm-reduction",
        "coast-harm-reduction",
    }


def test_what_was_noted_stands_in_the_record_and_never_changes(valley, rosa, noted):
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=LATER)

    with member_scope(valley.id):
        acts = list(Event.objects.order_by("happened_at").values_list("act", flat=True))
        with pytest.raises(AppendOnly):
            Consent.objects.update(text_en="Other words.")
    assert acts == ["note.consent", "withdraw.consent"]


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 9))


@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_consent_holds_from_its_first_day_to_its_last_unless_taken_back(
    given_on, until, withdrawn, day
):
    at = MORNING.replace(year=day.year, month=day.month, day=day.day)
    back = withdrawn and MORNING.replace(month=withdrawn.month, day=withdrawn.day)

    expected = given_on <= day <= (until or day) and (withdrawn is None or day < withdrawn)

    assert holds(Spoken(given_on, until, back), at=at, day=day) is expected
