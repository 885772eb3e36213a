"""Which version of an agreement holds: after whatever order of signing, changing and ending."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.network.domain.agreements import (
    AgreementState,
    History,
    Sharing,
    TermsFault,
    Version,
    digest_of,
    faults_of,
    in_force,
    overlap,
    reaches,
    state_of,
)
from tejido.network.testing import some_terms

GIVER, RECEIVER, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAYS = st.integers(0, 40)


def day(number: int) -> date:
    return (START + timedelta(days=number)).date()


def moment(number: int) -> datetime:
    return START + timedelta(days=number)


@st.composite
def versions(draw, number):
    first = draw(DAYS)
    sides = draw(st.sets(st.sampled_from([GIVER, RECEIVER])))
    return Version(
        number=number,
        terms=some_terms(valid_from=day(first), valid_until=day(first + draw(DAYS))),
        digest="",
        signed={side: moment(draw(DAYS)) for side in sorted(sides)},
    )


@st.composite
def histories(draw):
    count = draw(st.integers(1, 4))
    ended = draw(st.none() | DAYS)
    return History(
        giver=GIVER,
        receiver=RECEIVER,
        versions=tuple(draw(versions(number)) for number in range(1, count + 1)),
        ended_at=None if ended is None else moment(ended),
    )


@given(histories(), DAYS)
def test_something_holds_exactly_when_both_signed_the_newest_begun_one_and_nobody_ended_it(
    history, now
):
    """Told day by day, as somebody who walks through the history would."""
    holding = None
    for today in range(now + 1):
        for version in history.versions:
            signed = [version.signed.get(side) for side in (GIVER, RECEIVER)]
            is_signed = all(at is not None and at <= moment(today) for at in signed)
            is_newer = holding is None or version.number > holding.number
            if is_signed and version.terms.valid_from <= day(today) and is_newer:
                holding = version
    if holding is not None and holding.terms.valid_until < day(now):
        holding = None
    if history.ended_at is not None and history.ended_at <= moment(now):
        holding = None

    assert in_force(history, at=moment(now), day=day(now)) == holding


@given(histories(), DAYS)
def test_what_was_ended_never_holds_again(history, now):
    ended = replace(history, ended_at=moment(now))

    for later in range(now, 81):
        assert in_force(ended, at=moment(later), day=day(later)) is None
        assert state_of(ended, at=moment(later), day=day(later)) is AgreementState.ENDED


@given(histories(), DAYS)
def test_the_state_says_in_force_exactly_when_a_version_holds(history, now):
    holds = in_force(history, at=moment(now), day=day(now)) is not None
    state = state_of(history, at=moment(now), day=day(now))

    assert (state is AgreementState.IN_FORCE) == holds


def signed(terms, number=1):
    return Version(number, terms, "", {GIVER: START, RECEIVER: START})


def test_a_signed_agreement_waits_for_its_first_day_and_is_over_after_its_last():
    one = History(GIVER, RECEIVER, (signed(some_terms(valid_from=day(3), valid_until=day(5))),))

    told = {number: state_of(one, at=moment(number), day=day(number)) for number in (2, 3, 5, 6)}

    assert told == {
        2: AgreementState.COMING,
        3: AgreementState.IN_FORCE,
        5: AgreementState.IN_FORCE,
        6: AgreementState.OVER,
    }


def test_a_proposal_that_nobody_signed_in_time_is_over():
    proposed = Version(1, some_terms(valid_from=day(0), valid_until=day(2)), "", {})
    one = History(GIVER, RECEIVER, (proposed,))

    assert state_of(one, at=moment(1), day=day(1)) is AgreementState.PROPOSED
    assert state_of(one, at=moment(3), day=day(3)) is AgreementState.OVER


def test_an_older_version_does_not_come_back_when_a_newer_one_is_over():
    old = signed(some_terms(valid_from=day(0), valid_until=day(30)))
    new = signed(some_terms(valid_from=day(5), valid_until=day(10)), number=2)
    history = History(GIVER, RECEIVER, (old, new))

    held = {each: in_force(history, at=moment(each), day=day(each)) for each in (4, 5, 11)}

    assert held == {4: old, 5: new, 11: None}


@pytest.mark.parametrize(
    ("sharing", "reader", "may"),
    [
        (Sharing.MEMBER, RECEIVER, True),
        (Sharing.MEMBER, THIRD, False),
        (Sharing.AUTHORIZER, THIRD, False),
        (Sharing.NETWORK, RECEIVER, True),
        (Sharing.NETWORK, THIRD, True),
        (Sharing.NETWORK, GIVER, False),
    ],
)
def test_an_agreement_reaches_whom_it_names(sharing, reader, may):
    version = signed(some_terms(sharing=sharing))

    assert reaches(History(GIVER, RECEIVER, (version,)), version, reader) is may


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"tables": ()}, TermsFault.NO_TABLE),
        ({"valid_until": date(2026, 11, 19)}, TermsFault.VALID_TURNED),
        ({"covers_until": date(2025, 12, 31)}, TermsFault.COVERS_TURNED),
        ({"text_es": "  "}, TermsFault.TEXT_EMPTY),
        ({"text_en": "x" * 20_001}, TermsFault.TEXT_LONG),
        (
            {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 11, 19)},
            TermsFault.OVER_ALREADY,
        ),
    ],
)
def test_terms_that_cannot_be_are_named(changed, fault):
    assert fault in faults_of(some_terms(**changed), today=date(2026, 11, 20))


def test_good_terms_have_no_fault():
    assert faults_of(some_terms(), today=date(2026, 11, 20)) == []


def test_terms_overlap_where_a_table_is_shared_on_the_same_day():
    year = some_terms(valid_from=day(0), valid_until=day(10))

    assert overlap(year, some_terms(valid_from=day(10), valid_until=day(20)))
    assert not overlap(year, some_terms(valid_from=day(11), valid_until=day(20)))
    assert not overlap(year, replace(year, tables=("other",)))


@pytest.mark.parametrize(
    "changed",
    [
        {"text_en": "Other words."},
        {"text_es": "Otras palabras."},
        {"valid_until": date(2028, 1, 1)},
        {"tables": ("people-by-role", "other")},
        {"sharing": Sharing.NETWORK},
    ],
)
def test_whatever_changes_in_the_terms_changes_what_is_signed(changed):
    sides = {"giver": GIVER, "receiver": RECEIVER}
    before = digest_of(some_terms(), **sides, number=1)

    assert digest_of(some_terms(**changed), **sides, number=1) != before
    assert digest_of(some_terms(), **sides, number=2) != before
    assert digest_of(some_terms(), giver=RECEIVER, receiver=GIVER, number=1) != before
