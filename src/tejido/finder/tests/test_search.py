"""The finder's answers, on snapshots of a few listings."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tejido.directory.domain.vocabulary import Fact, Mode, Tier
from tejido.finder.domain.answer import Open, Question, Where
from tejido.finder.queries.search import (
    count_near,
    find_listing,
    find_services,
    hours_at,
    need_labels,
)
from tejido.finder.testing import FRESNO, NOW, OAKLAND, a_listing, a_snapshot

HERE = Where(*OAKLAND, label="Oakland")


def found(folder, listings, **asked):
    a_snapshot(folder, listings)
    return find_services(Question(**{"at": NOW, "where": HERE, **asked}))


def numbers(answer):
    return [hit.listing.id.int for hit in answer.hits]


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


@pytest.mark.parametrize(
    "words", ["narcan", "Naloxona", "naloxne", "NALOXONE", "naloxona oakland no such word"]
)
def test_find_services_understands_naloxone_in_every_wording(folder, words):
    answer = found(
        folder, [a_listing(1, needs=("naloxone",)), a_listing(2, name="Soup")], words=words
    )

    assert numbers(answer) == [1]
    assert answer.needs == ("naloxone",)


def test_find_services_says_what_it_corrected(folder):
    answer = found(folder, [a_listing(1, needs=("methadone",))], words="metadnoa")

    assert answer.corrected == {"metadnoa": "metadona"}
    assert answer.hits[0].why == ("need:methadone", "corrected:metadnoa:metadona", "core")


def test_find_services_leaves_a_word_alone_that_leads_to_no_need(folder):
    answer = found(folder, [a_listing(1, name="Helath van")], words="healht")

    assert (dict(answer.corrected), numbers(answer)) == ({}, [])


def test_find_services_does_not_repair_towards_the_words_of_listings(folder):
    answer = found(folder, [a_listing(1, name="Juniper garden")], words="junipre")

    assert (dict(answer.corrected), numbers(answer)) == ({}, [])


def test_find_services_tells_two_needs_from_two_names_of_one(folder):
    listings = [a_listing(1, needs=("naloxone", "syringes"))]

    answer = found(folder, listings, words="naloxone and clean needles")

    assert answer.wanted == (("naloxone",), ("syringes",))
    assert answer.needs == ("naloxone", "syringes")


def test_find_services_offers_any_of_the_needs_where_nobody_has_them_all(folder):
    listings = [
        a_listing(1, needs=("naloxone",)),
        a_listing(2, needs=("methadone",)),
        a_listing(3, name="Downtown soup"),
    ]

    answer = found(folder, listings, words="naloxone and methadone downtown")

    assert sorted(numbers(answer)) == [1, 2]


def test_find_services_by_a_broader_need_finds_the_narrower(folder):
    answer = found(folder, [a_listing(1, needs=("hepatitis-c-test",))], need="tests")

    assert numbers(answer) == [1]
    assert answer.hits[0].matched_needs == ("tests",)


def test_find_services_by_a_narrower_need_gives_the_broader_only_instead(folder):
    answer = found(folder, [a_listing(1, needs=("tests",))], words="hep c")

    assert answer.total == 0
    assert [hit.instead for hit in answer.hits] == [("tests",)]


def test_find_services_puts_open_before_closed_and_unknown_between(folder):
    listings = [
        a_listing(1, needs=("naloxone",), rules=()),
        a_listing(2, needs=("naloxone",), hours_known=False),
        a_listing(3, needs=("naloxone",)),
    ]

    answer = found(folder, listings, need="naloxone")

    assert numbers(answer) == [3, 2, 1]
    assert [hit.hours.state for hit in answer.hits] == [Open.OPEN, Open.UNKNOWN, Open.CLOSED]


def test_find_services_only_open_keeps_unknown_and_counts_it_apart(folder):
    listings = [
        a_listing(1, needs=("naloxone",), rules=()),
        a_listing(2, needs=("naloxone",), hours_known=False),
        a_listing(3, needs=("naloxone",)),
    ]

    answer = found(folder, listings, need="naloxone", only_open=True)

    assert numbers(answer) == [3, 2]
    assert (answer.total, answer.unknown_hours) == (1, 1)
    asked = Question(at=NOW, where=HERE, need="naloxone", only_open=True)
    assert count_near(asked, within_m=1_000) == 1


def test_find_services_never_calls_open_what_nobody_confirmed_for_too_long(folder):
    fixed = a_listing(1, confirmed_on=date(2026, 8, 22))
    overdue = a_listing(2, confirmed_on=date(2026, 8, 21))
    van = a_listing(3, mode=Mode.MOBILE, confirmed_on=date(2026, 10, 20))
    never = a_listing(4, confirmed_on=None)

    answer = found(folder, [fixed, overdue, van, never])

    states = {hit.listing.id.int: hit.hours.state for hit in answer.hits}
    assert states == {1: Open.OPEN, 2: Open.UNKNOWN, 3: Open.UNKNOWN, 4: Open.UNKNOWN}


def test_find_services_leaves_out_a_denied_fact_and_keeps_an_unknown_one_below(folder):
    listings = [
        a_listing(1, facts={Fact.NO_ID: False}, needs=("naloxone",)),
        a_listing(2, facts={}, needs=("naloxone",)),
        a_listing(3, facts={Fact.NO_ID: True}, needs=("naloxone",)),
    ]

    answer = found(folder, listings, need="naloxone", facts=("no-id",))

    assert numbers(answer) == [3, 2]


def test_find_services_leaves_out_a_language_that_is_not_spoken(folder):
    listings = [
        a_listing(1, languages=("en",), needs=("naloxone",)),
        a_listing(2, languages=(), needs=("naloxone",)),
        a_listing(3, languages=("en", "es"), needs=("naloxone",)),
    ]

    assert numbers(found(folder, listings, need="naloxone", spoken="es")) == [3, 2]


def test_find_services_by_mail_reaches_its_counties_only(folder):
    listings = [
        a_listing(1, at=None, mode=Mode.MAIL, reach=("06019",), needs=("naloxone",)),
        a_listing(2, at=None, mode=Mode.MAIL, reach=("06001",), needs=("naloxone",)),
        a_listing(3, at=None, mode=Mode.MAIL, needs=("naloxone",)),
    ]

    answer = found(folder, listings, need="naloxone")

    assert numbers(answer) == [2, 3]
    assert answer.hits[0].why == ("need:naloxone", "core", "mail")
    assert answer.hits[0].distance_m is None


@pytest.mark.parametrize("mode", [Mode.PHONE, Mode.MAIL])
def test_find_services_finds_what_is_delivered_wherever_it_reaches_not_where_it_sets_out(
    folder, mode
):
    listings = [
        a_listing(1, at=FRESNO, mode=mode, reach=("06001", "06019"), needs=("naloxone",)),
        a_listing(2, at=OAKLAND, mode=mode, reach=("06019",), needs=("naloxone",)),
        a_listing(3, at=FRESNO, mode=mode, needs=("naloxone",)),
    ]

    answer = found(folder, listings, need="naloxone")

    assert [hit.listing.id.int for hit in answer.hits if hit.near] == [1]
    assert (answer.hits[0].distance_m, answer.hits[0].listing.point) == (None, None)


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        (Mode.PHONE, ("need:naloxone", "core", "phone")),
        (Mode.FIXED, ("need:naloxone", "core")),  # a house whose address is not public
    ],
)
def test_find_services_says_by_mail_only_of_what_comes_by_mail(folder, mode, why):
    listing = a_listing(1, at=None, city="Oakland", mode=mode, needs=("naloxone",))

    answer = found(folder, [listing], need="naloxone", where=None)

    assert [hit.why for hit in answer.hits] == [why]


def test_find_services_without_a_place_searches_the_whole_state(folder):
    listings = [a_listing(1, at=FRESNO, name="Soup kitchen"), a_listing(2, name="Soup")]

    answer = found(folder, listings, words="soup", where=None)

    assert sorted(numbers(answer)) == [1, 2]
    assert answer.hits[0].distance_m is None


def test_find_services_without_words_gives_harm_reduction_near_first(folder):
    near = a_listing(2, at=(37.81, -122.27))
    context = a_listing(3, at=(37.80, -122.27), tier=Tier.CONTEXT)
    answer = found(folder, [a_listing(1, at=(37.85, -122.27)), near, context])

    assert numbers(answer) == [2, 1, 3]
    assert answer.hits[0].distance_m == pytest.approx(632, abs=10)


def test_find_services_puts_what_offers_before_what_mentions(folder):
    mentions = a_listing(1, name="Food bank", description="We refer you for methadone.")
    offers = a_listing(2, at=(37.82, -122.27), needs=("methadone",))

    assert numbers(found(folder, [mentions, offers], words="metadona")) == [2, 1]


def test_find_services_does_not_read_slang_into_prose(folder):
    prose = a_listing(1, description="It works well, and makes good points.")

    assert numbers(found(folder, [prose], words="clean needles")) == []


def test_find_services_at_a_chosen_hour_says_when_it_closes_and_opens(folder):
    evening = NOW + timedelta(hours=9)
    answer = found(folder, [a_listing()], at=evening)

    hours = answer.hits[0].hours
    assert hours.state is Open.CLOSED
    assert hours.opens_at.isoformat() == "2026-11-23T09:00:00-08:00"


def test_find_services_beyond_the_horizon_is_unknown(folder):
    answer = found(folder, [a_listing(confirmed_on=date(2026, 12, 30))], at=NOW + timedelta(40))

    assert answer.hits[0].hours.state is Open.UNKNOWN


def test_find_services_temporarily_closed_is_closed_however_old(folder):
    answer = found(folder, [a_listing(temporarily_closed=True, confirmed_on=None)])

    assert answer.hits[0].hours.state is Open.CLOSED


def test_find_listing_and_hours_at_read_the_snapshot(folder):
    a_snapshot(folder, [a_listing(7)])

    listing = find_listing(a_listing(7).id)

    assert listing == a_listing(7)
    assert hours_at(listing, NOW).closes_at == datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert find_listing(a_listing(8).id) is None
    assert hours_at(a_listing(8), NOW).state is Open.UNKNOWN


def test_need_labels_are_in_the_language_asked_for(folder):
    a_snapshot(folder, [])

    assert need_labels("es")["methadone"] == "Metadona"
