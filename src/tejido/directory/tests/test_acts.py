from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.acts import ActKind, ActState, FindingKind
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.drafts import TextIn
from tejido.directory.models import Act, Change, Location, Service, ServiceAtLocation, Source
from tejido.directory.queries.history import act_by_id, acts, findings_of, history_of
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor, begin_act, cancel_act
from tejido.directory.services.store import store_services
from tejido.directory.testing import (
    LATER,
    NOON,
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    an_id,
    stored,
)

pytestmark = pytest.mark.django_db

SERVICE = an_id("service Naloxone")
BY_US = {"by": "network", "on": "2026-10-20"}


def fields_changed(act_id):
    rows = Change.objects.filter(act_id=act_id).exclude(field__in=["provenance", "source_digest"])
    return sorted(rows.values_list("object_type", "field"))


def test_an_import_is_one_act_with_its_counts_and_source():
    report = stored(a_service("One"), a_service("Two"))

    act = act_by_id(report.act_id)
    assert (act.kind, act.state, act.source_key) == (
        ActKind.IMPORT,
        ActState.DONE,
        "county-list",
    )
    assert (act.counts["created"], act.counts["updated"], act.actor) == (2, 0, None)


def test_each_new_record_is_one_change_however_much_hangs_on_it():
    report = stored(a_service(phones=(a_phone(),), keywords=("a", "b")))

    assert fields_changed(report.act_id) == [
        ("directory.location", ""),
        ("directory.organization", ""),
        ("directory.service", ""),
        ("directory.serviceatlocation", ""),
    ]


def test_a_changed_field_keeps_what_stood_there_before():
    stored(a_service(description="Old words"))

    report = stored(a_service(description="New words"), at=LATER)

    change = Change.objects.get(act_id=report.act_id, field="description")
    assert (change.object_id, change.before, change.after) == (SERVICE, "Old words", "New words")
    assert fields_changed(report.act_id) == [("directory.service", "description")]


def test_what_hangs_on_a_record_changes_as_one_field():
    stored(a_service(rules=(a_rule("MO"),)))

    report = stored(a_service(rules=(a_rule("MO"), a_rule("FR", opens=10))), at=LATER)

    change = Change.objects.get(act_id=report.act_id, field="schedules")
    assert [row["byday"] for row in change.before] == ["MO"]
    assert sorted(row["byday"] for row in change.after) == ["FR", "MO"]
    assert {row["opens_at"] for row in change.after} == {"09:00:00", "10:00:00"}


def test_a_place_that_goes_is_kept_whole_in_its_change():
    stored(a_service(places=(a_place(phones=(a_phone(),), rules=(a_rule("SA"),)),)))

    report = stored(a_service(places=()), at=LATER)

    change = Change.objects.get(
        act_id=report.act_id, field="", object_type="directory.serviceatlocation"
    )
    assert change.after is None
    assert change.before["row"]["service_id"] == str(SERVICE)
    assert [row["number"] for row in change.before["phones"]] == ["+15105550142"]
    assert [row["byday"] for row in change.before["schedules"]] == ["SA"]
    assert ServiceAtLocation.objects.count() == 0


def test_a_changed_translation_is_a_change_of_the_texts():
    stored(a_service(translations={"name": (TextIn("es", "Naloxona"),)}))

    report = stored(a_service(translations={"name": (TextIn("es", "Narcán"),)}), at=LATER)

    change = Change.objects.get(act_id=report.act_id, field="texts")
    assert [each["text"] for each in change.before] == ["Naloxone", "Naloxona"]
    assert [each["text"] for each in change.after] == ["Naloxone", "Narcán"]


def test_the_history_of_a_record_is_its_changes_the_last_first():
    first = stored(a_service(description="One"))
    second = stored(a_service(description="Two"), at=LATER)

    history = history_of([SERVICE])

    assert [act.id for act, _ in history] == [second.act_id, first.act_id]
    assert ("description", "One", "Two") in [
        (each.field, each.before, each.after) for each in history[0][1]
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_history_takes_two_queries(count, django_assert_num_queries):
    for number in range(count):
        stored(a_service(description=str(number)))

    with django_assert_num_queries(2):
        assert len(history_of([SERVICE])) == count
    with django_assert_num_queries(1):
        assert len(acts()) == count


def test_changes_of_300_services_are_written_in_as_many_statements_as_those_of_3():
    def inserts(prefix, count):
        with CaptureQueriesContext(connection) as queries:
            stored(*(a_service(f"{prefix} {n}") for n in range(count)))
        said = [query["sql"] for query in queries]
        return len([sql for sql in said if 'INSERT INTO "directory_change"' in sql])

    assert inserts("A", 3) == 1
    # SQLite takes 999 parameters a statement and so some rows less at once.
    assert inserts("B", 300) <= 1200 * 6 / 999 + 1


def test_a_dry_run_and_an_import_that_breaks_off_leave_no_act():
    def breaking():
        yield a_service()
        raise ValueError("the file ends here")

    store_services(drafts=[a_service()], source=a_source(), at=NOON, dry_run=True)
    with pytest.raises(ValueError, match="ends here"):
        store_services(drafts=breaking(), source=a_source(), at=NOON)

    assert (Act.objects.count(), Change.objects.count()) == (0, 0)


def test_an_act_that_was_begun_before_is_finished_by_the_import():
    act_id = begin_act(
        kind=ActKind.IMPORT,
        at=NOON,
        actor=Actor(an_id("person"), an_id("member"), "steward"),
        file_name="list.csv",
    )
    report = store_services(drafts=[a_service()], source=a_source(), at=NOON, act_id=act_id)

    act = act_by_id(act_id)
    assert report.act_id == act_id
    assert (act.state, act.role, act.file_name, act.source_key) == (
        ActState.DONE,
        "steward",
        "list.csv",
        "county-list",
    )


def test_an_act_can_be_cancelled_only_while_it_runs():
    running = begin_act(kind=ActKind.IMPORT, at=NOON)
    done = stored(a_service()).act_id
    cancel_act(running)
    cancel_act(done)

    assert act_by_id(running).state is ActState.CANCELLED
    assert act_by_id(done).state is ActState.DONE


def confirmed(**fields):
    Service.objects.update(
        **fields,
        provenance={
            "*": {"by": "source", "on": "2026-11-01"},
            **{name: {"by": "network", "on": "2026-11-10"} for name in fields},
        },
    )


def test_a_person_who_spoke_later_than_the_source_wins_and_the_difference_is_listed():
    stored(a_service(description="From the list"))
    confirmed(description="From the steward")

    report = stored(a_service(description="From the next list"), at=LATER)

    (found,) = findings_of(report.act_id)
    assert Service.objects.get().description == "From the steward"
    assert (found.kind, found.field, found.name) == (FindingKind.KEPT, "description", "Naloxone")
    assert (found.theirs, found.ours) == ("From the next list", "From the steward")
    assert report.differences == 1


def test_phones_that_a_person_confirmed_later_stay_and_the_difference_is_listed():
    stored(a_service(phones=(a_phone(),)))
    Service.objects.update(provenance={"phones": {"by": "network", "on": "2026-11-10"}})

    report = stored(a_service(phones=(a_phone("new", "+15105550199"),)), at=LATER)

    (found,) = findings_of(report.act_id)
    assert (found.kind, found.field) == (FindingKind.KEPT, "phones")
    assert [row["number"] for row in found.theirs] == ["+15105550199"]
    assert [row["number"] for row in found.ours] == ["+15105550142"]


def test_a_source_that_spoke_later_wins_and_what_it_replaced_is_listed():
    stored(a_service(description="From the list", phones=(a_phone(),)))
    Service.objects.update(
        description="From the steward",
        provenance={"description": BY_US, "phones": BY_US},
    )

    report = stored(a_service(description="Newer", phones=()), at=LATER)

    found = findings_of(report.act_id)
    assert {(each.kind, each.field) for each in found} == {
        (FindingKind.REPLACED, "description"),
        (FindingKind.REPLACED, "phones"),
    }
    assert Service.objects.get().description == "Newer"


def test_what_a_person_put_right_stays_while_a_later_list_repeats_the_old_mistake():
    stored(a_service(description="Wrong", phones=(a_phone(),)))
    over = said_digest("Wrong")
    Service.objects.update(
        description="Right", provenance={"description": {**BY_US, "over": over}}
    )

    newer = a_source(published_on=date(2026, 11, 15))
    report = stored(a_service(description="Wrong", url="https://example.org"), source=newer)

    (found,) = findings_of(report.act_id)
    assert (found.kind, found.theirs, found.ours) == (FindingKind.KEPT, "Wrong", "Right")
    assert Service.objects.get().provenance["description"]["over"] == over

    stored(a_service(description="Changed its mind"), source=newer)
    assert Service.objects.get().description == "Changed its mind"


def test_what_vanished_is_listed_with_the_act_and_stays():
    stored(a_service("Kept"), a_service("Gone"))

    report = stored(a_service("Kept"))

    (found,) = findings_of(report.act_id, kinds=[FindingKind.VANISHED])
    assert (found.name, found.object_id) == ("Gone", an_id("service Gone"))
    assert Service.objects.count() == 2


@pytest.mark.parametrize(("trusted", "on"), [(True, date(2026, 11, 1)), (False, None)])
def test_a_trusted_source_confirms_on_its_own_date_and_another_does_not(trusted, on):
    stored(a_service(), source=a_source(trusted=trusted))

    (listing,) = public_listings()
    assert listing.confirmed_on == on
    assert (listing.confirmed_by is None) is not trusted


def test_an_import_that_says_nothing_about_trust_leaves_it():
    stored(a_service(), source=a_source(trusted=False))
    stored(a_service(), source=a_source())

    assert Source.objects.get().trusted is False


def test_a_place_that_a_person_hid_stays_hidden_and_is_listed():
    stored(a_service(places=(a_place(),)))
    Location.objects.update(
        visibility="partners-only",
        provenance={"visibility": {"by": "network", "on": "2020-01-01"}},
    )

    report = stored(a_service(places=(a_place(location=a_location(landmark="Van")),)), at=LATER)

    (found,) = findings_of(report.act_id)
    assert (found.field, found.theirs, found.ours) == ("visibility", "public", "partners-only")
