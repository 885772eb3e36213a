"""Who works in the network, shared under an agreement: looked at, taken as a file, stopped."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from tejido.foundation.quarters import quarter_of
from tejido.foundation.scope import current_scope, member_scope
from tejido.network.domain.agreements import EndReason
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Membership, RoleGrant, SentBatch
from tejido.network.queries.access import seen
from tejido.network.queries.agreements import sent_under
from tejido.network.queries.sharing import LooksNotKept, shared_with
from tejido.network.queries.workforce import people_by_role
from tejido.network.services.agreements import end_agreement
from tejido.network.services.sharing import ROWS, Batch, Stopped, export_shared
from tejido.network.shared_tables import table_of
from tejido.network.staff_table import words_of
from tejido.network.testing import MORNING, TODAY, a_member, a_person, an_agreement
from tejido.network.web.shared import _stopped

pytestmark = pytest.mark.django_db
OLD = MORNING.replace(year=2020, month=1, day=6)


@pytest.fixture
def table():
    return table_of("people-by-role")


@pytest.fixture
def giver(db):
    return a_member("Valley Harm Reduction")


@pytest.fixture
def reader(db):
    return a_member("Coast Harm Reduction")


def works(member, role, *, since=OLD, until: datetime | None = None):
    """Store somebody who had one role from a day on."""
    person = a_person(member, role, name=f"Somebody {uuid4().hex[:4]}")
    with member_scope(member.id):
        membership = Membership.objects.get(person=person)
        membership.since = since.date()
        membership.save()
        grant = RoleGrant.objects.get(membership=membership)
        grant.granted_at = since
        if until:
            grant.withdrawn_at, grant.withdrawn_by = until, uuid4()
        grant.save()
    return person


def test_people_are_counted_by_role_at_the_end_of_each_quarter(giver):
    works(giver, Role.OUTREACH_WORKER, since=datetime(2026, 2, 2, 12, tzinfo=MORNING.tzinfo))
    works(
        giver,
        Role.OUTREACH_WORKER,
        since=datetime(2026, 2, 2, 12, tzinfo=MORNING.tzinfo),
        until=datetime(2026, 8, 3, 12, tzinfo=MORNING.tzinfo),
    )

    counted = people_by_role(giver.id, today=TODAY)

    assert counted.counts == {
        ("2026-Q1", "outreach-worker"): 2,
        ("2026-Q2", "outreach-worker"): 2,
        ("2026-Q3", "outreach-worker"): 1,
        ("2026-Q4", "outreach-worker"): 1,
    }


def test_trainees_and_graduates_are_not_counted_as_staff(giver):
    a_person(giver, Role.TRAINEE, Role.ALUMNA)

    assert people_by_role(giver.id, today=TODAY).counts == {}


def test_a_member_without_people_has_no_rows(giver):
    assert people_by_role(giver.id, today=TODAY).counts == {}


def test_somebody_who_left_is_counted_no_more(giver):
    person = works(giver, Role.ADVOCATE)
    with member_scope(giver.id):
        Membership.objects.filter(person=person).update(until=date(2020, 2, 1))

    assert people_by_role(giver.id, today=TODAY).counts == {}


def test_a_member_sees_its_own_rows_and_of_others_only_what_was_agreed(giver, reader, table):
    works(giver, Role.ADVOCATE)
    works(reader, Role.ANALYST, since=MORNING)
    alone = shared_with(seen(reader), table, at=MORNING)

    an_agreement(giver, reader, covers_from=date(2026, 7, 1), covers_until=date(2026, 9, 30))
    both = shared_with(seen(reader), table, at=MORNING)

    assert [(part.giver.id, part.rows) for part in alone] == [
        (reader.id, [(("2026-Q4", "analyst"), 1)])
    ]
    assert [(part.giver.id, part.rows) for part in both[1:]] == [
        (giver.id, [(("2026-Q3", "advocate"), 1)])
    ]
    assert both[1].agreed is not None


def test_an_agreement_goes_one_way(giver, reader, table):
    an_agreement(giver, reader)

    assert [part.giver.id for part in shared_with(seen(giver), table, at=MORNING)] == [giver.id]


class Clock:
    """Tells a time that a test moves."""

    def __init__(self):
        self.at = MORNING

    def __call__(self):
        return self.at


def test_an_export_asks_again_before_each_part_and_stops_when_the_agreement_ended(
    giver, reader, table
):
    for role in (Role.ADVOCATE, Role.STEWARD):
        works(giver, role)
    boss = a_person(giver, Role.PROGRAM_MANAGER)
    row = an_agreement(giver, reader, covers_from=date(2020, 1, 1))
    clock, by = Clock(), uuid4()
    parts = export_shared(reader=seen(reader), table=table, by=by, clock=clock)
    own, first = next(parts), next(parts)

    clock.at += timedelta(minutes=1)
    end_agreement(
        acting_for=giver.id,
        agreement_id=row.id,
        reason=EndReason.NO_REASON,
        by=boss.id,
        at=clock.at,
    )
    rest = list(parts)

    assert isinstance(own, Batch)
    assert len(first.rows) == ROWS
    assert rest == [Stopped(seen(giver), ROWS)]
    assert [(each.rows, each.to.id) for each in sent_under(giver.id, row.id)] == [
        (ROWS, reader.id)
    ]
    with member_scope(giver.id):
        kept = SentBatch.objects.get()
    assert kept.cells == [list(cell) for cell, _count in first.rows]
    assert kept.person == by


def test_a_whole_export_hands_each_row_out_once_and_writes_it_into_both_records(
    giver, reader, table
):
    works(giver, Role.ADVOCATE)
    works(giver, Role.STEWARD)
    an_agreement(giver, reader, covers_from=date(2020, 1, 1))

    parts = list(
        export_shared(reader=seen(reader), table=table, by=uuid4(), clock=lambda: MORNING)
    )

    rows = [row for part in parts if part.giver.id == giver.id for row in part.rows]
    assert rows == shared_with(seen(reader), table, at=MORNING)[1].rows
    assert len(rows) > 2 * ROWS
    for member in (giver, reader):
        with member_scope(member.id):
            assert Event.objects.filter(act="export.shared").count() == 1


def test_no_scope_is_open_between_two_parts(giver, reader, table):

    works(giver, Role.ADVOCATE)
    an_agreement(giver, reader, covers_from=date(2020, 1, 1))

    for _part in export_shared(
        reader=seen(reader), table=table, by=uuid4(), clock=lambda: MORNING
    ):
        assert current_scope() is None


def test_small_counts_of_people_served_are_not_shown_twice_to_members(giver, reader, table):
    """Two looks, before and after somebody came, would tell of that one person."""

    def served(member_id, today):
        return replace(people_by_role(member_id, today=today), is_of_people_served=True)

    works(giver, Role.OUTREACH_WORKER)
    an_agreement(giver, reader)
    asked = replace(table, counted=served)

    with pytest.raises(LooksNotKept):
        shared_with(seen(reader), asked, at=MORNING)
    with pytest.raises(LooksNotKept):
        list(export_shared(reader=seen(reader), table=asked, by=uuid4(), clock=lambda: MORNING))


def test_a_file_that_stops_does_not_say_who_let_it(giver):
    """Either side may have ended it, its last day may be over, or another version holds."""
    said = str(_stopped(Stopped(seen(giver), 20)))

    assert "The agreement with Valley Harm Reduction ended or changed" in said
    assert "(20 rows)" in said


@pytest.mark.parametrize(("language", "so_far"), [("en", "(so far)"), ("es", "(hasta hoy)")])
def test_of_the_quarter_that_runs_it_is_said_that_it_does(language, so_far):
    running = quarter_of(timezone.localdate())
    before = quarter_of(running.begins - timedelta(days=1))
    with translation.override(language):
        now, then = (words_of((str(each), "advocate"))[0] for each in (running, before))

    assert now.endswith(f" {running.year} {so_far}")
    assert then.endswith(f" {before.year}")
