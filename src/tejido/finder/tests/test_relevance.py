"""What people really type finds the right places: on the demonstration and on real lists."""

from datetime import UTC, datetime
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from tejido.directory.demo import plant
from tejido.directory.reference import load_reference as load_needs
from tejido.directory.services.import_table import import_services
from tejido.finder.domain.answer import Open, Question, Where
from tejido.finder.queries.places import split_place
from tejido.finder.queries.search import find_services
from tejido.finder.services.build import build_snapshot
from tejido.finder.testing import built_once
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.domain.places import Found
from tejido.geography.reference import load_reference as load_places

# A Friday, 10:00 in California.
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CLOSE_M = 15_000
LISTS = {
    "ca_opioid_treatment_programs.csv": "ca-opioid-treatment-programs",
    "ca_mental_health.csv": "ca-mental-health",
}

pytestmark = pytest.mark.django_db


def quiet(_):
    """Say nothing."""


def planted():
    plant(report=quiet, at=AT)


@pytest.fixture
def in_the_database():
    begin_with(quietly(load_places), quietly(load_needs), planted)


@pytest.fixture
def demonstration(in_the_database, settings):
    settings.SNAPSHOTS = built_once("demonstration", built)


def built(folder):
    build_snapshot(folder=folder, at=AT, report=quiet, with_packs=False)


def ask(text, **more):
    words, place = split_place(text)
    where = None
    if isinstance(place, Found):
        where = Where(place.place.latitude, place.place.longitude, place.place.name)
    return find_services(Question(at=AT, words=words, where=where, **more))


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("narcan 90011", "naloxone"),
        ("naloxona", "naloxone"),
        ("naloxne", "naloxone"),
        ("agujas limpias Fresno", "syringes"),
        ("hep c Oakland", "hepatitis-c-test"),
    ],
)
def test_the_demonstration_offers_what_was_asked_for(demonstration, text, need):
    answer = ask(text)

    offering = [hit.listing for hit in answer.hits if not hit.instead][:3]
    assert answer.total >= 3
    assert answer.hits[0].listing == offering[0]
    assert all(need in listing.needs and listing.tier == "core" for listing in offering)


@pytest.mark.parametrize(
    ("text", "wanted", "corrected"),
    [
        (
            "pruevas de fentanilo",
            (("drug-checking", "fentanyl-test-strips"),),
            {"pruevas": "pruebas"},
        ),
        ("hepatitus c test", (("hepatitis-c-test",),), {"hepatitus": "hepatitis"}),
        ("geringas", (("syringes",),), {}),
        ("geringas y metadona", (("syringes",), ("methadone",)), {}),
    ],
)
def test_a_known_misspelling_is_put_right_where_that_makes_a_phrase(
    demonstration, text, wanted, corrected
):
    answer = ask(text)

    assert (answer.wanted, dict(answer.corrected)) == (wanted, corrected)


@pytest.mark.parametrize(
    ("text", "town"), [("narcan 90011", "Los Angeles"), ("agujas limpias Fresno", "Fresno")]
)
def test_the_demonstration_is_found_near(demonstration, text, town):
    nearest = ask(text).hits[0]

    assert nearest.listing.city == town
    assert nearest.distance_m < CLOSE_M


def test_the_demonstration_has_something_open_in_the_morning(demonstration):
    answer = ask("naloxone Los Angeles", only_open=True)

    assert answer.hits[0].hours.state is Open.OPEN


def test_build_index_asks_nothing_for_each_listing(in_the_database, django_assert_max_num_queries):
    said = StringIO()

    # 113 listings.
    with django_assert_max_num_queries(40):
        call_command("build_index", stdout=said)

    assert said.getvalue().startswith("Listings: 113\n")


@pytest.fixture
def real(settings, shared_data):
    settings.SNAPSHOTS = built_once("real", partial(brought, shared_data / "services"))


def brought(lists, folder):
    begin_with(quietly(load_places), quietly(load_needs))
    for name, mapping in LISTS.items():
        import_services(path=lists / name, mapping=mapping, at=AT, today=AT.date())
    built(folder)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("text", "need", "towns"),
    [
        ("methadone 94606", "methadone", {"Oakland"}),
        ("metadona Oakland", "methadone", {"Oakland"}),
        ("Mental health Eureka", "mental-health", {"Eureka", "Arcata"}),
        ("salud mental Eureka", "mental-health", {"Eureka", "Arcata"}),
    ],
)
def test_real_lists_are_found_near_by_what_people_type(real, text, need, towns):
    answer = ask(text)

    assert answer.needs[0] == need
    for hit in answer.hits[:3]:
        assert hit.listing.city in towns
        assert hit.distance_m < CLOSE_M
        assert need in hit.listing.needs
        assert hit.hours.state is Open.UNKNOWN
