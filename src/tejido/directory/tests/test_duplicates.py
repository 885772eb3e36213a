"""Which stored records may be one: found, kept for a steward, remembered."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.duplicates.answers import Answer
from tejido.directory.domain.duplicates.looking import Step
from tejido.directory.domain.duplicates.profiles import Kind, street_of
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Alias, DuplicatePair, Location, Service, ServiceAtLocation
from tejido.directory.queries.duplicates import profiles_of
from tejido.directory.services import duplicates
from tejido.directory.services.acts import Actor
from tejido.directory.services.duplicate_answers import AnswerRefused, answer_pair
from tejido.directory.services.duplicates import look_for_duplicates, new_records
from tejido.directory.testing import (
    LATER,
    NOON,
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)

pytestmark = pytest.mark.django_db


def a_listing(name="Harbor Clinic", key="one", visibility=Visibility.PUBLIC, **changes):
    """Return a service whose every id and name is its own, at 1 Main Street."""
    location = replace(a_location(key), name="", visibility=visibility)
    said = {
        "id": an_id(f"service {key}"),
        "organization": OrganizationDraft(an_id(f"organization {key}"), f"{name} Inc"),
        "places": (a_place(key, location=location),),
        "phones": (a_phone(key),),
    }
    return a_service(name, **(said | changes))


def twice(**changes):
    """Store one place as two lists have it."""
    stored(a_listing())
    return stored(a_listing("Harbour Clinic", "two", **changes), source=a_source("other-list"))


def pairs_of(kind=Kind.LOCATION):
    rows = DuplicatePair.objects.filter(kind=kind.value)
    return {frozenset({row.one, row.other}) for row in rows}


def ids_of(name):
    return frozenset({an_id(f"{name} one"), an_id(f"{name} two")})


def test_one_place_in_two_lists_is_a_pair_of_each_kind():
    twice()

    looked = look_for_duplicates(at=NOON)

    assert looked.found == looked.new == 3
    assert pairs_of(Kind.LOCATION) == {ids_of("location")}
    assert pairs_of(Kind.SERVICE) == {ids_of("service")}
    assert pairs_of(Kind.ORGANIZATION) == {ids_of("organization")}


def test_a_second_look_finds_nothing_new_and_writes_nothing():
    twice()
    look_for_duplicates(at=NOON)

    assert look_for_duplicates(at=LATER).new == 0
    assert DuplicatePair.objects.filter(updated_at=LATER).count() == 0


def answered(answer):
    DuplicatePair.objects.update(answer=answer, answered_by=an_id("steward"), answered_at=NOON)


def test_not_the_same_is_remembered_as_long_as_both_stay_as_they_are():
    twice()
    look_for_duplicates(at=NOON)
    answered("different")

    look_for_duplicates(at=LATER)
    assert set(DuplicatePair.objects.values_list("answer", flat=True)) == {"different"}

    Location.objects.filter(id=an_id("location two")).update(name="Harbor Clinic East")
    assert look_for_duplicates(at=LATER).new == 1

    assert DuplicatePair.objects.get(kind="location").answer == ""
    assert DuplicatePair.objects.get(kind="location").answered_by is None
    assert DuplicatePair.objects.get(kind="service").answer == "different"


def test_a_pair_that_is_none_any_more_goes_unless_somebody_answered():
    twice()
    look_for_duplicates(at=NOON)
    DuplicatePair.objects.filter(kind="service").update(answer="different")
    ServiceAtLocation.objects.filter(id=an_id("place two")).delete()
    Location.objects.filter(id=an_id("location two")).delete()
    stored(a_listing("Another", "two", places=()), source=a_source("other-list"), at=LATER)

    look_for_duplicates(at=LATER)

    assert [pair.kind for pair in DuplicatePair.objects.all()] == ["service"]


def test_after_an_import_only_what_is_new_is_compared_with_all():
    stored(a_listing())
    stored(a_listing("Harbour Clinic", "two"), source=a_source("other-list"))
    third = stored(a_listing("Harbor Clinics", "three"), source=a_source("third-list"))

    looked = look_for_duplicates(at=NOON, only=new_records(third.act_id))

    assert looked.compared == 6
    assert pairs_of() == {
        frozenset({an_id(f"location {key}"), an_id("location three")}) for key in ("one", "two")
    }


def test_an_import_that_brought_nothing_new_compares_nothing():
    stored(a_listing())
    again = stored(a_listing(), at=LATER)

    looked = look_for_duplicates(at=LATER, only=new_records(again.act_id))

    assert (looked.compared, looked.records) == (0, {})


@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
def test_records_that_not_the_same_people_may_see_are_never_a_pair(level):
    twice(visibility=level)

    assert look_for_duplicates(at=NOON).found == 0


@pytest.mark.parametrize("where", ["the location", "the service there", "another service there"])
def test_the_strictest_word_on_a_place_hides_its_address(where):
    twice()
    if where == "the location":
        Location.objects.filter(id=an_id("location two")).update(visibility="partners-only")
    elif where == "the service there":
        rows = ServiceAtLocation.objects.filter(id=an_id("place two"))
        rows.update(visibility="partners-only")
    else:
        hidden = replace(a_listing("Harbor Clinic", "three"), places=())
        stored(hidden, source=a_source("other-list"))
        ServiceAtLocation.objects.create(
            service_id=hidden.id,
            location_id=an_id("location two"),
            visibility="partners-only",
            source_id=Location.objects.get(id=an_id("location two")).source_id,
            created_at=NOON,
            updated_at=NOON,
        )

    (found,) = profiles_of(Kind.LOCATION, [an_id("location two")])

    assert found.level is Visibility.PARTNERS
    assert (found.streets, found.points) == ((), ())
    look_for_duplicates(at=NOON)
    assert pairs_of() == set()


def test_an_organization_shows_only_places_that_as_many_may_see_as_itself():
    open_place = a_place("open", location=a_location("open", visibility=Visibility.PUBLIC))
    hidden = a_place(
        "hidden",
        location=a_location("hidden", visibility=Visibility.PARTNERS, phones=(a_phone("h"),)),
    )
    stored(a_listing(places=(open_place, hidden), phones=()))

    (found,) = profiles_of(Kind.ORGANIZATION)

    assert found.level is Visibility.PUBLIC
    assert found.streets == (street_of("1 Main Street", code="94606", city="Oakland"),)
    assert found.contacts == frozenset()


def test_profiles_of_many_records_cost_as_many_queries_as_of_one(django_assert_num_queries):
    stored(*(a_listing(key=str(number)) for number in range(3)))

    for kind, queries in ((Kind.LOCATION, 8), (Kind.SERVICE, 8), (Kind.ORGANIZATION, 8)):
        with django_assert_num_queries(queries):
            assert len(list(profiles_of(kind))) == 3


def test_a_look_ends_where_its_report_says_so_and_keeps_nothing():
    class StoppedError(Exception):
        pass

    def report(_progress):
        raise StoppedError

    stored(*(a_listing(key=str(number)) for number in range(70)))
    with pytest.raises(StoppedError):
        look_for_duplicates(at=NOON, report=report)

    assert DuplicatePair.objects.count() == 0


def test_a_look_says_how_far_it_is(monkeypatch):
    monkeypatch.setattr(duplicates, "TOLD_EVERY", 1)
    told = []
    twice()

    look_for_duplicates(at=NOON, kinds=[Kind.LOCATION], report=told.append)

    assert told == [(Step.READ, 1), (Step.READ, 2), (Step.COMPARED, 1)]


@pytest.mark.parametrize(
    ("website", "contacts"),
    [
        ("https://www.harbor.example.org/about", {"harbor.example.org"}),
        ("http://[", set()),
        ("", set()),
    ],
)
def test_an_organization_is_reached_by_its_site_too(website, contacts):
    organization = OrganizationDraft(an_id("organization"), "Harbor", url=website)
    stored(a_listing(organization=organization, phones=()))

    (found,) = profiles_of(Kind.ORGANIZATION)

    assert found.contacts == contacts


def test_an_answer_about_a_pair_that_is_gone_is_refused():
    asked = {"answer": Answer.DIFFERENT, "seen": "", "actor": Actor(an_id("theo")), "at": NOON}
    with pytest.raises(AnswerRefused) as unknown:
        answer_pair(pair_id=an_id("none"), **asked)
    twice()
    look_for_duplicates(at=NOON)
    pair = DuplicatePair.objects.get(kind="service")
    ServiceAtLocation.objects.all().delete()
    Service.objects.filter(id=pair.one).delete()
    with pytest.raises(AnswerRefused) as gone:
        answer_pair(pair_id=pair.id, **asked)

    assert (unknown.value.code, gone.value.code) == ("pair-gone", "pair-gone")


def test_the_command_says_what_it_found(capsys):
    twice()

    call_command("find_duplicates")

    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "Pairs that may be one: 3, of them new: 3"
    assert "Records of the kind location: 2" in said


def test_the_command_says_how_far_it_is_to_who_wants_to_know(capsys, monkeypatch):
    monkeypatch.setattr(duplicates, "TOLD_EVERY", 1)
    twice()

    call_command("find_duplicates", kind=Kind.LOCATION, verbosity=2)

    said = capsys.readouterr().err.splitlines()
    assert said == ["1 records read", "2 records read", "1 pairs compared"]


@pytest.mark.parametrize(
    "changes",
    [{"other": an_id("one")}, {"kind": "person"}, {"answer": "perhaps"}, {"score": 1.1}],
)
def test_the_tables_refuse_a_pair_that_cannot_be(changes):
    said = {"kind": "location", "one": an_id("one"), "other": an_id("two"), "score": 0.9}
    said |= {"links": False, "mark": "m", "created_at": NOON, "updated_at": NOON}

    DuplicatePair.objects.create(**said)
    with transaction.atomic(), pytest.raises(IntegrityError):
        DuplicatePair.objects.create(**said)
    with transaction.atomic(), pytest.raises(IntegrityError):
        DuplicatePair.objects.create(**(said | {"one": an_id("one")} | changes))


def test_one_id_of_a_source_stands_for_one_record():
    said = {"object_type": "directory.location", "said": an_id("a"), "stands_for": an_id("b")}
    Alias.objects.create(**said, created_at=NOON, updated_at=NOON)

    with transaction.atomic(), pytest.raises(IntegrityError):
        Alias.objects.create(**said, created_at=NOON, updated_at=NOON)
