"""A landmark that a steward adds is found by everybody, and takes no word for a need."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tejido.accounts.testing import an_account
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.reference import load_reference as load_needs
from tejido.finder.queries.places import find_place, split_place
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.services.build import build_snapshot
from tejido.finder.testing import built_once
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.landmarks import LandmarkKind
from tejido.geography.domain.places import Found
from tejido.geography.queries.places import all_places
from tejido.geography.reference import load_reference as load_places
from tejido.geography.services.landmarks import LandmarkRefused, add_landmark
from tejido.geography.testing import ROSA, TODAY, a_draft
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
CORNER = "Fulton and Tuolumne, Fresno"
LIBRARY = "Central Library, Fresno"
# Of some 6,500 words for needs one in so many: each is compared with all of them.
EVERY = 37


@pytest.fixture
def words(db: None) -> list[str]:
    """Load places and needs, add two landmarks, and return every word for a need."""
    begin_with(quietly(load_places), quietly(load_needs), two_landmarks)
    return every_word()


def every_word() -> list[str]:
    return [form.text for concept in all_concepts() for form in concept.forms]


def two_landmarks() -> None:
    drafts = (
        a_draft("Fulton and Tuolumne"),
        a_draft("Central Library", kind=LandmarkKind.LANDMARK, spanish="Biblioteca Central"),
    )
    for draft in drafts:
        add_landmark(draft=draft, need_words=every_word(), added_by=ROSA, on=TODAY)


@pytest.fixture
def snapshot(words: list[str], settings: Any) -> None:
    settings.SNAPSHOTS = built_once("landmarks", built)


def built(folder: Path) -> None:
    build_snapshot(folder=folder, at=timezone.now(), report=lambda _: None, with_packs=False)


def test_the_snapshot_keeps_landmarks_as_they_are(snapshot: None) -> None:
    assert current_snapshot().places == tuple(all_places())


@pytest.mark.parametrize(
    "typed", ["Fulton & Tuolumne", "Fulton St at Tuolumne St", "esquina de Fulton y Tuolumne"]
)
def test_the_finder_finds_a_corner(snapshot: None, typed: str) -> None:
    answer = find_place(typed)

    assert isinstance(answer, Found)
    assert (answer.place.name, answer.place.approximate) == (CORNER, False)
    assert split_place(f"naloxone {typed}") == ("naloxone", answer)


def test_the_finder_knows_the_county_at_a_landmark(snapshot: None) -> None:
    assert current_snapshot().counties.around(36.7378, -119.7930) == "06019"


@pytest.mark.parametrize(
    ("path", "typed", "shown"),
    [
        ("/find/", "central library fresno", LIBRARY),
        ("/es/find/", "biblioteca central", "Biblioteca Central, Fresno"),
        ("/es/find/", "Fulton y Tuolumne", "Fulton y Tuolumne, Fresno"),
    ],
)
def test_the_page_names_the_landmark_in_its_language(
    snapshot: None, client: Client, path: str, typed: str, shown: str
) -> None:
    page = client.post(path, {"place": typed}).content.decode()

    assert shown in page


def test_a_corner_that_a_steward_adds_at_the_desk_is_found_once_the_finder_is_updated(
    words: list[str], client: Client, settings: Any
) -> None:
    theo = an_account("theo")
    a_person(a_member(), Role.STEWARD, name="Theo", id=theo.id)
    client.force_login(theo)
    sent = {
        "kind": "cross-streets",
        "name": "Broadway and 14th",
        "town": "Oakland",
        "where": "https://www.openstreetmap.org/#map=19/37.8044/-122.2712",
    }

    added = client.post("/desk/valley-harm-reduction/directory/landmarks/add/", sent)
    build_snapshot(
        folder=settings.SNAPSHOTS, at=timezone.now(), report=lambda _: None, with_packs=False
    )

    assert added.status_code == 302, added.content
    answer = find_place("14th St & Broadway")
    assert isinstance(answer, Found)
    assert (answer.place.name, answer.place.latitude) == ("Broadway and 14th, Oakland", 37.8044)
    assert (
        "Broadway y 14th, Oakland"
        in Client().post("/es/find/", {"place": "Broadway y 14th"}).content.decode()
    )


def test_a_word_for_a_need_is_refused_as_a_landmark(words: list[str]) -> None:
    taken = 0
    some = dict.fromkeys(words[::EVERY])
    for word in some:
        draft = a_draft(word, kind=LandmarkKind.LANDMARK)
        try:
            add_landmark(draft=draft, need_words=words, added_by=ROSA, on=TODAY)
        except LandmarkRefused as refused:
            taken += refused.code in ("name-is-need", "name-empty")

    assert taken == len(some)


def test_a_word_for_a_need_survives_beside_a_landmark(words: list[str]) -> None:
    gazetteer = Gazetteer(all_places())
    lost = []
    # "vivo en la calle Fulton" names the street: the last word is part of the corner.
    for word in (each for each in words[::EVERY] if not each.endswith(("calle", "street"))):
        for typed, name in (("Fulton and Tuolumne", CORNER), ("at Central Library", LIBRARY)):
            rest, place = gazetteer.split(f"{word} {typed}")
            if rest != word or not isinstance(place, Found) or place.place.name != name:
                lost.append((word, typed, rest))

    assert lost == []
