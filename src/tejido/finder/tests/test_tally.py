"""The numbers of a search agree: heading, filters, sentence below it, API, and the list itself."""

import re
from collections import Counter
from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.domain.answer import Question
from tejido.finder.domain.near import NEAR_M
from tejido.finder.queries.places import find_place, where_at
from tejido.finder.queries.search import find_services, stated_near
from tejido.finder.testing import CONCEPTS, NOW, a_listing, a_snapshot
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.finder.web.finding import count_of
from tejido.finder.web.tally import Share, counted_in, share_of

HOURS = [(), ALWAYS, (Rule("WEEKLY", ("FR",), time(9), time(10, 7)),)]
IDS = [each.id for each in CONCEPTS]
PLACES = ["Oakland", "Fresno", "94606", "93721", "Alameda County", "Fresno County"]
near = st.tuples(st.floats(36.3, 38.2), st.floats(-122.6, -119.3))


def _listing(number, drawn):
    at, needs, rules, mode, no_id, spoken, is_hidden = drawn
    return a_listing(
        number,
        at=None if mode in {Mode.MAIL, Mode.PHONE} or is_hidden else at,
        postal_code="93721" if is_hidden else "",
        needs=needs,
        rules=rules,
        hours_known=bool(rules),
        mode=mode,
        facts={} if no_id is None else {Fact.NO_ID: no_id},
        languages=spoken,
    )


listings = st.lists(
    st.tuples(
        near,
        st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple),
        st.sampled_from(HOURS),
        st.sampled_from([Mode.FIXED, Mode.FIXED, Mode.MOBILE, Mode.MAIL, Mode.PHONE]),
        st.sampled_from([None, True, False]),
        st.sampled_from([(), ("en",), ("en", "es")]),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
).map(lambda drawn: [_listing(number, each) for number, each in enumerate(drawn, 1)])
questions = st.fixed_dictionaries(
    {
        "at": st.integers(0, 14 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        "words": st.sampled_from(["", "narcan", "narcan and hep c", "tests", "no id", "program"]),
        "need": st.sampled_from(["", "", "syringes", "tests", "methadone"]),
        "only_open": st.booleans(),
        "facts": st.sampled_from([(), ("no_id",)]),
        "spoken": st.sampled_from(["", "es"]),
        "limit": st.just(50),
    }
)


def _where(name):
    return where_at(find_place(name).place, label=name) if name else None


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    listings,
    st.lists(st.tuples(questions, st.sampled_from([*PLACES, ""])), min_size=1, max_size=8),
)
def test_the_heading_counts_what_the_list_shows(given_listings, asked):
    with TemporaryDirectory() as folder, override_settings(SNAPSHOTS=Path(folder)):
        a_snapshot(Path(folder), given_listings)
        for parts, name in asked:
            question = Question(**parts, where=_where(name))
            answer = find_services(question)
            where, only_open = question.where, question.only_open
            shares = Counter(share_of(hit, where, only_open=only_open) for hit in answer.hits)

            assert count_of(answer, question) == shares[Share.COUNTED]
            if where:
                stated = stated_near(question, within_m=NEAR_M)
                assert stated.every == shares[Share.COUNTED] + shares[Share.UNKNOWN]
                assert not only_open or stated.known_open == shares[Share.COUNTED]
            else:
                assert answer.total == shares[Share.COUNTED]
                assert answer.unknown_hours == shares[Share.UNKNOWN]


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(listings, questions, st.sampled_from(PLACES))
def test_the_api_counts_near_as_the_heading_does(given_listings, parts, name):
    with TemporaryDirectory() as folder, override_settings(SNAPSHOTS=Path(folder)):
        a_snapshot(Path(folder), given_listings)
        plain = parts | {"only_open": False, "facts": (), "spoken": ""}
        question = Question(**plain, where=_where(name))
        asked = {"q": parts["words"], "need": parts["need"], "near": name, "limit": 50}
        told = (
            Client().get("/api/finder/v1/search", {**asked, "at": parts["at"].isoformat()}).json()
        )

        counted = [*counted_in(find_services(question), question.where, only_open=False)]
        assert told["near"] == len(counted)


@pytest.fixture
def mixed(settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "Open room", rules=ALWAYS),
        place(2, "Blue van", rules=(), hours_known=False),
        place(3, "By post", at=None, mode=Mode.MAIL, rules=(), hours_known=False),
        place(4, "Both", rules=ALWAYS, needs=("naloxone", "syringes")),
        place(5, "Far room", north=3.0, rules=ALWAYS),
    )


def _page(client, path="/find/", **asked):
    response = client.post(path, {"place": "Fresno", **asked})
    return Page(response), response.content.decode()


def test_what_may_be_open_or_comes_by_mail_is_counted_beside_the_heading(client, mixed):
    page, _ = _page(client, need="naloxone", open="on")

    assert "2 places near Fresno have naloxone, with filters on" in page.of("h1")
    assert "Also in the list: 1 with hours not known, 1 by mail or phone." in page.text
    assert "Open now: 2 yes, 1 not known" in page.text


def test_two_needs_are_both_in_the_heading_and_what_has_one_says_what_it_lacks(client, mixed):
    page, content = _page(client, q="narcan and clean needles")

    assert page.of("h1") == ["1 place near Fresno has naloxone and new syringes"]
    assert "Also in the list: 3 with a part of what you asked for." in page.text
    card = re.search(r'id="place-2".*?</article>', content, re.S)[0]
    assert "It does not say that it has new syringes. Call to ask." in card


def test_two_needs_that_nobody_near_has_together_are_not_said_to_be_missing_alone(
    client, settings
):
    publish(settings.SNAPSHOTS, place(1, "Open room", rules=ALWAYS))
    page, _ = _page(client, "/es/find/", q="naloxona y agujas limpias")

    (heading,) = page.of("h1")
    assert "naloxona y jeringas" in heading
    assert "Abajo está lo que más se acerca." in page.text


def test_a_list_with_nothing_else_says_nothing_else(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Open room", rules=ALWAYS))
    page, _ = _page(client, need="naloxone")

    assert "Also in the list" not in page.text


def test_of_a_list_that_is_cut_no_number_is_told(client, settings):
    with_both = [place(n, f"Both {n}", rules=ALWAYS, needs=IDS[:2]) for n in range(1, 30)]
    with_one = [place(n, f"One {n}", rules=ALWAYS) for n in range(30, 80)]
    publish(settings.SNAPSHOTS, *with_both, *with_one)
    page, _ = _page(client, q="narcan and clean needles")

    assert page.of("h1") == ["29 places near Fresno have naloxone and new syringes"]
    assert "Also in the list: places with a part of what you asked for." in page.text


def test_where_nothing_near_has_it_no_hour_is_to_blame(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Open room", rules=ALWAYS, needs=("methadone",)))
    page, _ = _page(client, "/es/find/", need="syringes", open="on")

    assert page.of("h1") == ["Ningún lugar a menos de 25 millas de Fresno tiene jeringas nuevas"]


def test_what_is_meant_by_its_own_name_is_not_said_twice(client, mixed):
    page, _ = _page(client, q="naloxone")

    assert "You typed" not in page.text
    assert "You typed “narcan”" in _page(client, q="narcan")[0].text


def test_a_sentence_that_ends_with_an_hour_ends_with_one_full_stop(client, settings):
    publish(
        settings.SNAPSHOTS,
        place(1, "Open room", rules=(Rule("WEEKLY", ("SU",), time(8), time(9)),)),
    )
    page, content = _page(client, "/es/find/", need="naloxone", open="on")

    assert "1 lugar abre después" in page.text
    assert "a. m.." not in content.replace("\N{NO-BREAK SPACE}", " ")
