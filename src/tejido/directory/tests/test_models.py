"""Each constraint of the tables refuses what it is named after."""

from datetime import date, time

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tejido.directory.domain.import_runs import RunKind
from tejido.directory.models import (
    Act,
    Address,
    Attribute,
    ContactConsent,
    Finding,
    ImportRun,
    Location,
    Organization,
    Phone,
    Record,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    UnmetNeed,
)
from tejido.directory.testing import NAMES, NOON, a_place, a_service, stored
from tejido.directory.tests.stewardship_breakers import STEWARDSHIP_BREAKERS
from tejido.foundation.owned import MemberOwned
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.testing import a_member

pytestmark = pytest.mark.django_db
STAMPS = {"created_at": NOON, "updated_at": NOON}


@pytest.fixture
def service():
    stored(a_service(places=(a_place(),)))
    return Service.objects.select_related("source", "organization").get()


def a_schedule(service, **changes):
    rule = {"freq": "WEEKLY", "byday": "MO", "opens_at": time(9), "closes_at": time(17)}
    return Schedule(service=service, **(rule | changes), **STAMPS)


def an_attribute(service, **changes):
    return Attribute(
        **({"service": service, "label": "keyword", "term": "x", "value": ""} | changes), **STAMPS
    )


def a_phone_row(service, **changes):
    row = {"service": service, "hsds_id": service.pk, "position": 0, "number": "+15105550142"}
    return Phone(**(row | changes), **STAMPS)


def a_carried_record(service, **changes):
    return Record(**({"service": service, "kind": "contacts", "fields": {}} | changes), **STAMPS)


def a_consent(**changes):
    row = {"record": NAMES, "mark": "x", "agreed_on": NOON.date(), "noted_at": NOON}
    return ContactConsent(**(row | {"noted_by": NAMES, "member": NAMES} | changes))


def twice_agreed():
    a_consent().save()
    return a_consent()


def an_unmet_need(**changes):
    cell = {"concept": "naloxone", "county_fips": "06019", "day": NOON.date(), "searches": 1}
    return UnmetNeed(**(cell | changes))


def twice_unmet():
    with network_scope():
        an_unmet_need().save()
    return an_unmet_need()


def an_act(service, **changes):
    return Act(
        **({"kind": "edit", "at": NOON, "state": "done", "source": service.source} | changes)
    )


def a_finding(service, **changes):
    act = Act.objects.filter(source=service.source).first()
    row = {"act": act, "kind": "vanished", "object_type": "x", "object_id": service.pk}
    return Finding(**(row | changes))


def an_import_run(service, **changes):
    kind = next(iter(RunKind)).value
    row = {"member": a_member(), "by": service.pk, "at": NOON, "file_name": "x", "kind": kind}
    return ImportRun(**(row | changes))


BREAKERS = {
    "directory_source_key_once": lambda s: Source(key=s.source.key, name="x", **STAMPS),
    "directory_source_key_not_empty": lambda s: Source(key="", name="x", **STAMPS),
    "directory_source_name_not_empty": lambda s: Source(key="x", name="", **STAMPS),
    "directory_organization_name_not_empty": lambda s: Organization(
        name="", source=s.source, **STAMPS
    ),
    "directory_service_name_not_empty": lambda s: changed(s, name=""),
    "directory_service_status_known": lambda s: changed(s, status="open"),
    "directory_service_tier_known": lambda s: changed(s, tier="best"),
    "directory_service_mode_known": lambda s: changed(s, mode="boat"),
    "directory_location_point_whole": lambda s: changed(Location.objects.get(), latitude=None),
    "directory_location_latitude_on_earth": lambda s: changed(
        Location.objects.get(), latitude=90.1
    ),
    "directory_location_longitude_on_earth": lambda s: changed(
        Location.objects.get(), longitude=-180.1
    ),
    "directory_location_visibility_known": lambda s: changed(
        Location.objects.get(), visibility="all"
    ),
    "directory_location_precision_known": lambda s: changed(
        Location.objects.get(), precision="so-so"
    ),
    "directory_location_timezone_not_empty": lambda s: changed(
        Location.objects.get(), timezone=""
    ),
    "directory_address_county_five_digits": lambda s: changed(
        Address.objects.get(), county_fips="6001"
    ),
    "directory_serviceatlocation_visibility_known": lambda s: changed(
        ServiceAtLocation.objects.get(), visibility="all"
    ),
    "directory_phone_one_owner": lambda s: a_phone_row(s, location=Location.objects.get()),
    "directory_phone_number_not_empty": lambda s: a_phone_row(s, number=""),
    "directory_schedule_one_owner": lambda s: a_schedule(None),
    "directory_schedule_rule_complete": lambda s: a_schedule(s, freq="DAILY"),
    "directory_schedule_exception_dated": lambda s: a_schedule(
        s, freq="", is_exception=True, valid_from=date(2026, 1, 1)
    ),
    "directory_schedule_times_together": lambda s: a_schedule(
        s,
        freq="",
        is_exception=True,
        closes_at=None,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 1, 1),
    ),
    "directory_schedule_interval_positive": lambda s: a_schedule(s, interval=0),
    "directory_schedule_days_in_order": lambda s: a_schedule(
        s, valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)
    ),
    "directory_attribute_one_owner": lambda s: an_attribute(s, location=Location.objects.get()),
    "directory_attribute_value_fits_label": lambda s: an_attribute(s, value="yes"),
    "directory_attribute_term_not_empty": lambda s: an_attribute(s, term=""),
    "directory_attribute_once_per_service": lambda s: an_attribute(
        s, label="need", term="naloxone"
    ),
    "directory_attribute_once_per_location": lambda s: twice_at_a_location(),
    "directory_record_one_owner": lambda s: a_carried_record(s, source=s.source),
    "directory_record_kind_not_empty": lambda s: a_carried_record(s, kind=""),
    "directory_contactconsent_one_stands": lambda s: twice_agreed(),
    "directory_contactconsent_mark_not_empty": lambda s: a_consent(mark=""),
    "directory_contactconsent_withdrawal_whole": lambda s: a_consent(withdrawn_at=NOON),
    "directory_unmetneed_once_a_day": lambda s: twice_unmet(),
    "directory_unmetneed_of_one_search_or_more": lambda s: an_unmet_need(searches=0),
    "directory_unmetneed_of_a_need_in_a_county": lambda s: an_unmet_need(county_fips="32031"),
    "directory_act_kind_known": lambda s: an_act(s, kind="whim"),
    "directory_act_state_known": lambda s: an_act(s, state="asleep"),
    "directory_act_undo_names_an_act": lambda s: an_act(s, kind="undo"),
    "directory_finding_kind_known": lambda s: a_finding(s, kind="hunch"),
    "directory_importrun_state_known": lambda s: an_import_run(s, state="asleep"),
    **STEWARDSHIP_BREAKERS,
}


def changed(row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def twice_at_a_location():
    location = Location.objects.get()
    an_attribute(None, location=location).save()
    return an_attribute(None, location=location)


@pytest.mark.parametrize("name", BREAKERS)
def test_the_constraint_refuses_what_it_is_named_after(service, name):
    row = BREAKERS[name](service)
    scope = member_scope(row.member_id) if isinstance(row, MemberOwned) else network_scope()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), scope:
        row.save()

    # SQLite names the columns of a unique constraint, not the constraint.
    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


def test_every_constraint_of_the_listings_is_tested():
    concepts = {"concept", "conceptform"}
    named = {
        constraint.name
        for model in apps.get_app_config("directory").get_models()
        if model._meta.model_name not in concepts
        for constraint in model._meta.constraints
    }

    assert named == set(BREAKERS)
