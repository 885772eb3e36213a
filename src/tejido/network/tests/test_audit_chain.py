from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.network.domain.audit_chain import (
    Fault,
    FaultKind,
    Head,
    Row,
    Sealed,
    faults_of,
    seal_of,
)

MEMBER = UUID(int=7)
OTHER = UUID(int=8)
NOW = datetime(2026, 11, 21, 22, tzinfo=UTC)
KEYS = {1: bytes(range(32)), 2: bytes(range(32, 64))}
ROWS = st.builds(
    Row,
    id=st.uuids(),
    actor=st.none() | st.uuids(),
    happened_at=st.datetimes(timezones=st.just(UTC)),
    act=st.text(max_size=12),
    object_id=st.uuids(),
    facts=st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
)
HOURS = st.lists(st.lists(ROWS, min_size=1, max_size=3), min_size=1, max_size=4)


def chained(hours, member_id=MEMBER, keys=KEYS):
    """Seal rows hour by hour; the key was rotated after the second."""
    sealed, before = [], ""
    for number, rows in enumerate(hours, 1):
        at, generation = NOW + timedelta(hours=number), 1 if number < 3 else 2
        before = seal_of(
            keys[generation], member_id=member_id, number=number, before=before, at=at, rows=rows
        )
        sealed.append(Sealed(Head(number, before), at, generation, len(rows), rows))
    return sealed


def faults(seals, anchor=None, **more):
    return list(faults_of(seals, **{"member_id": MEMBER, "keys": KEYS, "anchor": anchor, **more}))


@given(HOURS)
def test_a_chain_that_nobody_touched_is_whole(hours):
    seals = chained(hours)

    assert faults(seals) == []
    assert all(faults(seals, anchor=sealed.head) == [] for sealed in seals)


@given(HOURS, st.data())
def test_any_row_that_changed_in_anything_is_found(hours, data):
    seals = chained(hours)
    spot = data.draw(st.integers(0, len(seals) - 1))
    rows = list(seals[spot].rows)
    row = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(ROWS)
    field = data.draw(st.sampled_from(["id", "actor", "happened_at", "act", "object_id", "facts"]))
    changed = replace(rows[row], **{field: getattr(other, field)})
    is_same = changed == rows[row]
    rows[row] = changed
    seals[spot] = replace(seals[spot], rows=rows)

    found = faults(seals)

    assert found == ([] if is_same else [Fault(spot + 1, FaultKind.CHANGED)])


@given(HOURS, st.data())
def test_any_row_that_was_deleted_is_found(hours, data):
    seals = chained(hours)
    spot = data.draw(st.integers(0, len(seals) - 1))
    gone = data.draw(st.integers(0, len(seals[spot].rows) - 1))
    left = [row for number, row in enumerate(seals[spot].rows) if number != gone]
    deleted = replace(seals[spot], rows=left)

    for hidden, kind in (
        (deleted, FaultKind.ROWS_MISSING),
        (replace(deleted, count=len(left)), FaultKind.CHANGED),
    ):
        seals[spot] = hidden
        assert faults(seals) == [Fault(spot + 1, kind)]


@given(HOURS, ROWS, st.data())
def test_a_row_that_was_slipped_in_later_is_found(hours, row, data):
    seals = chained(hours)
    spot = data.draw(st.integers(0, len(seals) - 1))
    rows = [*seals[spot].rows, row]
    seals[spot] = replace(seals[spot], rows=rows, count=len(rows))

    assert faults(seals) == [Fault(spot + 1, FaultKind.CHANGED)]


@given(HOURS, st.data())
def test_an_end_that_was_cut_off_is_findable_the_head_that_was_kept_elsewhere(hours, data):
    seals = chained(hours)
    kept = data.draw(st.integers(0, len(seals) - 1))

    cut = seals[:kept]

    assert faults(cut) == []
    assert faults(cut, anchor=seals[-1].head) == [Fault(kept + 1, FaultKind.CUT)]


@given(HOURS, st.data())
def test_a_seal_that_was_taken_out_of_the_middle_is_found(hours, data):
    seals = chained([*hours, *hours])
    gone = data.draw(st.integers(0, len(seals) - 2))
    left = seals[:gone] + seals[gone + 1 :]

    found = faults(left)

    assert Fault(gone + 1, FaultKind.SEAL_MISSING) in found
    assert Fault(gone + 2, FaultKind.CHANGED) in found


@given(HOURS)
def test_a_chain_forged_under_another_key_is_found(hours):
    forged = chained(hours, keys={1: bytes(32), 2: bytes(32)})

    assert [fault.number for fault in faults(forged)] == [*range(1, len(hours) + 1)]


@given(HOURS)
def test_the_chain_of_another_member_is_not_ours(hours):
    assert faults(chained(hours, member_id=OTHER))[0] == Fault(1, FaultKind.CHANGED)


@given(HOURS)
def test_a_chain_rewritten_with_the_right_key_differs_from_the_head_kept_elsewhere(hours):
    anchor = Head(len(hours), "0" * 64)

    assert faults(chained(hours), anchor=anchor) == [Fault(len(hours), FaultKind.CHANGED)]


@pytest.mark.parametrize("lost", [1, 2])
def test_without_its_key_a_seal_cannot_be_checked_and_that_is_said(lost):
    row = Row(UUID(int=1), None, NOW, "join.network", MEMBER, {})
    seals = chained([[row], [row], [row]])

    kept = {number: key for number, key in KEYS.items() if number != lost}
    numbers = [1, 2] if lost == 1 else [3]

    assert faults(seals, keys=kept, gone={lost}) == [
        Fault(number, FaultKind.KEY_GONE) for number in numbers
    ]
    assert faults(seals, keys=kept) == [Fault(number, FaultKind.KEY_UNKNOWN) for number in numbers]


def test_an_instant_is_the_same_in_every_time_zone():
    row = Row(UUID(int=1), None, NOW, "join.network", MEMBER, {"b": "1", "a": "2"})
    there = replace(row, happened_at=NOW.astimezone(), facts={"a": "2", "b": "1"})

    assert chained([[row]])[0].head == chained([[there]])[0].head
