from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.acts import ActKind, ActState, FindingKind
from tejido.directory.domain.drafts import OrganizationDraft, TextIn
from tejido.directory.models import (
    Act,
    Address,
    Attribute,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)
from tejido.directory.queries.history import act_by_id, findings_of
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Recorder, begin_act, finish_act
from tejido.directory.services.row_json import rows_json
from tejido.directory.services.setting import FieldKey, set_values
from tejido.directory.services.undo import UndoRefused, undo_act
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
from tejido.translation.models import Unit

pytestmark = pytest.mark.django_db

TABLES = (
    *(Source, Organization, Service, Location, Address, ServiceAtLocation),
    *(Phone, Schedule, Attribute, Unit),
)
SERVICE = an_id("service Naloxone")


def dump():
    rows = {table.__name__: rows_json(table.objects.all()) for table in TABLES}
    return rows, list(public_listings())


def rich(name="Naloxone", **changes):
    place = a_place(
        f"{name} van",
        phones=(a_phone("van"),),
        rules=(a_rule("TU", "TH"),),
        translations={"description": (TextIn("es", "Al lado"),)},
        description="Beside",
    )
    said = {
        "phones": (a_phone("desk", "+15105550143"),),
        "places": (place,),
        "translations": {"name": (TextIn("es", f"{name} en español"),)},
    }
    return a_service(name, **{**said, **changes})


def edit(**fields):
    """Set fields of the service, as the desk does."""
    act = begin_act(kind=ActKind.EDIT, at=LATER)
    record = Recorder(act)
    values = {FieldKey("directory.service", SERVICE, n): v for n, v in fields.items()}
    set_values(values, at=LATER, record=record)
    record.flush()
    finish_act(act, counts={})
    return act


def undo(act_id):
    return undo_act(act_id=act_id, at=LATER)


def changed():
    """Everything about `rich` is different, and it moved to another place."""
    elsewhere = a_place("elsewhere", rules=(a_rule("SU"),), phones=(a_phone("new"),))
    return rich(
        description="New words",
        phones=(),
        keywords=("new",),
        places=(elsewhere,),
        rules=(a_rule("FR"),),
        organization=OrganizationDraft(an_id("other"), "Other Program"),
        translations={"name": (TextIn("es", "Otra cosa"),)},
        reach=("06001",),
        confirmed_on=date(2026, 11, 5),
    )


def test_undoing_the_first_import_leaves_nothing_but_the_name_of_the_source():
    report = stored(rich(), rich("Tests"))

    done = undo(report.act_id)

    rows, listings = dump()
    assert {name: len(held) for name, held in rows.items() if held} == {"Source": 1}
    assert listings == []
    # Two services, two places there, two locations and the organization that both share.
    assert (done.removed, done.kept) == (7, 0)


def test_undoing_the_second_import_leaves_everything_exactly_as_before_it():
    stored(rich(), rich("Tests"))
    before = dump()
    second = stored(changed(), rich("Another"), source=a_source(name="Renamed"), at=LATER)
    assert dump() != before

    done = undo(second.act_id)

    assert dump() == before
    assert done.kept == 0
    assert act_by_id(second.act_id).state is ActState.UNDONE


def test_undoing_an_undo_does_the_act_again():
    stored(rich())
    second = stored(changed(), rich("Another"), at=LATER)
    after = dump()
    taken_back = undo(second.act_id)

    undo(taken_back.act_id)

    assert dump() == after
    assert act_by_id(second.act_id).state is ActState.DONE
    assert act_by_id(taken_back.act_id).state is ActState.UNDONE


def test_undo_goes_to_and_fro_as_often_as_one_likes():
    stored(rich())
    before = dump()
    second = stored(changed(), rich("Another"), at=LATER)
    after = dump()

    for _ in range(3):
        taken_back = undo(second.act_id)
        assert dump() == before
        undo(taken_back.act_id)
        assert dump() == after


def test_a_service_that_was_edited_since_survives_with_its_places():
    report = stored(rich(), rich("Tests"))
    edit(description="From the steward")

    done = undo(report.act_id)

    assert Service.objects.get().description == "From the steward"
    assert ServiceAtLocation.objects.count() == 1
    assert [listing.texts[0].name for listing in public_listings()] == ["Naloxone"]
    (found,) = findings_of(done.act_id)
    assert (found.kind, found.name, found.object_id) == (FindingKind.SINCE, "Naloxone", SERVICE)


def test_a_field_that_was_edited_since_survives_and_is_listed():
    stored(rich())
    second = stored(rich(description="From the list", url="https://example.org"), at=LATER)
    edit(description="From the steward")

    done = undo(second.act_id)

    service = Service.objects.get()
    assert (service.description, service.url) == ("From the steward", "")
    (found,) = findings_of(done.act_id)
    assert (found.field, found.theirs, found.ours) == ("description", "", "From the steward")


def test_an_edit_that_was_undone_does_not_keep_anything():
    report = stored(rich())
    undo(edit(description="From the steward"))

    assert undo(report.act_id).kept == 0
    assert Service.objects.count() == 0


def test_undoing_an_edit_brings_hours_and_words_back():
    stored(rich())
    before = dump()
    act = edit(description="Other words", schedules=[], phones=[])
    assert Schedule.objects.filter(service_id=SERVICE).count() == 0

    undo(act)

    assert dump() == before


def test_the_source_may_say_again_what_was_undone():
    stored(rich())
    second = stored(rich(description="New words"), at=LATER)
    undo(second.act_id)

    again = stored(rich(description="New words"), at=LATER)

    assert again.updated == 1
    assert Service.objects.get().description == "New words"


def test_a_service_that_a_later_import_changed_stays():
    first = stored(rich())
    stored(rich(description="Later"), at=LATER)

    done = undo(first.act_id)

    assert (Service.objects.count(), done.kept) == (1, 1)


def test_a_location_that_a_later_import_uses_stays():
    first = stored(a_service("One", places=(a_place("here"),)))
    theirs = a_place(id=an_id("other place"), location=a_location("here"))
    stored(
        a_service(
            "Two", organization=OrganizationDraft(an_id("theirs"), "Theirs"), places=(theirs,)
        ),
        source=a_source("second"),
    )

    undo(first.act_id)

    assert [service.name for service in Service.objects.all()] == ["Two"]
    assert Location.objects.count() == 1


def test_an_act_is_undone_once():
    report = stored(rich())
    undo(report.act_id)

    with pytest.raises(UndoRefused) as refusal:
        undo(report.act_id)

    assert refusal.value.code == "act-not-done"


def test_what_never_was_cannot_be_undone():
    with pytest.raises(UndoRefused) as refusal:
        undo(an_id("nothing"))
    assert refusal.value.code == "act-unknown"

    running = begin_act(kind=ActKind.IMPORT, at=NOON)
    with pytest.raises(UndoRefused):
        undo(running)
    assert Act.objects.filter(kind="undo").count() == 0


def queries_of_undo(count):
    report = stored(*(rich(f"{n}") for n in range(count)))
    with CaptureQueriesContext(connection) as queries:
        undo(report.act_id)
    return len(queries)


def test_undo_takes_as_many_queries_for_many_services_as_for_few():
    few = queries_of_undo(3)

    assert queries_of_undo(60) == few
    assert Service.objects.count() == 0


def test_what_people_confirmed_since_stays_confirmed():
    stored(rich())
    second = stored(rich(description="From the list", confirmed_on=date(2026, 11, 9)), at=LATER)
    service = Service.objects.get()
    word = {"by": "network", "on": "2026-11-20"}
    edit(provenance={**service.provenance, "phones": word})

    undo(second.act_id)

    record = Service.objects.get().provenance
    assert record["phones"] == word
    assert record["*"]["on"] == "2026-11-01"
