from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.landmarks import LandmarkKind
from tejido.geography.domain.places import Found, Place, PlaceKind
from tejido.geography.models import CountyOutline, Landmark, LandmarkVersion, ZipPoint
from tejido.geography.queries.landmarks import landmark_seen, landmarks_seen, versions_of
from tejido.geography.queries.places import all_places
from tejido.geography.services.landmarks import (
    LandmarkRefused,
    add_landmark,
    change_landmark,
    put_back,
    remove_landmark,
    restore_landmark,
)
from tejido.geography.testing import (
    FULTON_AND_TUOLUMNE,
    IVAN,
    ROSA,
    TODAY,
    a_draft,
    added,
    some_counties,
)

pytestmark = pytest.mark.django_db
LIBRARY = {"kind": LandmarkKind.LANDMARK, "spanish": "Biblioteca Central"}
NEEDS = ("naloxone", "Food", "comida", "wound care", "the clinic")


@pytest.fixture(autouse=True)
def counties(db):
    some_counties()


def refusal(**asked):
    with pytest.raises(LandmarkRefused) as refused:
        add_landmark(draft=a_draft(**asked), need_words=NEEDS, added_by=ROSA, on=TODAY)
    assert not Landmark.objects.exists()
    return refused.value.code


def change(landmark_id, name, **more):
    return change_landmark(
        landmark_id=landmark_id,
        draft=a_draft(name, **more),
        need_words=NEEDS,
        changed_by=IVAN,
        on=TODAY,
    )


def remove(landmark_id):
    remove_landmark(landmark_id=landmark_id, removed_by=IVAN, on=TODAY)


def restore(landmark_id):
    restore_landmark(landmark_id=landmark_id, need_words=NEEDS, restored_by=ROSA, on=TODAY)


def landmarks():
    return [place for place in all_places() if place.kind is PlaceKind.LANDMARK]


def test_add_landmark_makes_an_exact_place_with_all_its_names():
    added("Central Library", others=["Main branch"], **LIBRARY)

    assert landmarks() == [
        Place(
            kind=PlaceKind.LANDMARK,
            name="Central Library, Fresno",
            county_fips="06019",
            latitude=36.7378,
            longitude=-119.7930,
            approximate=False,
            also=("Central Library", "Biblioteca Central", "Main branch"),
            town="Fresno",
            spanish="Biblioteca Central, Fresno",
        )
    ]


def test_add_landmark_keeps_who_and_when():
    landmark = Landmark.objects.get(pk=added())

    assert (landmark.added_by, landmark.added_on, landmark.removed_on) == (ROSA, TODAY, None)


def test_a_corner_that_was_added_is_found_and_shown_in_spanish():
    added("Fulton St at Tuolumne St")

    answer = Gazetteer(all_places()).resolve("esquina de Fulton y Tuolumne")

    assert answer == Found(landmarks()[0])
    assert answer.place.spanish == "Fulton St y Tuolumne St, Fresno"


@pytest.mark.parametrize("count", [1, 3])
def test_all_places_takes_four_queries_however_many_landmarks(count, django_assert_num_queries):
    for number in range(count):
        added(f"Fulton and {number}th")

    with django_assert_num_queries(4):
        assert len(landmarks()) == count


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("name-empty", {"name": " the \x00 "}),
        ("name-empty", {"name": "Fulton and Tuolumne", "others": ["???"]}),
        ("name-long", {"name": "Fulton and " + "x" * 80}),
        ("names-many", {"others": [f"corner {number}" for number in range(13)]}),
        ("name-is-need", {"name": "Wound Care", "kind": LandmarkKind.LANDMARK}),
        ("name-is-need", {"name": "Clinic", "kind": LandmarkKind.LANDMARK}),
        ("name-is-need", {"spanish": "la comida"}),
        ("name-is-need", {"others": ["FOOD"]}),
        ("name-is-place", {"name": "Oakland", "kind": LandmarkKind.LANDMARK}),
        ("name-is-place", {"name": "Fresno County", "kind": LandmarkKind.LANDMARK}),
        ("name-is-place", {"others": ["93721"]}),
        ("corner-unclear", {"name": "Central Library"}),
        ("town-empty", {"town": " "}),
        ("name-long", {"town": "x" * 61}),
        ("point-outside", {"at": (-119.79, 36.73)}),
        ("point-outside", {"at": (36.73, 119.79)}),
        ("point-outside", {"at": (float("nan"), -119.79)}),
        ("point-outside", {"at": (36.73, float("inf"))}),
        ("point-far", {"town": "Oakland"}),
        ("county-unknown", {"town": "Nowhere"}),
        ("county-unknown", {"county": "06999"}),
    ],
)
def test_add_landmark_refuses_what_cannot_stand(code, asked):
    ZipPoint.objects.create(code="93721", town="Fresno", latitude=36.7, longitude=-119.8)

    assert refusal(**asked) == code


def test_refusals_say_what_to_do():
    with pytest.raises(LandmarkRefused) as refused:
        added("Fulton and Tuolumne", town="Oakland")

    assert str(refused.value) == (
        "The point lies 155 miles from Oakland. Check the point and the town."
    )


@pytest.mark.parametrize(
    "again",
    [
        a_draft("Tuolumne & Fulton"),
        a_draft("N Fulton St at Tuolumne St"),
        a_draft("fulton AND tuolumne", kind=LandmarkKind.LANDMARK),
        a_draft("The old mall", kind=LandmarkKind.LANDMARK, others=["Fulton and Tuolumne"]),
    ],
)
def test_add_landmark_refuses_what_stands_in_the_list(again):
    added("Fulton and Tuolumne")

    with pytest.raises(LandmarkRefused) as refused:
        add_landmark(draft=again, need_words=(), added_by=ROSA, on=TODAY)

    assert (refused.value.code, Landmark.objects.count()) == ("landmark-exists", 1)


@pytest.mark.parametrize(
    "other",
    [
        a_draft("Fulton and Tuolumne", town="Clovis"),
        a_draft("Fulton and Inyo"),
        a_draft("Fulton Ave and Tuolumne"),
    ],
)
def test_add_landmark_takes_the_name_in_another_town_and_other_corners(other):
    added("Fulton St and Tuolumne")

    add_landmark(draft=other, need_words=(), added_by=ROSA, on=TODAY)

    assert Landmark.objects.count() == 2


def test_add_landmark_takes_the_county_around_the_point_before_that_of_the_town():
    north, east = FULTON_AND_TUOLUMNE
    west, east, south, north = east - 1, east + 1, north - 1, north + 1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    CountyOutline.objects.create(
        county_id="06001", polygons=[[ring]], south=south, north=north, west=west, east=east
    )

    added()

    assert Landmark.objects.get().county_id == "06001"


def test_add_landmark_takes_the_county_that_was_chosen():
    added(town="Nowhere", county="06001")

    assert Landmark.objects.get().county_id == "06001"


def test_a_landmark_that_somebody_adds_at_the_same_moment_is_refused_by_the_table():
    added()
    # As if it had come in after the names were looked through.
    Landmark.objects.update(name="First and Main")

    with pytest.raises(LandmarkRefused) as refused:
        added()

    assert (refused.value.code, Landmark.objects.count()) == ("landmark-exists", 1)


def test_change_landmark_keeps_what_it_was_and_who_changed_it():
    landmark_id = added("Central Library", **LIBRARY)

    assert change(landmark_id, "Main Library", kind=LandmarkKind.LANDMARK, others=["the stacks"])

    before = LandmarkVersion.objects.get()
    assert (before.name, before.spanish_name) == ("Central Library", "Biblioteca Central")
    assert (before.changed_by, before.changed_on) == (IVAN, TODAY)
    assert [place.also for place in landmarks()] == [("Main Library", "the stacks")]


def test_change_landmark_moves_it_to_another_point_and_town():
    landmark_id = added()

    change(landmark_id, "Fulton and Tuolumne", town="Clovis", at=(36.8252, -119.7029))

    (place,) = landmarks()
    assert (place.name, place.latitude) == ("Fulton and Tuolumne, Clovis", 36.8252)
    assert LandmarkVersion.objects.get().latitude == FULTON_AND_TUOLUMNE[0]


def test_change_landmark_to_what_it_is_changes_nothing():
    landmark_id = added("Fulton and Tuolumne")

    assert not change(landmark_id, " Fulton  and Tuolumne ")

    assert not LandmarkVersion.objects.exists()


def test_put_back_makes_it_what_it_was_and_keeps_the_way_on_record():
    landmark_id = added()
    change(landmark_id, "Fulton and Inyo", at=(36.74, -119.80))
    (first,) = versions_of(landmark_id)

    asked = {"landmark_id": landmark_id, "need_words": NEEDS, "changed_by": ROSA, "on": TODAY}
    assert put_back(version_id=first.id, **asked)

    (place,) = landmarks()
    assert (place.name, place.latitude) == ("Fulton and Tuolumne, Fresno", 36.7378)
    assert [each.draft.names.name for each in versions_of(landmark_id)] == [
        "Fulton and Inyo",
        "Fulton and Tuolumne",
    ]
    with pytest.raises(LandmarkRefused) as refused:
        put_back(version_id=first.id, **asked | {"landmark_id": added("Fulton and Kern")})
    assert refused.value.code == "version-unknown"


def test_restore_landmark_brings_it_back_and_keeps_who_had_removed_it():
    landmark_id = added()
    remove(landmark_id)

    restore(landmark_id)

    assert [place.name for place in landmarks()] == ["Fulton and Tuolumne, Fresno"]
    version = LandmarkVersion.objects.get()
    assert (version.removed_by, version.changed_by) == (IVAN, ROSA)


def test_restore_landmark_refuses_one_that_was_added_again_or_is_there():
    landmark_id = added()
    remove(landmark_id)
    again = added("Tuolumne & Fulton")

    for asked, code in ((landmark_id, "landmark-exists"), (again, "landmark-there")):
        with pytest.raises(LandmarkRefused) as refused:
            restore(asked)
        assert refused.value.code == code


def test_a_steward_sees_landmarks_by_their_words_and_those_removed():
    added("Central Library", others=["Main branch"], **LIBRARY)
    remove(added("Fulton and Inyo"))

    names = [each.draft.names.name for each in landmarks_seen("main BRANCH")]

    assert names == ["Central Library"]
    assert [each.draft.names.name for each in landmarks_seen(removed=True)] == ["Fulton and Inyo"]
    assert landmarks_seen("inyo") == []
    assert landmark_seen(UUID(int=9)) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("name-empty", ""),
        ("name-is-need", "Naloxone"),
        ("name-is-place", "Clovis"),
        ("corner-unclear", "Fulton mall"),
        ("landmark-exists", "Inyo & Fulton"),
    ],
)
def test_change_landmark_refuses_as_adding_does(code, name):
    landmark_id = added("Fulton and Tuolumne")
    added("Fulton and Inyo")

    with pytest.raises(LandmarkRefused) as refused:
        change(landmark_id, name)

    assert refused.value.code == code
    assert Landmark.objects.get(pk=landmark_id).name == "Fulton and Tuolumne"
    assert not LandmarkVersion.objects.exists()


def test_remove_landmark_takes_it_away_and_keeps_who_and_when():
    landmark_id = added()

    remove_landmark(landmark_id=landmark_id, removed_by=IVAN, on=TODAY)

    landmark = Landmark.objects.get()
    assert (landmark.removed_by, landmark.removed_on, landmarks()) == (IVAN, TODAY, [])


def test_a_landmark_that_was_removed_can_be_added_again():
    remove_landmark(landmark_id=added(), removed_by=IVAN, on=TODAY)

    added()

    assert len(landmarks()) == 1


@pytest.mark.parametrize("is_removed", [True, False])
def test_what_is_not_in_the_list_cannot_be_changed(is_removed):
    landmark_id = added() if is_removed else UUID(int=9)
    if is_removed:
        remove_landmark(landmark_id=landmark_id, removed_by=IVAN, on=TODAY)

    for act in (
        lambda: change(landmark_id, "Main and First"),
        lambda: remove_landmark(landmark_id=landmark_id, removed_by=IVAN, on=TODAY),
    ):
        with pytest.raises(LandmarkRefused) as refused:
            act()
        assert refused.value.code == "landmark-unknown"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "church"},
        {"name": ""},
        {"town": ""},
        {"latitude": 0.0},
        {"longitude": 119.0},
        {"removed_on": TODAY},
        {"removed_by": IVAN},
        {"identity": "fulton & tuolumne, fresno"},
    ],
)
def test_table_of_landmarks_refuses_what_is_no_landmark(changes):
    added()
    other = Landmark.objects.get(pk=added("Fulton and Inyo"))
    for field, value in changes.items():
        setattr(other, field, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
