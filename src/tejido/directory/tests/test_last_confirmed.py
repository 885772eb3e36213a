from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.clocks import CLOCKS, FieldGroup, PlaceKind
from tejido.directory.domain.due import ListingTold, Told, last_confirmed
from tejido.directory.domain.provenance import Confirmation, Provenance
from tejido.directory.domain.vocabulary import ConfirmedBy, Mode, Status, Tier
from tejido.directory.models import LastConfirmed, Service, Source
from tejido.directory.services.acts import COMMAND, Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, edit
from tejido.directory.services.last_confirmed import fill_missing, rebuild
from tejido.directory.services.merging import MODELS, Merge, MergeRefused, merge
from tejido.directory.services.publishing import Publicity, publish
from tejido.directory.services.second_look import approve, shown_mark
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.sources import set_trust
from tejido.directory.services.undo import UndoRefused, undo_act
from tejido.directory.testing import (
    NOON,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    an_id,
    stored,
)

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
LIST, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 5), date(2026, 11, 5)
SERVICE = FieldKey("directory.service", an_id("service Naloxone"), "")
SECOND = Actor(an_id("another person"), an_id("member"), "steward")
STEWARD = Actor(an_id("person"), role="steward")


def by(on, who=ConfirmedBy.NETWORK):
    return Confirmation(who, on)


def told(has_hours=False, has_phones=False, trusted=True, **words):
    entries = {name.replace("rest", "*"): word for name, word in words.items()}
    return Told(Provenance(entries), trusted, has_hours=has_hours, has_phones=has_phones)


OF_THE_LIST = by(LIST, ConfirmedBy.SOURCE)


def test_every_part_of_a_listing_is_as_old_as_its_list():
    said = last_confirmed(
        ListingTold(told(rest=OF_THE_LIST), ((told(rest=OF_THE_LIST), told(rest=OF_THE_LIST)),))
    )

    assert said == dict.fromkeys(FieldGroup, LIST)


def test_a_list_that_is_not_trusted_confirms_nothing_and_a_person_does():
    service = told(rest=OF_THE_LIST, trusted=False, status=by(OCTOBER))

    assert last_confirmed(ListingTold(service)) == {
        FieldGroup.HOURS: None,
        FieldGroup.PHONE: None,
        FieldGroup.STATUS: OCTOBER,
        FieldGroup.ELIGIBILITY: None,
    }


def test_hours_are_as_old_as_those_of_the_place_that_waited_longest():
    service = told(rest=OF_THE_LIST)
    called = told(has_hours=True, schedules=by(NOVEMBER))
    waits = told(has_hours=True)

    said = last_confirmed(ListingTold(service, ((called, told()), (waits, told()))))

    assert said[FieldGroup.HOURS] == LIST


def test_a_word_on_hours_counts_where_the_hours_hold():
    service = told(has_hours=True, rest=OF_THE_LIST, schedules=by(NOVEMBER))
    place = told(has_hours=True)

    assert last_confirmed(ListingTold(service))[FieldGroup.HOURS] == NOVEMBER
    assert last_confirmed(ListingTold(service, ((place, told()),)))[FieldGroup.HOURS] == LIST


def test_a_number_that_nobody_confirmed_keeps_all_numbers_due():
    service = told(has_phones=True, rest=OF_THE_LIST, phones=by(NOVEMBER))
    location = told(has_phones=True)

    said = last_confirmed(ListingTold(service, ((told(), location),)))

    assert said[FieldGroup.PHONE] is None


def test_confirming_all_of_a_record_counts_for_each_of_its_parts():
    said = last_confirmed(ListingTold(told(rest=by(NOVEMBER), status=by(OCTOBER))))

    assert said[FieldGroup.STATUS] == NOVEMBER


# What is stored.

pytestmark = pytest.mark.django_db


def standing(name="Naloxone"):
    rows = LastConfirmed.objects.filter(listing=an_id(f"service {name}"))
    return {CLOCKS[row.clock].group: (row.since, row.is_confirmed) for row in rows}


def everything_stored():
    return sorted(
        LastConfirmed.objects.values_list(
            "listing", "organization", "clock", "since", "is_confirmed"
        )
    )


def everything_computed():
    """The same from every listing as the desk reads it, one by one."""
    trusted = {str(row.id): row.trusted for row in Source.objects.all()}
    return sorted(
        (row.id, row.organization_id, clock, on or row.created_at.date(), on is not None)
        for row in Service.objects.filter(status__in=["active", "temporarily closed"])
        for clock, on in computed(desk_listing(row.id), trusted)
    )


def computed(listing, trusted):
    def read(held):
        return Told(
            held.provenance,
            trusted[held.values["source_id"]],
            has_hours=bool(held.values.get("schedules")),
            has_phones=bool(held.values.get("phones")),
        )

    values = listing.service.values
    places = tuple((read(each.place), read(each.location)) for each in listing.places)
    kind = PlaceKind.MOBILE if values["mode"] == "mobile" else PlaceKind.FIXED
    for group, on in last_confirmed(ListingTold(read(listing.service), places)).items():
        yield CLOCKS.index((group, Tier(values["tier"]), kind)), on


def test_an_import_stands_since_the_day_of_its_list():
    stored(a_service())

    assert standing() == dict.fromkeys(FieldGroup, (date(2026, 11, 1), True))


def test_what_nobody_confirmed_stands_since_it_came():
    stored(a_service(), source=a_source(trusted=False))

    assert standing() == dict.fromkeys(FieldGroup, (NOON.date(), False))


def test_a_listing_without_a_place_has_no_address_to_confirm():
    stored(a_service(places=()))

    assert set(standing()) == set(FieldGroup) - {FieldGroup.ADDRESS}


def test_confirming_one_part_moves_that_part_alone():
    stored(a_service())

    edit(
        change=Edit(confirmed=(SERVICE._replace(field="status"),)), actor=STEWARD, on=TODAY, at=AT
    )

    since = {group: day for group, (day, _yes) in standing().items()}
    assert since == {**dict.fromkeys(FieldGroup, date(2026, 11, 1)), FieldGroup.STATUS: TODAY}


def test_a_hidden_listing_is_never_due_and_comes_back_with_its_undo():
    stored(a_service())
    before = everything_stored()

    act = publish(
        listings=[desk_listing(SERVICE.object_id)],
        publicity=Publicity.HIDE,
        actor=STEWARD,
        on=TODAY,
        at=AT,
    ).act
    assert standing() == {}

    undo_act(act_id=act, at=AT)
    assert everything_stored() == before


def test_a_van_has_the_clocks_of_vans():
    stored(a_service(mode=Mode.MOBILE))

    kinds = {CLOCKS[row.clock].kind for row in LastConfirmed.objects.all()}
    assert kinds == {PlaceKind.MOBILE}


def test_the_word_of_a_source_counts_no_more_once_it_is_not_trusted():
    stored(a_service())

    set_trust(key="county-list", trusted=False, actor=STEWARD, at=AT)

    assert {confirmed for _day, confirmed in standing().values()} == {False}


def test_rows_that_are_missing_or_wrong_are_made_again():
    stored(a_service(), a_service("Wounds"))
    right = everything_stored()
    LastConfirmed.objects.filter(listing=SERVICE.object_id).delete()
    assert fill_missing() == 1
    assert fill_missing() == 0
    LastConfirmed.objects.update(since=date(2020, 1, 1))

    assert rebuild() == 2

    assert everything_stored() == right


def test_an_import_of_more_listings_takes_as_many_statements():
    def asked(count):
        drafts = [a_service(f"{count} {number}") for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            stored(*drafts, source=a_source(f"list-{count}"))
        return len([each for each in queries if "lastconfirmed" in each["sql"]])

    assert asked(3) == asked(9)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_what_is_stored_is_what_follows_from_provenance(seed):
    draw = Random(seed)
    done, most = [], 0
    for number in range(14):
        act = _something(draw, number)
        if act is not None:
            done.append(act)
        if done and draw.random() < 0.3:
            _undo(draw.choice(done), done)

        assert everything_stored() == everything_computed()
        most = max(most, LastConfirmed.objects.count())
    assert most > 4


def _something(draw, number):
    at = AT.replace(minute=number)
    what = draw.choice(("import", "import", "confirm", "edit", "publicity", "trust", "merge"))
    ids = list(Service.objects.order_by("id").values_list("id", flat=True))
    if what == "import" or not ids:
        return stored(*_drafts(draw), source=_source(draw), at=at).act_id
    if what == "trust":
        trusted = draw.random() < 0.5
        key = draw.choice(list(Source.objects.order_by("key").values_list("key", flat=True)))
        return set_trust(key=key, trusted=trusted, actor=COMMAND, at=at)
    if what == "merge":
        return _merged(draw, at)
    listing = desk_listing(draw.choice(ids))
    if what == "publicity":
        chosen = draw.choice([Publicity.PUBLISH, Publicity.HIDE, Publicity.CLOSED])
        return published(listing, chosen, at)
    held = draw.choice(listing.records)
    if what == "confirm":
        name = draw.choice(("*", "status", "attributes", "phones", "schedules", "address"))
        keys = (FieldKey(held.kind, held.id, name),)
        if name != "*" and name not in held.values:
            return None
        return edit(change=Edit(confirmed=keys), actor=STEWARD, on=draw.choice(DAYS), at=at)
    if "schedules" not in held.values:
        return None
    key = FieldKey(held.kind, held.id, draw.choice(("schedules", "phones")))
    return edit(change=Edit(values={key: []}), actor=STEWARD, on=draw.choice(DAYS), at=at)


def published(listing, chosen, at):
    done = publish(listings=[listing], publicity=chosen, actor=STEWARD, on=TODAY, at=at)
    if done.waiting is None:
        return done.act
    seen = shown_mark(done.waiting)
    return approve(proposal_id=done.waiting, seen=seen, actor=SECOND, on=TODAY, at=at)


def _merged(draw, at):
    kind = draw.choice(list(MODELS))
    rows = list(MODELS[kind].objects.order_by("id").values_list("id", flat=True))
    stays, goes = draw.choice(rows), draw.choice(rows)
    with suppress(MergeRefused):
        return merge(wanted=Merge(kind, stays, goes), actor=STEWARD, on=TODAY, at=at)


DAYS = (OCTOBER, NOVEMBER, TODAY)


def _source(draw):
    key, on = draw.choice((("one", LIST), ("one", NOVEMBER), ("two", OCTOBER)))
    return a_source(key, published_on=on, trusted=draw.choice((None, True, False)))


def _drafts(draw):
    for name in draw.sample(("A", "B", "C", "D"), 3):
        places = tuple(
            a_place(
                draw.choice(("Shared", f"{name} van")),
                id=an_id(f"place {name} {number}"),
                rules=(a_rule("TU"),) if draw.random() < 0.5 else (),
                phones=(a_phone(f"{name} {number}"),) if draw.random() < 0.5 else (),
            )
            for number in range(draw.randrange(3))
        )
        yield a_service(
            name,
            places=places,
            tier=draw.choice(list(Tier)),
            mode=draw.choice((Mode.MOBILE, Mode.FIXED, Mode.MAIL)),
            status=draw.choice((Status.ACTIVE, Status.ACTIVE, Status.INACTIVE)),
            rules=(a_rule("MO"),) if draw.random() < 0.7 else (),
            phones=(a_phone(name),) if draw.random() < 0.5 else (),
        )


def _undo(act, done):
    try:
        done.append(undo_act(act_id=act, at=AT).act_id)
    except UndoRefused:
        done.remove(act)


def test_the_command_works_out_everything_anew(capsys):
    stored(a_service())
    right = everything_stored()
    LastConfirmed.objects.all().delete()

    call_command("rebuild_due")

    assert everything_stored() == right
    assert capsys.readouterr().out == "1 listing looked at.\n"
