from datetime import date

import pytest

from tejido.directory.domain.desk import DeskSearch, Freshness
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.vocabulary import Status, Tier, Visibility
from tejido.directory.queries.desk import all_sources, find_at_desk
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)


def names(**search):
    page = find_at_desk(DeskSearch(**search), page=1, today=TODAY)
    return [row.name for row in page.rows]


def some_listings():
    fresno = a_location("Fresno door", address=None)
    stored(
        a_service("Naloxone at the door", phones=(a_phone(),), confirmed_on=date(2026, 11, 1)),
        a_service(
            "Wound care",
            tier=Tier.CORE,
            places=(a_place(location=fresno),),
            confirmed_on=date(2026, 6, 1),
        ),
    )
    stored(
        a_service(
            "Mail supplies",
            organization=OrganizationDraft(an_id("post"), "The Post"),
            places=(),
            status=Status.INACTIVE,
            confirmed_on=date(2020, 1, 1),
        ),
        a_service(
            "Shelter",
            organization=OrganizationDraft(an_id("post"), "The Post"),
            places=(a_place("s", location=a_location("s", visibility=Visibility.PARTNERS)),),
        ),
        source=a_source("post", published_on=None),
    )


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, ["Mail supplies", "Naloxone at the door", "Shelter", "Wound care"]),
        ({"words": "naloxone"}, ["Naloxone at the door"]),
        ({"words": "post mail"}, ["Mail supplies"]),
        ({"words": "oakland door"}, ["Naloxone at the door"]),
        ({"words": "5550142"}, ["Naloxone at the door"]),
        ({"words": "fresno"}, ["Wound care"]),
        ({"source": "post"}, ["Mail supplies", "Shelter"]),
        ({"tier": Tier.CORE}, ["Wound care"]),
        ({"status": Status.INACTIVE}, ["Mail supplies"]),
        ({"visibility": Visibility.PARTNERS}, ["Shelter"]),
        (
            {"visibility": Visibility.PUBLIC},
            ["Mail supplies", "Naloxone at the door", "Wound care"],
        ),
        ({"freshness": Freshness.FRESH}, ["Naloxone at the door"]),
        ({"freshness": Freshness.OLD}, ["Wound care"]),
        ({"freshness": Freshness.VERY_OLD}, ["Mail supplies"]),
        ({"freshness": Freshness.NEVER}, ["Shelter"]),
        ({"words": "%_"}, []),
    ],
)
def test_a_steward_finds_listings(search, found):
    some_listings()

    assert names(**search) == found


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_as_many_queries_for_three_listings_as_for_one(
    count, django_assert_num_queries
):
    stored(*(a_service(f"Number {n}") for n in range(count)))

    with django_assert_num_queries(3):
        page = find_at_desk(DeskSearch(words="number"), page=1, today=TODAY)

    assert (page.total, len(page.rows)) == (count, count)
    assert page.rows[0].towns == ("Oakland",)


def test_a_long_list_has_pages_and_no_page_is_missing():
    stored(*(a_service(f"Number {n:02}") for n in range(30)))

    second = find_at_desk(DeskSearch(), page=2, today=TODAY)
    beyond = find_at_desk(DeskSearch(), page=99, today=TODAY)

    assert [row.name for row in second.rows] == [f"Number {n}" for n in range(25, 30)]
    assert (second.pages, second.total) == (2, 30)
    assert beyond == second
    assert find_at_desk(DeskSearch(), page=-1, today=TODAY).page == 1


def test_all_sources_are_listed_by_name():
    stored(a_service())

    assert all_sources() == [("county-list", "The county-list")]
