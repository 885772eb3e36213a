import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tejido.foundation.key_files import KeyRefused, Purpose
from tejido.foundation.keys import destroy, folder, rotate
from tejido.foundation.models import KeyUse
from tejido.foundation.scope import member_scope
from tejido.network.domain.audit_chain import Fault, FaultKind, Head
from tejido.network.models import Event, Seal, SealedEvent
from tejido.network.queries.audit import chain_heads, checked
from tejido.network.services import audit
from tejido.network.services.audit import seal_all, seal_member
from tejido.network.services.audit_heads import HeadsRefused, read_heads, write_heads
from tejido.network.services.events import note_event
from tejido.network.telling_audit import AuditBroken
from tejido.network.testing import MORNING, a_member

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def happen(member, *, times=1, act="grant.role", at=MORNING):
    with member_scope(member.id):
        for minute in range(times):
            note_event(
                member_id=member.id,
                act=act,
                object_id=uuid4(),
                by=uuid4(),
                at=at + timedelta(minutes=minute),
                facts={"role": "peer", "since": "2026-11-20"},
            )


@pytest.fixture
def van():
    return a_member("Night Van")


@pytest.fixture
def sealed_van(van):
    """Three hours of work, each sealed."""
    for hour in range(1, 4):
        happen(van, times=3, at=MORNING + hour * HOUR)
        seal_all(at=MORNING + (hour + 1) * HOUR)
    return van


def faults(member, anchor=None):
    anchors = {member.slug: anchor} if anchor else {}
    return next(record.faults for record in checked(anchors) if record.slug == member.slug)


def behind_our_back(member, statement, *values):
    """Do what a person with the database in hand can do, who has no key."""
    with member_scope(member.id), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def test_what_happened_is_sealed_once_and_is_whole(van):
    happen(van, times=3)

    assert seal_all(at=MORNING + HOUR) == 3
    assert seal_all(at=MORNING + 2 * HOUR) == 0

    (record,) = checked({})
    assert (record.sealed, record.waiting, record.faults) == (3, 0, [])
    with member_scope(van.id):
        assert [seal.number for seal in Seal.objects.all()] == [1]


def test_what_happens_after_a_seal_waits_for_the_next(sealed_van):
    happen(sealed_van, at=MORNING)

    (record,) = checked({})
    assert (record.sealed, record.waiting, record.faults) == (9, 1, [])

    seal_all(at=MORNING + 9 * HOUR)
    (record,) = checked({})
    assert (record.sealed, record.waiting, record.faults) == (10, 0, [])
    assert chain_heads()[sealed_van.slug].number == 4


def test_very_much_at_once_makes_several_seals(van, monkeypatch):
    monkeypatch.setattr(audit, "MOST_EVENTS", 2)
    happen(van, times=5)

    assert seal_all(at=MORNING + HOUR) == 5

    assert chain_heads()[van.slug].number == 3
    assert faults(van) == []


def test_each_member_has_a_chain_of_its_own(sealed_van):
    other = a_member("Coast")
    happen(other)
    seal_all(at=MORNING + 9 * HOUR)

    assert {slug: head.number for slug, head in chain_heads().items()} == {
        other.slug: 1,
        sealed_van.slug: 3,
    }
    assert (faults(other), faults(sealed_van)) == ([], [])


def test_a_chain_goes_on_through_rotation_of_the_key_and_ends_with_it(sealed_van):
    rotate(Purpose.AUDIT, at=MORNING)
    happen(sealed_van)
    seal_all(at=MORNING + 9 * HOUR)
    assert faults(sealed_van) == []

    destroy(Purpose.AUDIT, generation=1, at=MORNING)

    assert faults(sealed_van) == [Fault(number, FaultKind.KEY_GONE) for number in (1, 2, 3)]


def test_key_that_was_destroyed_is_told_and_is_nothing_wrong(sealed_van, capsys):
    rotate(Purpose.AUDIT, at=MORNING)
    destroy(Purpose.AUDIT, generation=1, at=MORNING)

    call_command("verify_audit", verbosity=0)

    assert "cannot be checked: 3." in capsys.readouterr().out


def test_key_that_is_not_there_and_that_nobody_gave_up_is_refused_unless_it_may_lack(
    sealed_van, capsys
):
    (folder() / "audit.1.key").unlink()

    with pytest.raises(KeyRefused):
        call_command("verify_audit")

    call_command("verify_audit", "--keys-may-lack")
    assert "cannot be checked: 3." in capsys.readouterr().out


def test_whoever_writes_the_database_cannot_keep_a_key_from_checking(sealed_van):
    KeyUse.objects.filter(purpose="audit").update(destroyed_at=MORNING)

    assert faults(sealed_van) == []


def test_seal_under_a_key_that_never_was_is_wrong(sealed_van):
    happen(sealed_van)
    with member_scope(sealed_van.id):
        event = Event.objects.get(sealed__isnull=True)
        seal = Seal.objects.create(
            member=sealed_van, number=4, sealed_at=MORNING, generation=9, count=1, seal="0" * 64
        )
        SealedEvent.objects.create(member=sealed_van, seal=seal, event=event, place=1)

    with pytest.raises(AuditBroken):
        call_command("verify_audit")
    assert faults(sealed_van) == [Fault(4, FaultKind.KEY_UNKNOWN)]


@pytest.mark.embedded
def test_one_event_edited_is_found(sealed_van):
    with member_scope(sealed_van.id):
        spot = Event.objects.order_by("happened_at")[4]

    behind_our_back(
        sealed_van, "UPDATE network_event SET actor = %s WHERE id = %s", uuid4().hex, spot.id.hex
    )

    assert faults(sealed_van) == [Fault(2, FaultKind.CHANGED)]


@pytest.mark.embedded
def test_one_event_deleted_is_found(sealed_van):
    with member_scope(sealed_van.id):
        spot = Event.objects.order_by("happened_at")[4]

    behind_our_back(sealed_van, "DELETE FROM network_sealedevent WHERE event_id = %s", spot.id.hex)
    behind_our_back(sealed_van, "DELETE FROM network_event WHERE id = %s", spot.id.hex)

    assert faults(sealed_van) == [Fault(2, FaultKind.ROWS_MISSING)]


@pytest.mark.embedded
def test_an_end_cut_off_is_findable_the_head_that_left_the_machine(sealed_van, tmp_path):
    call_command("seal_audit", f"--heads={tmp_path / 'heads.json'}")
    with member_scope(sealed_van.id):
        last = Seal.objects.get(number=3)
        gone = [place.event_id.hex for place in SealedEvent.objects.filter(seal=last)]

    behind_our_back(sealed_van, "DELETE FROM network_sealedevent WHERE seal_id = %s", last.id.hex)
    behind_our_back(sealed_van, "DELETE FROM network_seal WHERE id = %s", last.id.hex)
    for event in gone:
        behind_our_back(sealed_van, "DELETE FROM network_event WHERE id = %s", event)

    assert faults(sealed_van) == []
    call_command("verify_audit")
    with pytest.raises(AuditBroken):
        call_command("verify_audit", f"--heads={tmp_path / 'heads.json'}")
    assert faults(sealed_van, read_heads(tmp_path / "heads.json")[sealed_van.slug]) == [
        Fault(3, FaultKind.CUT)
    ]


ACTS = {
    "Event": "UPDATE network_event SET act = 'x'",
    "Seal": "UPDATE network_seal SET count = 1",
    "SealedEvent": "UPDATE network_sealedevent SET place = 1000 + place",
}


@pytest.mark.embedded
@pytest.mark.parametrize(
    "statement",
    [*ACTS.values(), *(f"DELETE FROM network_{name.lower()}" for name in ACTS)],
)
def test_sqlite_refuses_to_change_or_delete_what_happened(sealed_van, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert faults(sealed_van) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [*ACTS.values(), *(f"DELETE FROM network_{name.lower()}" for name in ACTS)],
)
def test_postgres_lets_the_application_change_or_delete_nothing_that_happened(
    sealed_van, statement
):
    with member_scope(sealed_van.id), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0

    assert faults(sealed_van) == []


@pytest.mark.embedded
def test_every_append_only_table_has_its_triggers():
    # SQLite forgets them when a later migration makes the table anew.
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}

    wanted = {
        f"append_only_{model._meta.db_table}_{act}"
        for model in apps.get_models()
        if getattr(model, "append_only", False)
        for act in ("update", "delete")
    }
    assert there == wanted


def test_of_two_that_seal_at_once_the_second_leaves_it(sealed_van, monkeypatch):
    happen(sealed_van)

    def taken(*_, **__):
        with member_scope(sealed_van.id):
            Seal.objects.create(
                member=sealed_van, number=1, sealed_at=MORNING, generation=1, count=1, seal="0"
            )

    monkeypatch.setattr(audit, "_put_seal", taken)

    assert seal_member(sealed_van.id, at=MORNING) == 0
    assert chain_heads()[sealed_van.slug].number == 3


@pytest.mark.parametrize("field", ["number", "generation", "count"])
def test_a_seal_counts_from_one(van, field):
    counts = {"number": 1, "generation": 1, "count": 1} | {field: 0}
    with member_scope(van.id), pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(member=van, sealed_at=MORNING, seal="0" * 64, **counts)


def test_an_event_has_one_place_in_one_seal(sealed_van):
    with member_scope(sealed_van.id):
        place = SealedEvent.objects.first()
        happen(sealed_van)
        waiting = Event.objects.get(sealed__isnull=True)
        for event_id, number in ((place.event_id, 9), (waiting.id, place.place), (waiting.id, 0)):
            with pytest.raises(IntegrityError), transaction.atomic():
                SealedEvent.objects.create(
                    member=sealed_van,
                    seal_id=place.seal_id,
                    event_id=event_id,
                    place=number,
                )


def test_verify_audit_says_that_all_is_whole(sealed_van, tmp_path, capsys):
    happen(sealed_van)
    write_heads(tmp_path / "heads", chain_heads())

    call_command("verify_audit", f"--heads={tmp_path / 'heads'}")

    said = capsys.readouterr().out.strip()
    assert said == f"{sealed_van.slug}: 9 events sealed, 1 not yet."


def test_verify_audit_says_what_is_wrong_and_where(sealed_van, tmp_path, capsys):
    write_heads(tmp_path / "heads", {sealed_van.slug: Head(5, "0" * 64), "gone": Head(1, "1")})

    with pytest.raises(AuditBroken, match="compare it with a backup"):
        call_command("verify_audit", f"--heads={tmp_path / 'heads'}")

    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("Seal 4: the end was cut off from here.")
    assert said[1] == "gone: this member is gone with its record."


@pytest.mark.parametrize("content", ["", "[]", '{"van": 3}', '{"van": {"number": 1}}', "\xff"])
def test_a_file_that_holds_no_heads_is_refused(tmp_path, content):
    (tmp_path / "heads").write_text(content, encoding="latin-1")

    with pytest.raises(HeadsRefused) as refusal:
        call_command("verify_audit", f"--heads={tmp_path / 'heads'}")

    assert refusal.value.code == "heads-damaged"


def test_a_file_that_is_not_there_or_not_ours_is_refused(tmp_path):
    with pytest.raises(HeadsRefused):
        call_command("verify_audit", f"--heads={tmp_path / 'none'}")
    with pytest.raises(HeadsRefused):
        call_command("seal_audit", f"--heads={tmp_path}")


def test_heads_are_readable_and_hold_no_names(sealed_van, tmp_path):
    call_command("seal_audit", f"--heads={tmp_path / 'heads'}")

    told = json.loads((tmp_path / "heads").read_text())
    assert set(told) == {sealed_van.slug}
    assert set(told[sealed_van.slug]) == {"number", "seal"}


def test_heads_that_tell_of_a_cut_are_never_written_over(sealed_van, tmp_path, capsys):
    heads = tmp_path / "heads"
    kept = {sealed_van.slug: Head(9, "0" * 64)}
    write_heads(heads, kept)

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("seal_audit", f"--heads={heads}")

    assert read_heads(heads) == kept


def test_heads_that_hold_are_brought_up_to_date(sealed_van, tmp_path):
    heads = tmp_path / "heads"

    for _ in range(2):
        call_command("seal_audit", f"--heads={heads}")

    assert read_heads(heads) == chain_heads()
    assert [path.name for path in tmp_path.iterdir()] == ["heads"]
