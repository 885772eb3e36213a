"""What was done and looked at in a member's name, as those who lead there read it."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.roles import Role
from tejido.network.models import Event, SentBatch
from tejido.network.queries.access import seen
from tejido.network.queries.record import ROWS, Under, record_of, whole_record
from tejido.network.queries.record_wanted import Lines, Wanted
from tejido.network.services.audit import seal_all
from tejido.network.services.members import MemberIn, add_member
from tejido.network.services.people import PersonIn, grant_role
from tejido.network.services.reads import note_read
from tejido.network.services.relationships import add_relationship
from tejido.network.services.sharing import export_shared, note_looked
from tejido.network.shared_tables import table_of
from tejido.network.testing import LATER, MORNING, Two, a_member, a_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def member():
    return a_member()


@pytest.fixture
def manager(client, member):
    account = an_account("dolores")
    a_person(member, Role.PROGRAM_MANAGER, name="Dolores", id=account.id)
    client.force_login(account)
    return account


def address(member):
    return reverse("network:record", args=[member.slug])


def shown(client, member):
    return " ".join(client.get(address(member)).content.decode().split())


def looks(member):
    with member_scope(member.id):
        return Event.objects.filter(act="view.people").count()


def test_who_gave_which_role_to_whom_is_told_with_the_name(client, member, manager):
    rosa = a_person(member, name="Rosa")
    with member_scope(member.id):
        membership = rosa_at(member, rosa)
    grant_role(
        member_id=member.id, membership_id=membership, role=Role.RECRUITER, by=manager.id, at=NOON
    )

    page = shown(client, member)

    assert "Dolores" in page
    assert "gave Rosa the role Recruiter" in page
    assert "Within the hour" in page


def test_a_member_that_was_added_is_told_by_its_name(client, member):
    account = an_account("inez")
    a_person(member, Role.NETWORK_COORDINATOR, name="Inez", id=account.id)
    client.force_login(account)
    add_member(
        member=MemberIn("Coast Harm Reduction", MemberKind.PROGRAM),
        manager=PersonIn(uuid4(), "Ana"),
        acting_for=member.id,
        by=account.id,
        at=NOON,
    )

    assert "added a member to the network: Coast Harm Reduction" in shown(client, member)


def test_another_member_with_whom_we_work_is_told_by_its_name(client, member, manager):
    other = a_member("Coast Harm Reduction")
    add_relationship(
        from_member=member.id,
        to_member=other.id,
        kind=RelationshipKind.REFERS_TO,
        since=NOON.date(),
        by=manager.id,
        at=NOON,
    )

    page = shown(client, member)

    assert "said that we work with another member: Coast Harm Reduction" in page


def test_released_counts_whose_release_is_gone_are_told_without_it(client, member, manager):
    with member_scope(member.id):
        Event.objects.create(
            member=member, act="release.counts", object_id=uuid4(), happened_at=NOON
        )

    assert "released counts to everybody: no longer there" in shown(client, member)


def rosa_at(member, person):
    from tejido.network.models import Membership

    return Membership.objects.get(member=member, person=person).id


def test_the_hour_is_that_of_california(client, member, manager):
    night = datetime(2026, 11, 21, 2, tzinfo=UTC)
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=manager.id, at=night)

    assert "Nov 20, 2026, 6:00 pm" in shown(client, member)


def test_a_look_at_who_works_here_is_told(client, member, manager):
    client.get(reverse("network:people", args=[member.slug]))

    assert "looked at who works here" in shown(client, member)
    assert "looked at this record" in shown(client, member)


def test_somebody_who_goes_back_and_forth_looks_once_an_hour(member, manager):
    look = {"member_id": member.id, "act": "view.people", "object_id": member.id, "by": manager.id}
    for minutes in (0, 1, 59):
        note_read(**look, at=NOON + timedelta(minutes=minutes))
    assert looks(member) == 1

    note_read(**look, at=NOON + timedelta(minutes=61))

    assert looks(member) == 2


def test_two_people_are_two_looks(member, manager):
    for by in (manager.id, member.id):
        note_read(member_id=member.id, act="view.people", object_id=member.id, by=by, at=NOON)

    assert looks(member) == 2


def test_what_is_sealed_says_so(client, member, manager):
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=manager.id, at=NOON)
    seal_all(at=NOON + timedelta(hours=1))

    assert [row.is_sealed for row in record_of(member.id).rows] == [True]


def test_a_person_of_another_member_is_not_named(client, member, manager):
    stranger = a_person(a_member("Coast Harm Reduction"), Role.NETWORK_COORDINATOR, name="Inez")
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=stranger.id, at=NOON)

    page = shown(client, member)

    assert "Inez" not in page
    assert "Somebody of another member" in page


def test_the_record_comes_in_pages_and_a_page_beyond_the_end_is_the_last(member, manager):
    with member_scope(member.id):
        Event.objects.bulk_create(
            Event(member=member, act="view.people", object_id=member.id, happened_at=NOON)
            for _ in range(ROWS + 1)
        )

    assert len(record_of(member.id).rows) == ROWS
    last = record_of(member.id, page=9)
    assert (last.page, last.pages, len(last.rows)) == (2, 2, 1)


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999"])
def test_a_page_that_is_none_is_answered_calmly(client, member, manager, page):
    assert client.get(address(member), {"page": page}).status_code == 200


def test_however_much_happened_the_page_asks_as_often(member, manager):
    asked = []
    for more in (1, 30):
        with member_scope(member.id):
            Event.objects.bulk_create(
                Event(member=member, act="view.people", object_id=member.id, happened_at=NOON)
                for _ in range(more)
            )
        with CaptureQueriesContext(connection) as queries:
            record_of(member.id)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_in_spanish_too(client, member, manager):
    manager.language = "es"
    manager.save()

    assert "Qué se hizo y qué se miró" in shown(client, member)
    assert "miró este registro" in shown(client, member)


def test_somebody_of_another_member_who_looks_at_shared_tables_is_told_with_it_and_why(client):
    two = Two()
    two.propose()
    two.sign_both()
    export = {"reader": seen(two.reader), "table": table_of("people-by-role")}
    luz = two.people[two.reader.id]
    note_looked(reader=two.reader.id, under={(two.giver.id, two.id)}, by=luz, at=NOON)
    list(export_shared(**export, by=luz, clock=lambda: LATER))
    page = page_of(client, two.giver)

    other = two.reader.name
    named = f"Agreement with {other}, proposed on Nov 20, 2026, 8:00 am"
    link = f'<a href="/desk/{two.giver.slug}/agreements/{two.id}/">{named}</a>'
    assert f"Somebody of {other}" in page
    assert f"looked at shared tables<br>{link}" in page
    assert f"took shared rows as a file<br>{link}" in page
    assert "Luz" not in page
    # In its own record the other member reads which agreement it was.
    for act in ("view.shared", "export.shared"):
        assert [row.of_member for row in rows_of(two.reader, act)] == [""]
        assert [row.under.other for row in rows_of(two.reader, act)] == [two.giver.name]


def test_what_was_written_before_is_told_as_far_as_it_says(member):
    two = Two()
    two.propose()
    two.sign_both()
    luz = two.people[two.reader.id]
    with member_scope(two.giver.id):
        SentBatch.objects.create(
            from_member=two.giver,
            to_member=two.reader,
            agreement=two.id,
            table="people-by-role",
            cells=[],
            person=luz,
            sent_at=NOON,
        )
        for act, about in (
            ("export.shared", two.id),
            ("view.shared", two.reader.id),
            ("revoke.agreement", two.id),
        ):
            event = {"act": act, "object_id": about, "actor": luz, "happened_at": NOON}
            Event.objects.create(member=two.giver, **event)

    told = {row.act: row for row in record_of(two.giver.id, Wanted(person=luz)).rows}

    assert {row.of_member for row in told.values()} == {two.reader.name}
    assert told["export.shared"].under == Under(two.id, two.reader.name, MORNING)
    assert told["view.shared"].under is None


def test_an_agreement_of_other_members_is_no_link(member, manager, client):
    with member_scope(member.id):
        Event.objects.create(
            member=member,
            act="export.shared",
            object_id=uuid4(),
            actor=manager.id,
            happened_at=NOON,
        )

    page = shown(client, member)

    assert "An agreement of other members" in page
    assert "/agreements/" not in page.split("<main", 1)[1]


def test_the_record_is_narrowed_by_lines_people_members_and_days(member, manager, client):
    coast = a_member("Coast Harm Reduction")
    stranger = a_person(coast, Role.ANALYST, name="Inez").id
    contacts = {"act": "view.shared-contacts", "at": NOON}
    note_looked(reader=coast.id, under={(member.id, None)}, by=stranger, **contacts)
    note_read(member_id=member.id, act="view.people", object_id=member.id, by=manager.id, at=NOON)
    happen(member, "start.work", at=NOON - timedelta(days=1))

    def acts(**wanted):
        return {row.act for row in record_of(member.id, Wanted(**wanted)).rows}

    day, before = NOON.date(), NOON.date() - timedelta(days=1)
    assert acts(lines=Lines.LOOKED) == {"view.people", "view.shared-contacts"}
    assert acts(lines=Lines.LOOKED_BY_OTHERS) == {"view.shared-contacts"}
    assert acts(lines=Lines.CHANGED) == {"start.work"}
    assert acts(person=manager.id) == {"view.people"}
    assert acts(member=coast.id) == {"view.shared-contacts"}
    assert acts(by_software=True) == {"start.work"}
    assert acts(first=day) == {"view.people", "view.shared-contacts"}
    assert acts(last=before) == {"start.work"}
    assert acts(first=before, last=date.max) == acts()


def test_the_address_keeps_what_the_record_is_narrowed_to(member, manager, client):
    happen(member, "start.work", at=NOON, times=ROWS + 1)
    asked = "lines=changed&who=software&first=2026-11-20"

    page = client.get(f"{address(member)}?{asked}&last=2026-11-20").text

    assert (
        f"?{asked}&amp;last=2026-11-20&amp;page=2".replace("&first", "&amp;first").replace(
            "&who", "&amp;who"
        )
        in page
    )
    assert f"{ROWS + 1} lines" in " ".join(page.split())
    assert "looked at this record" not in page


def test_what_the_address_does_not_say_well_is_told_and_asks_nothing(member, manager, client):
    said = {"lines": "x", "who": f"member:{uuid4()}", "first": "2026-13-01", "last": "2026-11-01"}

    wrong = client.get(address(member), said).text
    turned = client.get(address(member), said | {"first": "2026-12-01"}).text
    none = client.get(address(member), {"last": "2000-01-01"}).text

    assert "Write a day as 2026-11-20" in wrong
    assert "Choose one" in wrong
    assert "The last day must not be before the first day" in turned
    assert "No line fits" in none


def test_the_record_is_taken_as_a_table_that_says_so_itself(member, manager, client):
    happen(member, "=cmd", at=NOON)

    answer = client.get(f"{address(member)}table/")
    lines = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert lines[0] == ["When", "Who", "Other member", "What", "Agreement", "Sealed"]
    assert lines[1][1:] == [
        "Dolores",
        "",
        "took this record out as a table",
        "",
        "Within the hour",
    ]
    assert lines[2] == [
        "2026-11-20 04:00:00-08:00",
        "The software",
        "",
        "'=cmd",
        "",
        "Within the hour",
    ]
    assert len(lines) == 3


def test_a_long_record_comes_in_parts_each_line_once_and_comes_to_an_end(member, manager):
    happen(member, "start.work", at=NOON, times=7)
    happen(member, "end.work", at=NOON + timedelta(hours=1), times=3)
    parts = whole_record(member.id, Wanted(), until=NOON + timedelta(hours=1), rows=4)

    found = [[row.act for row in next(parts)]]
    happen(member, "later.work", at=NOON + timedelta(hours=2))
    found += [[row.act for row in part] for part in parts]

    assert list(map(len, found)) == [4, 4, 2]
    assert [act for part in found for act in part] == ["end.work"] * 3 + ["start.work"] * 7


def happen(member, act, *, at, times=1):
    with member_scope(member.id):
        Event.objects.bulk_create(
            Event(member=member, act=act, object_id=member.id, happened_at=at)
            for _ in range(times)
        )


def rows_of(member, act):
    return [row for row in record_of(member.id).rows if row.act == act]


def page_of(client, member):
    account = an_account("ana")
    a_person(member, Role.PROGRAM_MANAGER, name="Rosa", id=account.id)
    client.force_login(account)
    return shown(client, member)
