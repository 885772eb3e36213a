"""The results page: what it says for each state, in both languages, without the database."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.tests.reading import ALWAYS, DAYTIME, VAN, Page, place, publish

FIND = {"en": "/find/", "es": "/es/find/"}


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


@pytest.fixture
def fresno(folder):
    publish(
        folder,
        place(1, "Fulton Street van", es="Camioneta Fulton", north=0.006, rules=ALWAYS, **VAN),
        place(2, "Library box", north=0.04, rules=(), facts={Fact.NO_ID: False}),
        place(3, "Valley clinic", north=0.05, hours_known=False, languages=()),
        place(4, "Soup kitchen", north=0.02, rules=ALWAYS, needs=("tests",)),
        place(5, "Far away", north=1.5, rules=ALWAYS),
    )


def asked(client, language="en", **fields):
    return Page(client.post(FIND[language], fields))


def test_results_name_the_finding_in_the_heading_and_stay_silent_in_the_title(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")

    assert page.of("h1") == ["3 places near Fresno have naloxone"]
    assert page.of("title") == ["3 places - Tejido"]


def test_results_in_spanish_agree_in_number(client, folder):
    publish(folder, place(1, "Van", es="Camioneta", rules=ALWAYS))

    assert asked(client, "es", place="Fresno", need="naloxone").of("h1") == [
        "1 lugar cerca de Fresno tiene naloxona"
    ]


def test_results_say_each_state_in_words(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")

    assert "Always open · 24 hours" in page.text
    assert "Closed now · call to ask" in page.text
    assert "Hours not known · call first" in page.text


def test_results_say_what_is_not_known(client, fresno):
    page = asked(client, place="Fresno", need="naloxone", spoken="es")

    assert "Valley clinic" in page.text
    assert "ID: not known" in page.text
    assert "Spanish: not known" in page.text
    assert "Library box" not in page.text


def test_results_part_what_is_far_and_number_on(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")

    assert page.of("h2")[0:2] == ["Within 25 miles", "More than 25 miles"]
    starts = [attrs["start"] for tag, attrs in page.tags if tag == "ol"]
    assert starts == ["1", "4"]


def test_results_of_typing_errors_say_what_is_shown(client, fresno):
    page = asked(client, place="Fresno", q="naloxne")

    assert "Showing naloxone. You typed “naloxne”." in page.text


def test_results_find_the_place_inside_the_words(client, fresno):
    assert asked(client, q="narcan 93721").of("h1") == ["3 places near 93721 have naloxone"]


def test_results_without_a_place_speak_of_the_whole_list_and_ask_where(client, fresno):
    page = asked(client, need="naloxone")

    assert page.of("h1") == ["4 places in the whole list have naloxone"]
    assert "City, ZIP code or county. Then the closest come first." in page.text
    assert "miles" not in page.of("b")


def test_results_near_a_county_read_well_in_spanish(client, fresno):
    page = asked(client, "es", place="Fresno County", need="naloxone")

    assert page.of("h1") == ["4 lugares en el condado de Fresno tienen naloxona"]


def test_results_where_nothing_is_near_say_so_before_what_is_far(client, fresno):
    page = asked(client, place="Oakland", need="naloxone")

    assert page.of("h1") == ["No place within 25 miles of Oakland has naloxone"]
    assert "Fulton Street van" in page.text


def test_results_with_too_many_filters_name_the_one_to_take_off(client, folder):
    publish(folder, place(1, "Library box", rules=ALWAYS, facts={Fact.NO_ID: False}))

    page = asked(client, place="Fresno", need="naloxone", fact=["no-id", "walk-in"])

    assert page.of("h1") == ["No place near Fresno fits all your filters"]
    assert "no-id" in page.values("drop")
    assert "Without “No ID asked”: 1 place" in page.text


def test_results_say_what_opens_later(client, folder):
    publish(folder, place(1, "Day clinic", rules=DAYTIME))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = asked(client, place="Fresno", need="naloxone", open="on", day=tomorrow, hour="08:00")

    assert page.of("h1") == ["No place near Fresno is open at that time"]
    assert "1 place opens later. The first: Day clinic , opens 9:00 am." in page.text


def test_results_at_a_chosen_time_do_not_say_now(client, folder):
    publish(folder, place(1, "Day clinic", rules=DAYTIME))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    page = asked(client, place="Fresno", day=tomorrow, hour="10:00")

    assert "Open then · until 5:00 pm" in page.text
    assert "Open now" not in page.of("span")


def test_results_beyond_the_horizon_are_not_known(client, folder):
    publish(folder, place(1, "Day clinic", rules=DAYTIME))

    later = (timezone.localdate() + timedelta(days=60)).isoformat()

    page = asked(client, place="Fresno", day=later, hour="10:00")

    assert "Hours not known · call first" in page.text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "This day is over. Choose today or a later day"),
        (-2000, "This day is over. Choose today or a later day"),
        (367, "Choose a day within the next 12 months"),
        (2000, "Choose a day within the next 12 months"),
    ],
)
def test_a_day_that_is_over_or_too_far_ahead_is_refused(client, fresno, days, sentence):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()

    assert sentence in asked(client, place="Fresno", day=day, hour="10:00").text


def test_results_after_90_days_say_to_call(client, folder):
    old = timezone.localdate() - timedelta(days=120)
    publish(folder, place(1, "Old list", rules=ALWAYS, confirmed_on=old))

    page = asked(client, place="Fresno")

    assert "Last checked 3 months ago. Call before you go." in page.text


def test_results_by_mail_have_no_directions(client, folder):
    publish(folder, place(1, "By post", at=None, mode=Mode.MAIL, reach=("06019",)))

    page = asked(client, place="Fresno", need="naloxone")

    assert "By mail" in page.text
    assert not [attrs for _, attrs in page.tags if str(attrs.get("href")).startswith("geo:")]


def test_results_link_to_phone_and_own_map_and_nowhere_else(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")

    hrefs = {attrs["href"].split(":")[0] for tag, attrs in page.tags if tag == "a"}
    outside = {href for href in hrefs if not href.startswith(("/", "#"))}
    assert outside == {"tel", "sms", "geo", "https"}
    leaving = [a for t, a in page.tags if t == "a" and a["href"].startswith("https")]
    assert [link["href"] for link in leaving] == ["https://www.weather.gov/"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Enter a city, ZIP code or county"),
        ({"place": "Fresnno"}, "We could not find “Fresnno”. This finder is for California."),
        ({"place": "99999"}, "We do not know the ZIP code 99999. This finder is for California."),
        ({"place": "x" * 201}, "Use 200 letters or fewer"),
        ({"place": "Fresno", "need": "bogus"}, "We do not have this need. Choose one below"),
        ({"lat": "91", "lon": "0"}, "We could not read your location. Write a place"),
        ({"place": "Fresno", "day": "soon"}, "Write the day as year, month, day"),
        ({"place": "Fresno", "day": "9999-12-31", "hour": "10:00"}, "within the next 12 months"),
        ({"place": "Fresno", "day": "DAY"}, "Choose a time too"),
        ({"place": "Fresno", "hour": "25:99"}, "Write the time as hours and minutes"),
    ],
)
def test_a_search_that_cannot_be_answered_says_what_to_do(client, fresno, fields, sentence):
    today = timezone.localdate().isoformat()
    response = client.post("/find/", {k: v.replace("DAY", today) for k, v in fields.items()})
    page = Page(response)

    assert response.status_code == 200
    assert page.of("title")[0].startswith("Error: ")
    assert page.text.count(sentence) >= 1
    assert "There is a problem" in page.text


def test_an_unknown_place_keeps_everything_and_offers_near_names(client, fresno):
    page = asked(client, place="Fresnno", need="naloxone", q="spray", fact=["no-id"])

    assert "Fresno" in page.values("instead")
    assert "Fresnno" in page.values("place")
    assert {"naloxone"} <= set(page.values("need"))
    assert "spray" in page.values("q")
    assert "no-id" in page.values("fact")


def test_a_near_name_that_is_tapped_answers_the_same_search(client, fresno):
    page = asked(client, place="Fresnno", need="naloxone", instead="Fresno")

    assert page.of("h1") == ["3 places near Fresno have naloxone"]


def test_chips_take_one_part_off(client, fresno):
    page = asked(client, place="Fresno", need="naloxone", fact=["no-id"], drop="no-id")

    assert page.of("h1") == ["3 places near Fresno have naloxone"]
    assert "no-id" not in page.values("drop")


def test_a_zip_code_typed_with_a_space_is_understood(client, fresno):
    assert asked(client, place="93 721").of("h1") == ["4 places near 93721"]


def test_the_other_language_answers_the_same_search(client, fresno):
    response = client.post("/find/", {"place": "Fresno", "need": "naloxone", "fact": "no-id"})
    forms = [form for form in Page(response).forms if form[0]["action"] == "/es/find/"]

    assert dict(forms[0][1]) == {
        "place": "Fresno",
        "need": "naloxone",
        "fact": "no-id",
        "show": "20",
    }


@pytest.mark.parametrize(
    ("path", "there", "fields"),
    [
        ("/find/", "/es/find/", {"place": "Fresnno", "q": "naloxna"}),
        ("/find/", "/es/find/", {"place": "Fresno", "day": "soon"}),
        ("/", "/es/", {"place": "Fresno", "need": "naloxone", "day": "", "hour": "10:00"}),
    ],
)
def test_the_other_language_keeps_what_was_typed(client, fresno, path, there, fields):
    page = Page(client.post(path, fields))

    switch = next(sent for attrs, sent in page.forms if attrs["action"] == there)
    assert {name: value for name, value in fields.items() if value}.items() <= dict(switch).items()


def test_a_page_that_was_asked_nothing_holds_no_search_for_the_way_back(client, fresno):
    """Otherwise `back.js` would keep this empty one instead of sending the one before again."""
    pages = [Page(client.get("/find/")), Page(client.get("/")), Page(client.post("/", {}))]

    assert [form for page in pages for form, _ in page.forms if form.get("id") == "again"] == []


def test_the_name_of_a_place_is_a_link_and_a_button_keeps_the_search(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")

    links = {a["href"] for tag, a in page.tags if tag == "a" and a.get("class") == "place__name"}
    buttons = {a["formaction"] for tag, a in page.tags if a.get("form") == "again"}
    assert links == buttons
    assert len(links) == 4
    assert [form["action"] for form, _ in page.forms if form.get("id") == "again"] == ["/es/find/"]


def shared_links(page):
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    return [link for link in links if link.startswith("/find/?")]


def test_a_shared_link_answers_by_get_and_never_holds_a_position(client, fresno):
    page = asked(client, place="Fresno", need="naloxone")
    here = asked(client, lat="36.7378", lon="-119.7871", need="naloxone")

    link = "/find/?place=Fresno&need=naloxone"
    assert shared_links(page) == [link]
    assert shared_links(here) == []
    assert Page(client.get(link)).of("h1") == page.of("h1")


def test_a_position_is_rounded_again_and_carried_along(client, fresno):
    page = asked(client, lat="36.737812345", lon="-119.787", need="naloxone")

    assert page.of("h1") == ["3 places near you have naloxone"]
    assert set(page.values("lat")) == {"36.74"}


def test_results_are_not_kept_not_indexed_and_set_no_cookie(client, fresno):
    response = client.post("/find/", {"place": "Fresno", "need": "naloxone"})

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


def test_results_say_that_places_are_invented(client, folder):
    publish(folder, place(1, "Van", rules=ALWAYS, is_invented=False))
    real = asked(client, place="Fresno")
    publish(folder, place(1, "Van", rules=ALWAYS, is_invented=True))

    assert "invented" not in real.text
    assert "The places here are invented." in asked(client, place="Fresno").text


def test_results_stay_light(client, folder):
    publish(
        folder,
        *(place(n, f"Place {n}", north=n / 1000, rules=ALWAYS, **VAN) for n in range(1, 61)),
    )

    response = client.post("/es/find/", {"place": "Fresno", "show": "50"})

    assert len(gzip.compress(response.content)) < 15_000


def test_without_a_list_the_page_is_calm_and_gives_numbers(client):
    response = client.post("/es/find/", {"place": "Fresno"})
    page = Page(response)

    assert response.status_code == 503
    assert page.of("h1") == ["La lista de lugares todavía no está"]
    assert {"tel:911", "tel:988", "tel:211"} <= {
        attrs.get("href") for tag, attrs in page.tags if tag == "a"
    }


NASTY = st.one_of(
    st.text(max_size=300),
    st.sampled_from(["", "nan", "inf", "-1e309", "\x00", "' OR 1=1", "<b>", "９３７２１", "on"]),
)
NAMES = st.sampled_from(
    [
        "place",
        "q",
        "need",
        "pick",
        "lat",
        "lon",
        "day",
        "hour",
        "open",
        "fact",
        "spoken",
        "show",
        "drop",
        "instead",
    ]
)


@tries(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(fields=st.dictionaries(NAMES, NASTY, max_size=8), language=st.sampled_from(["en", "es"]))
def test_whatever_is_sent_gets_a_page(client, fresno, fields, language):
    for path in (FIND[language], "/", "/place/00000000-0000-0000-0000-000000000001/"):
        assert client.post(path, fields).status_code == 200
    assert client.get(FIND[language], fields).status_code == 200
