"""One id for records of several kinds: a source may do that, and nothing is mixed up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tejido.directory.domain.drafts import CarriedDraft, OrganizationDraft, TextIn
from tejido.directory.domain.vocabulary import Fact, Visibility
from tejido.directory.models import Act, Location, Organization, Phone, Service
from tejido.directory.queries.history import findings_of
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.whole import stored_drafts
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

pytestmark = pytest.mark.django_db
ONE = an_id("one id for all")
CONTACT = CarriedDraft("contacts", 0, {"name": "Rosa"})


def all_alike(**changes):
    """Return a service whose organization, location and place have its own id."""
    location = a_location(
        id=ONE,
        landmark="The blue gate",
        phones=(a_phone(),),
        rules=(a_rule("MO"),),
        facts={Fact.NO_ID: True},
        carried=(CONTACT,),
    )
    place = a_place(
        id=ONE,
        location=location,
        description="At the van",
        phones=(a_phone(),),
        rules=(a_rule("MO"),),
        carried=(CONTACT,),
        translations={"description": (TextIn("es", "En la camioneta"),)},
    )
    service = a_service(
        id=ONE,
        organization=OrganizationDraft(ONE, "Harbor Program", carried=(CONTACT,)),
        description="Naloxone for all",
        phones=(a_phone(),),
        facts={Fact.NO_ID: True},
        carried=(CONTACT,),
        places=(place,),
        confirmed_on=date(2026, 11, 5),
    )
    return replace(service, **changes)


def at_place(service, **changes):
    return replace(service, places=(replace(service.places[0], **changes),))


def whole():
    return list(stored_drafts("county-list"))


def test_everything_with_one_id_is_stored_and_comes_out_as_it_came():
    report = stored(all_alike())

    assert (report.created, report.conflicts) == (1, ())
    assert whole() == [replace(all_alike(), confirmed_on=date(2026, 11, 5))]


def test_a_new_service_with_the_id_of_a_stored_organization_is_new_and_the_rest_changes():
    stored(OrganizationDraft(ONE, "Harbor Program"))

    stored(all_alike(), at=LATER)

    assert Organization.objects.get().records.count() == 1
    assert Service.objects.get().phones.count() == 1


def test_what_changed_is_noted_of_its_own_kind_alone():
    stored(all_alike())

    report = stored(at_place(all_alike(), phones=()), at=LATER)

    act = Act.objects.get(id=report.act_id)
    assert [(c.object_type, c.field) for c in act.changes.exclude(field="source_digest")] == [
        ("directory.serviceatlocation", "phones")
    ]
    assert Phone.objects.count() == 2
    assert report.updated == 1


def test_a_persons_word_on_the_phones_of_a_service_does_not_keep_those_of_its_place():
    stored(all_alike())
    provenance = {"phones": {"by": "program", "on": "2026-11-10"}}
    Service.objects.update(provenance=provenance)

    report = stored(at_place(replace(all_alike(), phones=()), phones=()), at=LATER)

    assert Service.objects.get().phones.count() == 1
    assert Phone.objects.filter(service_at_location=ONE).count() == 0
    assert [(f.object_type, f.field) for f in findings_of(report.act_id)] == [
        ("directory.service", "phones")
    ]


def test_words_of_a_hidden_place_do_not_leave_as_those_of_its_service():
    hidden = a_location(id=ONE, visibility=Visibility.WITHOUT_PLACE)
    stored(at_place(all_alike(), location=hidden))

    (listing,) = public_listings()

    assert [text.language for text in listing.texts] == ["en"]
    assert "En la camioneta" not in repr(listing)


def test_an_undo_takes_the_service_and_leaves_the_location_that_somebody_touched():
    first = stored(a_service(places=(a_place(),)))
    stored(all_alike(places=()), source=a_source("other"), at=LATER)

    undo_act(act_id=first.act_id, at=datetime(2026, 11, 22, tzinfo=UTC))

    assert list(Service.objects.values_list("id", flat=True)) == [ONE]
    assert Location.objects.count() == 0


def test_the_same_again_writes_nothing():
    stored(all_alike())

    report = stored(all_alike(), at=LATER)

    assert (report.unchanged, report.updated) == (1, 0)
    assert Service.objects.get().updated_at == NOON
