from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tejido.directory.domain.acts import ActKind, FindingKind
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.vocabulary import Status, Visibility
from tejido.directory.models import Location, Schedule, Service
from tejido.directory.queries.history import act_by_id, findings_of, history_of
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.publishing import Publicity, choices_for, publish
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
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
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
STEWARD = Actor(an_id("person"), an_id("member"), "steward")
NEXT_LIST = a_source(published_on=date(2026, 12, 1))


def key(name, kind="directory.service", owner=SERVICE):
    return FieldKey(kind, owner, name)


def change(confirmed=(), spanish=None, seen="", **values):
    return edit(
        change=Edit(
            values={key(name): value for name, value in values.items()},
            confirmed=tuple(key(name) for name in confirmed),
            spanish={key(name): text for name, text in (spanish or {}).items()},
            watched=tuple(key(name) for name in values),
            seen=seen,
        ),
        actor=STEWARD,
        on=TODAY,
        at=NOW,
    )


def in_spanish():
    return a_service(translations={"name": (TextIn("es", "Naloxona"),)})


def test_an_edited_field_is_confirmed_by_the_steward_on_that_day():
    stored(a_service(description="Old"))

    act = change(description="New", url="")

    service = Service.objects.get()
    assert service.description == "New"
    assert service.provenance["description"] == {
        "by": "network",
        "on": "2026-11-20",
        "over": said_digest("Old"),
        "role": "steward",
    }
    assert "url" not in service.provenance
    assert act_by_id(act).role == "steward"


def test_an_edit_that_changes_nothing_is_no_act():
    stored(a_service(description="Same"))

    assert change(description="Same") is None
    assert len(history_of([SERVICE])) == 1


def test_what_a_steward_put_right_survives_the_next_list_that_repeats_the_mistake():
    stored(a_service(description="Wrong"))
    change(description="Right")

    report = stored(a_service(description="Wrong", url="https://example.org"), source=NEXT_LIST)

    (found,) = findings_of(report.act_id)
    assert (found.kind, found.theirs, found.ours) == (FindingKind.KEPT, "Wrong", "Right")
    assert Service.objects.get().description == "Right"


def test_what_a_steward_put_right_twice_is_still_over_what_the_list_said():
    stored(a_service(description="Wrong"))
    change(description="Better")
    change(description="Best")

    stored(a_service(description="Wrong", url="https://example.org"), source=NEXT_LIST)

    assert Service.objects.get().description == "Best"


def test_hours_that_a_steward_put_right_survive_the_next_list():
    stored(a_service(rules=(a_rule("MO"),)))
    change(schedules=[])

    report = stored(a_service(rules=(a_rule("MO"),), url="https://x.example"), source=NEXT_LIST)
    assert [found.field for found in findings_of(report.act_id)] == ["schedules"]
    assert Schedule.objects.count() == 0

    stored(a_service(rules=(a_rule("TU"),)), source=NEXT_LIST)
    assert Schedule.objects.get().byday == "TU"


def test_confirming_changes_the_word_and_nothing_else():
    stored(a_service(phones=(a_phone(),)))
    before = next(iter(public_listings()))

    change(confirmed=["*"])

    after = next(iter(public_listings()))
    assert (before.confirmed_by, after.confirmed_by) == ("source", "network")
    assert (after.confirmed_on, after.phones) == (TODAY, before.phones)


def test_hours_that_a_steward_put_right_count_as_a_check_of_the_listing():
    stored(a_service(), source=a_source(published_on=date(2013, 11, 11)))
    change(schedules=[{**desk_listing(SERVICE).service.values["schedules"][0], "byday": "TU"}])

    (listing,) = public_listings()
    assert (listing.confirmed_on, listing.confirmed_by) == (TODAY, "network")
    assert [rule.byday for rule in listing.rules] == [("TU",)]


def test_words_that_a_steward_put_right_say_nothing_about_the_rest():
    stored(a_service(), source=a_source(published_on=date(2013, 11, 11)))
    change(description="New")

    (listing,) = public_listings()
    assert listing.confirmed_on == date(2013, 11, 11)


def test_new_english_makes_the_spanish_stale_and_undo_makes_it_good_again():
    stored(in_spanish())

    act = change(name="Narcan")
    assert desk_listing(SERVICE).service.texts["name", "es"] == ("Naloxona", "stale")

    undo_act(act_id=act, at=NOW)
    assert desk_listing(SERVICE).service.texts["name", "es"] == ("Naloxona", "translated")


def test_spanish_is_written_beside_the_english():
    stored(a_service(description="Free"))

    change(spanish={"description": "Gratis", "name": ""})
    assert desk_listing(SERVICE).service.texts["description", "es"] == ("Gratis", "translated")

    change(spanish={"description": ""})
    assert ("description", "es") not in desk_listing(SERVICE).service.texts


def test_english_and_spanish_change_together():
    stored(in_spanish())

    change(name="Narcan", spanish={"name": "Narcán"})

    assert desk_listing(SERVICE).service.texts["name", "es"] == ("Narcán", "translated")


def test_somebody_else_changed_it_meanwhile():
    stored(a_service(description="One"))
    seen = seen_digest([key("description")])
    change(description="Two")

    with pytest.raises(EditRefused) as refusal:
        change(description="Three", seen=seen)

    assert refusal.value.code == "changed-meanwhile"
    assert Service.objects.get().description == "Two"


def test_a_listing_that_went_cannot_be_edited():
    with pytest.raises(EditRefused) as refusal:
        change(description="New")

    assert refusal.value.code == "listing-gone"


def test_a_listing_at_the_desk_has_everything():
    stored(a_service(places=(a_place(phones=(a_phone(),), rules=(a_rule("SA"),)),)))

    listing = desk_listing(SERVICE)

    (place,) = listing.places
    assert listing.service.values["name"] == "Naloxone"
    assert [row["term"] for row in listing.service.values["attributes"]] == ["naloxone"]
    assert place.location.values["address"][0]["city"] == "Oakland"
    assert [row["byday"] for row in place.place.values["schedules"]] == ["SA"]
    assert (place.visibility, place.shared) == (Visibility.PUBLIC, 0)
    assert (listing.source, listing.is_trusted) == ("The county-list", True)
    assert desk_listing(an_id("nothing")) is None


def queries_of_a_listing(*places):
    stored(a_service(places=places))
    with CaptureQueriesContext(connection) as queries:
        assert len(desk_listing(SERVICE).places) == len(places)
    return len(queries)


def test_a_listing_takes_as_many_queries_for_three_places_as_for_one():
    one = queries_of_a_listing(a_place("1"))

    assert queries_of_a_listing(*(a_place(f"{n}") for n in range(3))) == one


def publicly():
    return [
        (listing.point is not None, listing.temporarily_closed) for listing in public_listings()
    ]


@pytest.mark.parametrize(
    ("publicity", "seen"),
    [
        (Publicity.PUBLISH, [(True, False)]),
        (Publicity.WITHOUT_PLACE, [(False, False)]),
        (Publicity.PARTNERS, []),
        (Publicity.CLOSED, [(True, True)]),
        (Publicity.HIDE, []),
    ],
)
def test_a_steward_chooses_who_may_find_a_listing(publicity, seen):
    stored(a_service())

    publish(listings=[desk_listing(SERVICE)], publicity=publicity, actor=STEWARD, on=TODAY, at=NOW)

    assert publicly() == seen


def test_what_a_steward_hid_no_list_shows_again():
    stored(a_service())
    publish(
        listings=[desk_listing(SERVICE)],
        publicity=Publicity.HIDE,
        actor=STEWARD,
        on=TODAY,
        at=NOW,
    )

    stored(a_service(description="Newer", status=Status.ACTIVE), source=NEXT_LIST)

    assert publicly() == []


def test_publishing_never_shows_a_place_that_another_service_hides():
    shared = a_location("shelter")
    hidden = a_location("shelter", visibility=Visibility.PARTNERS)
    stored(
        a_service(places=(a_place(location=shared),)),
        a_service("Other", places=(a_place("other", location=hidden),)),
    )

    publish(
        listings=[desk_listing(SERVICE)],
        publicity=Publicity.PUBLISH,
        actor=STEWARD,
        on=TODAY,
        at=NOW,
    )

    assert Location.objects.get().visibility == "public"
    assert publicly() == []


def test_a_service_without_a_place_has_no_place_to_hide():
    stored(a_service(places=()))

    assert choices_for(desk_listing(SERVICE)) == (
        Publicity.PUBLISH,
        Publicity.CLOSED,
        Publicity.GONE,
        Publicity.HIDE,
    )


def test_publishing_is_undone():
    stored(a_service())
    done = publish(
        listings=[desk_listing(SERVICE)],
        publicity=Publicity.PARTNERS,
        actor=STEWARD,
        on=TODAY,
        at=NOW,
    )
    act = done.act
    assert act_by_id(act).kind is ActKind.HIDE

    undo_act(act_id=act, at=NOW)

    assert publicly() == [(True, False)]
