import gc
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.schedule import DatedException
from tejido.directory.domain.stored import Conflict, Listed
from tejido.directory.domain.vocabulary import Fact, Visibility
from tejido.directory.models import (
    Attribute,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.collecting import rarely_collecting
from tejido.directory.services.store import store_services
from tejido.directory.services.undo import undo_act
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
from tejido.translation.queries import texts_of

pytestmark = pytest.mark.django_db


def rich_service():
    place = a_place(
        phones=(a_phone("van"),),
        rules=(a_rule("TU", "TH"),),
        exceptions=(
            DatedException(date(2026, 11, 26), date(2026, 11, 26), reason="Thanksgiving"),
        ),
    )
    return a_service(
        phones=(a_phone("desk", "+15105550143"),),
        keywords=("van",),
        facts={Fact.NO_ID: True, Fact.PETS: False},
        languages=("en", "es"),
        places=(place,),
        extra={"odd": [1, {"deep": True}]},
        translations={"name": (TextIn("es", "Naloxona"),)},
    )


def confirmed_days():
    return {listing.confirmed_on for listing in public_listings()}


def written(queries):
    return [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_store_services_keeps_everything_that_hangs_on_a_service():
    report = stored(rich_service())

    service = Service.objects.get()
    assert (report.created, report.updated, report.unchanged) == (1, 0, 0)
    assert (service.name, service.languages) == ("Naloxone", ["en", "es"])
    assert service.extra == {"odd": [1, {"deep": True}]}
    assert Phone.objects.count() == 2
    assert sorted(Schedule.objects.values_list("byday", "description")) == [
        ("", "Thanksgiving"),
        ("MO", ""),
        ("TU,TH", ""),
    ]
    assert sorted(service.attributes.values_list("label", "term", "value")) == [
        ("fact", "no-id", "yes"),
        ("fact", "pets-welcome", "no"),
        ("keyword", "van", ""),
        ("need", "naloxone", ""),
    ]
    assert texts_of("directory.service", [service.pk])[service.pk, "name", "es"].text == "Naloxona"


def test_store_services_twice_writes_only_that_it_happened():
    stored(rich_service(), a_service("Tests"))
    before = list(Service.objects.values_list("id", "updated_at").order_by("id"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = stored(rich_service(), a_service("Tests"), at=LATER)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert [sql for sql in written(queries) if '"directory_act"' not in sql] == []
    assert list(Service.objects.values_list("id", "updated_at").order_by("id")) == before


def test_a_newer_list_that_says_the_same_confirms_it_anew_and_can_be_undone():
    stored(rich_service())
    before = confirmed_days()
    newer = a_source(published_on=date(2026, 11, 12))

    report = stored(rich_service(), source=newer, at=LATER)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 1)
    assert confirmed_days() == {date(2026, 11, 12)}
    undo_act(act_id=report.act_id, actor=Actor(uuid4(), uuid4(), "steward"), at=LATER)
    assert confirmed_days() == before


def test_what_a_person_confirmed_before_a_newer_list_that_says_the_same_is_the_lists_word():
    stored(a_service())
    earlier = {"description": {"by": "program", "on": "2026-11-10"}}
    Service.objects.update(provenance=earlier)

    stored(a_service(), source=a_source(published_on=date(2026, 11, 12)), at=LATER)

    assert Service.objects.get().provenance == {
        "*": {"by": "source", "source": a_source().key, "on": "2026-11-12"}
    }


def test_store_services_writes_only_the_record_that_changed():
    stored(a_service("One"), a_service("Two"))

    report = stored(a_service("One"), a_service("Two", description="New words"), at=LATER)

    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    stamps = dict(Service.objects.values_list("name", "updated_at"))
    assert stamps == {"One": NOON, "Two": LATER}
    assert Location.objects.filter(updated_at=LATER).count() == 0
    assert Service.objects.get(name="Two").created_at == NOON


def test_a_record_whose_digest_alone_differs_is_unchanged_in_the_count():
    stored(a_service())
    Service.objects.update(source_digest="")

    stored(a_service(), at=LATER)

    assert Service.objects.get().source_digest != ""


def test_children_that_vanished_from_a_record_go():
    stored(rich_service())

    stored(a_service(places=(), rules=(), needs=("wound-care",)), at=LATER)

    assert ServiceAtLocation.objects.count() == 0
    assert Schedule.objects.count() == 0
    assert Phone.objects.count() == 0
    assert list(Attribute.objects.values_list("term", flat=True)) == ["wound-care"]


def test_a_phone_that_vanished_counts_as_an_update():
    stored(a_service(phones=(a_phone(),)))

    report = stored(a_service(), at=LATER)

    assert report.updated == 1


def test_a_service_that_vanished_is_listed_and_stays():
    stored(a_service("Kept"), a_service("Gone"))

    report = stored(a_service("Kept"))

    assert report.vanished == (Listed(an_id("service Gone"), "Gone"),)
    assert Service.objects.count() == 2


def test_a_service_of_another_source_is_a_conflict_and_the_first_is_kept():
    stored(a_service(name="Ours", id=an_id("x")), source=a_source("first"))

    report = stored(a_service(name="Theirs", id=an_id("x")), source=a_source("second"))

    assert report.created == 0
    assert report.conflicts == (Conflict("service", an_id("x"), "Theirs", "first"),)
    assert Service.objects.get().name == "Ours"


def test_the_same_service_twice_in_one_import_is_a_conflict():
    report = stored(a_service(), a_service(description="Second copy"))

    assert report.created == 1
    assert report.conflicts == (
        Conflict("service", an_id("service Naloxone"), "Naloxone", "county-list"),
    )
    assert Service.objects.get().description == ""


def test_a_location_of_another_source_keeps_its_words():
    stored(a_service("One", places=(a_place(),)), source=a_source("first"))

    theirs = a_place(id=an_id("other"), location=a_location(landmark="Canary"))
    report = stored(a_service("Two", places=(theirs,)), source=a_source("second"))

    assert [c.kind for c in report.conflicts] == ["organization", "location"]
    assert Location.objects.get().landmark == ""
    assert ServiceAtLocation.objects.count() == 2


def test_a_place_id_that_another_service_has_is_a_conflict_and_free_the_next_time():
    stored(a_service("One", places=(a_place(),)))

    report = stored(a_service("Two", places=(a_place(),)), a_service("One", places=()))
    again = stored(a_service("Two", places=(a_place(),)), a_service("One", places=()))

    assert [c.kind for c in report.conflicts] == ["service_at_location"]
    assert again.conflicts == ()
    assert ServiceAtLocation.objects.get().service.name == "Two"


def test_the_first_copy_of_an_organization_counts_in_every_import():
    first = a_service("One")
    second = a_service("Two", organization=replace(first.organization, description="Other words"))
    stored(first, second)

    stored(first, replace(second, description="changed"))

    assert Organization.objects.get().description == ""


def test_a_field_that_a_person_confirmed_later_stays():
    stored(a_service(description="From the list", phones=(a_phone(),)))
    Service.objects.update(
        description="From the program",
        provenance={
            "*": {"by": "source", "on": "2026-11-01"},
            "description": {"by": "program", "on": "2026-11-10"},
        },
    )

    stored(a_service(description="From the next list", url="https://example.org"), at=LATER)

    service = Service.objects.get()
    assert (service.description, service.url) == ("From the program", "https://example.org")
    assert service.provenance["description"] == {"by": "program", "on": "2026-11-10"}


def test_a_field_that_a_person_confirmed_before_the_list_was_made_gives_way():
    stored(a_service(description="Old"))
    Service.objects.update(provenance={"description": {"by": "program", "on": "2026-10-31"}})

    stored(a_service(description="New"), at=LATER)

    assert Service.objects.get().description == "New"


def test_phones_that_a_person_confirmed_later_stay():
    stored(a_service(phones=(a_phone(),)))
    Service.objects.update(provenance={"phones": {"by": "program", "on": "2026-11-10"}})

    stored(a_service(phones=()), at=LATER)

    assert Phone.objects.count() == 1


def test_no_list_ever_shows_a_place_that_a_person_hid():
    stored(a_service(places=(a_place(),)))
    Location.objects.update(
        visibility=Visibility.PARTNERS.value,
        provenance={"visibility": {"by": "program", "on": "2020-01-01"}},
    )

    stored(a_service(places=(a_place(hours_text="new"),)), at=LATER)
    stored(a_service(places=(a_place(location=a_location(transportation="Bus 51")),)), at=LATER)

    location = Location.objects.get()
    assert (location.visibility, location.transportation) == ("partners-only", "Bus 51")


def test_a_dry_run_counts_and_changes_nothing():
    report = store_services(drafts=[a_service()], source=a_source(), at=NOON, dry_run=True)

    assert report.created == 1
    assert (Service.objects.count(), Source.objects.count()) == (0, 0)


def test_an_error_on_the_way_leaves_everything_as_it_was():
    def drafts():
        yield a_service()
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="ends here"):
        store_services(drafts=drafts(), source=a_source(), at=NOON)

    assert Service.objects.count() == 0


def selects_of(*drafts):
    with CaptureQueriesContext(connection) as queries:
        stored(*drafts)
    return len([q for q in queries if q["sql"].startswith("SELECT")])


def test_a_batch_of_300_services_takes_as_many_reads_as_one_of_3():
    stored(a_service("brings the organization, so that both batches find it stored"))

    three = selects_of(*(a_service(f"A {n}") for n in range(3)))
    many = selects_of(*(a_service(f"B {n}") for n in range(300)))

    assert many == three


def test_store_services_reports_progress_after_each_500():
    said = []

    store_services(
        drafts=[a_service(f"Number {n}") for n in range(501)],
        source=a_source(),
        at=NOON,
        report=said.append,
    )

    assert said == ["500 services read.", "501 services read."]


def test_a_changed_source_text_makes_its_translation_stale():
    stored(rich_service())

    stored(replace(rich_service(), name="Narcan", translations={}), at=LATER)

    texts = texts_of("directory.service", [an_id("service Naloxone")])
    assert {key[1:]: text.state.value for key, text in texts.items()} == {
        ("name", "en"): "source",
        ("name", "es"): "stale",
    }


def test_the_same_rule_twice_is_one_schedule():
    stored(a_service(rules=(a_rule("MO"), a_rule("MO"))))

    assert list(Schedule.objects.values_list("opens_at", "closes_at")) == [(time(9), time(17))]


def test_a_source_is_renamed_without_touching_its_services():
    stored(a_service())

    report = stored(a_service(), source=a_source(name="New name"), at=LATER)

    assert (report.unchanged, Source.objects.get().name) == (1, "New name")
    assert Service.objects.get().updated_at == NOON


def test_garbage_is_looked_for_as_often_after_an_import_as_before():
    before = gc.get_threshold()

    with suppress(ZeroDivisionError), rarely_collecting():
        during = gc.get_threshold()
        raise ZeroDivisionError

    assert during[0] > before[0]
    assert gc.get_threshold() == before
