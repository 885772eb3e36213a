"""A whole county as the place: what lies in it comes first, however far from its middle."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.counties import Counties
from tejido.finder.queries.places import find_place, where_at
from tejido.finder.queries.search import count_near, find_services
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.testing import NOW, PLACES, a_listing, a_snapshot
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.geography.domain.outlines import Outline
from tejido.geography.domain.places import Place, PlaceKind

# Coalinga is 75 km from the middle of Fresno County, Madera 40 km and in the next county.
COALINGA, MADERA = (36.1397, -120.3602), (36.9613, -120.0607)
MIDDLE = (36.76, -119.65)
KNOWN = (
    *PLACES,
    Place(PlaceKind.COUNTY, "Madera County", "06039", 37.08, -119.95, approximate=True),
    Place(PlaceKind.TOWN, "Coalinga", "06019", *COALINGA, approximate=True),
    Place(PlaceKind.TOWN, "Madera", "06039", *MADERA, approximate=True),
    Place(PlaceKind.ZIP, "93637", "06039", 36.92, -120.07, approximate=True),
)


def box(fips, south, north, west, east):
    """Return the outline of a county that is a rectangle."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return Outline(fips, fips, ((tuple(corners),),))


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


def asked_of(name, **changes):
    return Question(
        at=NOW, need="naloxone", where=where_at(find_place(name).place, label=name), **changes
    )


def offered(number, at, **changes):
    return a_listing(number, at=at, needs=("naloxone",), **changes)


def numbers(answer):
    return [(hit.listing.id.int, hit.inside) for hit in answer.hits]


@pytest.mark.parametrize(
    ("point", "postal_code", "county"),
    [
        (COALINGA, "", "06019"),
        (MADERA, "", "06039"),
        # The street is nearer to Fresno; its ZIP code is one of Madera.
        ((36.86, -119.95), "93637", "06039"),
        # Nobody believes a ZIP code from the other end of the state.
        (MADERA, "94606", "06039"),
        # The desert is far from everything: the nearest place, however far.
        ((36.3, -118.0), "", "06019"),
    ],
)
def test_a_county_is_known_from_the_zip_code_or_what_is_nearest(point, postal_code, county):
    assert Counties(KNOWN).around(*point, postal_code=postal_code) == county


def test_an_outline_knows_better_than_zip_codes_and_what_is_nearest():
    counties = Counties(KNOWN, [box("06039", 36.7, 37.7, -120.5, -119.0)])

    assert counties.around(36.75, -119.79, postal_code="93721") == "06039"
    assert counties.around(*COALINGA) == "06019"


def test_without_any_place_no_county_is_known():
    assert Counties(()).around(*MADERA) == ""


def test_what_lies_in_the_county_comes_first_however_far_then_the_rest_by_distance(folder):
    listings = [
        offered(1, MADERA),
        offered(2, COALINGA, rules=()),
        offered(3, COALINGA),
        offered(4, (37.80, -122.27)),
        offered(5, None, mode=Mode.MAIL),
    ]
    a_snapshot(folder, listings, places=KNOWN)

    answer = find_services(asked_of("Fresno County"))
    point = find_services(asked_of("Fresno"))

    assert numbers(answer) == [(3, True), (2, True), (5, False), (1, False), (4, False)]
    assert not any(inside for _, inside in numbers(point))
    assert answer.total == 5


def test_in_a_county_a_need_that_is_only_mentioned_comes_after_one_that_is_offered(folder):
    mentioned = a_listing(1, at=MIDDLE, description="We may have naloxone.")
    a_snapshot(folder, [mentioned, offered(2, COALINGA), offered(3, MADERA)], places=KNOWN)

    answer = find_services(asked_of("Fresno County"))

    assert numbers(answer) == [(1, True), (2, True), (3, False)]


def test_a_county_holds_a_place_without_a_public_point_by_its_zip_code_or_town(folder):
    by_zip = offered(1, None, postal_code="93721")
    by_town = offered(2, None, city="Coalinga")
    a_snapshot(folder, [by_zip, by_town, offered(3, MADERA)], places=KNOWN)

    assert numbers(find_services(asked_of("Fresno County"))) == [
        (1, True),
        (2, True),
        (3, False),
    ]


def test_the_limit_keeps_what_lies_in_the_county(folder):
    near = [offered(number, MADERA) for number in range(1, 30)]
    a_snapshot(folder, [*near, offered(99, COALINGA, rules=())], places=KNOWN)

    assert numbers(find_services(asked_of("Fresno County", limit=2)))[0] == (99, True)


def test_a_county_counts_what_lies_in_it_only(folder):
    a_snapshot(
        folder,
        [offered(1, COALINGA), offered(2, COALINGA, rules=()), offered(3, MADERA)],
        places=KNOWN,
    )
    question = asked_of("Fresno County")

    assert count_near(question, within_m=40_000) == 2
    assert count_near(replace(question, only_open=True), within_m=40_000) == 1
    assert count_near(replace(question, need=""), within_m=40_000) == 2
    assert count_near(asked_of("Alameda County"), within_m=40_000) == 0


def test_open_near_a_county_is_open_in_it(folder):
    a_snapshot(folder, [offered(1, COALINGA, rules=()), offered(2, MADERA)], places=KNOWN)
    in_fresno = find_services(asked_of("Fresno County", only_open=True))
    in_madera = find_services(asked_of("Madera County", only_open=True))

    assert numbers(in_fresno) == [(1, True), (2, False)]
    assert numbers(in_madera) == [(2, True)]
    assert (in_fresno.has_closed, in_madera.has_closed) == (True, False)


POINTS = st.tuples(st.floats(36.0, 37.4), st.floats(-120.5, -119.0))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(POINTS, min_size=1, max_size=30), st.booleans())
def test_a_county_only_moves_its_own_to_the_front(folder, points, only_open):
    rules = ({}, {"rules": ()}, {"hours_known": False})
    listings = [offered(n, at, **rules[n % 3]) for n, at in enumerate(points, start=1)]
    a_snapshot(folder, listings, places=KNOWN)
    question = asked_of("Fresno County", only_open=only_open, limit=50)
    county = question.where
    point = Where(county.latitude, county.longitude, "")
    own = {n for n, at in enumerate(points, start=1) if Counties(KNOWN).around(*at) == "06019"}

    around = find_services(replace(question, where=point))
    answer = find_services(question)
    # What is open near the middle need not lie in the county.
    assume(answer.has_closed == around.has_closed)
    by_distance = [number for number, _ in numbers(around)]

    assert numbers(answer) == sorted(
        ((number, number in own) for number in by_distance), key=lambda pair: not pair[1]
    )


@pytest.mark.parametrize(
    ("language", "heading", "groups"),
    [
        (
            "",
            "2 places in Fresno County have naloxone",
            ["In Fresno County", "By mail or phone", "More than 25 miles"],
        ),
        (
            "/es",
            "2 lugares en el condado de Fresno tienen naloxona",
            [
                "En el condado de Fresno",
                "Por correo o por teléfono",
                "Más de 25 millas",
            ],
        ),
    ],
)
def test_the_list_of_a_county_begins_with_a_group_of_its_own(
    client, folder, language, heading, groups
):
    publish(
        folder,
        place(1, "Here", rules=ALWAYS),
        place(2, "Far in the county", north=-0.5, rules=()),
        place(3, "Oakland", rules=ALWAYS, point=a_listing(3).point),
        place(4, "By mail", at=None, mode=Mode.MAIL),
    )

    page = Page(client.post(language + "/find/", {"place": "Fresno County", "need": "naloxone"}))

    assert page.of("h1") == [heading]
    assert page.of("h2")[:3] == groups


@pytest.mark.parametrize(
    ("language", "fields", "heading"),
    [
        ("", {}, "No place in Alameda County has naloxone"),
        ("/es", {}, "Ningún lugar en el condado de Alameda tiene naloxona"),
        ("", {"fact": "no-id"}, "No place in Alameda County fits all your filters"),
        ("/es", {"open": "on"}, "Ningún lugar en el condado de Alameda tiene naloxona"),
    ],
)
def test_a_county_without_any_says_so(client, folder, language, fields, heading):
    publish(folder, place(1, "Fresno", rules=ALWAYS))

    asked = {"place": "Alameda County", "need": "naloxone", **fields}

    assert Page(client.post(language + "/find/", asked)).of("h1") == [heading]


def test_the_outlines_of_counties_are_in_the_snapshot_for_the_map(settings):
    square = ((-120.0, 36.0), (-120.0, 37.0), (-119.0, 37.0), (-119.0, 36.0), (-120.0, 36.0))
    a_snapshot(settings.SNAPSHOTS, [a_listing(1)], outlines=(Outline("06019", "F", ((square,),)),))

    assert current_snapshot().outlines.startswith("M")


def test_without_outlines_the_map_has_points_alone(settings):
    a_snapshot(settings.SNAPSHOTS, [a_listing(1)])

    assert current_snapshot().outlines == ""
