"""Home, one place, overdose, privacy, about: what they mean in both languages."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.utils import timezone

from tejido.directory.domain.public import PublicText
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import Mode
from tejido.finder.queries.state import last_known_day
from tejido.finder.testing import a_snapshot
from tejido.finder.tests.reading import ALWAYS, DAYTIME, EVERY_DAY, VAN, Page, place, publish

ONE = "/place/00000000-0000-0000-0000-000000000001/"


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


def test_home_puts_find_before_every_need_so_that_enter_searches(client, folder):
    publish(folder, place(1, "Van"))
    page = Page(client.get("/"))

    buttons = [attrs.get("value", "") for tag, attrs in page.tags if tag == "button"]
    needs = ["naloxone", "syringes", "wound-care", "tests", "treatment", "drug-checking"]
    needs += ["basics", "talk"]
    assert [value for value in buttons if value] == needs
    assert buttons.index("") < buttons.index("naloxone")


@pytest.mark.parametrize(
    ("path", "place_label"), [("/", "Where are you?"), ("/es/", "¿Dónde está?")]
)
def test_home_asks_in_both_languages(client, folder, path, place_label):
    publish(folder, place(1, "Van"))
    page = Page(client.get(path))

    assert place_label in page.text
    assert [attrs["lang"] for tag, attrs in page.tags if tag == "html"] == [
        path.strip("/") or "en"
    ]


def test_home_works_before_the_list_is_built(client):
    assert client.get("/").status_code == 200


def test_home_offers_a_phone_only_where_somebody_answers(client, settings):
    silent = Page(client.get("/"))
    settings.NETWORK_PHONE = "+15595550142"

    assert "Rather talk?" not in silent.text
    assert "Rather talk?" in Page(client.get("/")).text


def test_change_search_keeps_what_was_asked(client, folder):
    publish(folder, place(1, "Van"))
    page = Page(
        client.post(
            "/",
            {
                "place": "Fresno",
                "q": "spray",
                "need": "naloxone",
                "fact": "no-id",
                "lat": "",
                "open": "on",
            },
        )
    )

    assert set(page.values("place")) == {"Fresno"}
    assert set(page.values("q")) == {"spray"}
    assert ("no-id" in page.values("fact"), "on" in page.values("open")) == (True, True)
    assert page.values("need")[0] == "naloxone"
    assert "need" in page.values("drop")


def test_a_kept_part_is_taken_off_at_home(client, folder):
    publish(folder, place(1, "Van"))
    page = Page(client.post("/", {"place": "Fresno", "need": "naloxone", "drop": "need"}))

    assert page.values("drop") == []
    assert set(page.values("place")) == {"Fresno"}


def test_a_place_tells_what_to_know_before_going(client, folder):
    publish(folder, place(1, "Fulton Street van", rules=ALWAYS, mode=Mode.MOBILE, **VAN))
    page = Page(client.get(ONE))

    assert page.of("h1") == ["Fulton Street van"]
    assert "Always open · 24 hours" in page.text
    assert {"You need no ID", "Walk in", "Cost: not known"} <= set(page.of("span"))
    assert "English, Spanish" in page.text
    assert "Checked by the program 6 days ago" in page.text
    assert "Phone: (559) 555-0101" in page.text


def test_a_place_shows_seven_days_with_today_marked(client, folder):
    today = timezone.localdate()
    late = Rule("WEEKLY", EVERY_DAY, time(20), time(2))
    closed = DatedException(today + timedelta(days=2), today + timedelta(days=2), reason="Feast")
    publish(folder, place(1, "Night van", rules=(late,), exceptions=(closed,)))
    page = Page(client.get(ONE))

    rows = [attrs.get("class") for tag, attrs in page.tags if tag == "tr"]
    assert rows[1:] == ["week__today"] + [None] * 6
    assert page.text.count("8:00 pm to 2:00 am the next day") == 6
    assert "Closed Feast" in page.text


def test_a_place_names_special_days_that_come_after_the_week(client, folder):
    day = timezone.localdate() + timedelta(days=20)
    publish(
        folder,
        place(1, "Van", rules=ALWAYS, exceptions=(DatedException(day, day, reason="Feast"),)),
    )

    assert "Special days" in Page(client.get(ONE)).text


@pytest.mark.parametrize("language", ["", "/es"])
def test_a_place_names_no_day_that_a_list_knows_nothing_of(client, folder, language):
    publish(folder, place(1, "Van", rules=ALWAYS))
    last = last_known_day("America/Los_Angeles")
    days = [last, last + timedelta(days=1)]
    exceptions = tuple(DatedException(day, day, reason=f"Feast {day}") for day in days)
    publish(folder, place(1, "Van", rules=ALWAYS, exceptions=exceptions))

    text = Page(client.get(language + ONE)).text
    asked = {"need": "naloxone", "place": "Fresno", "hour": "12:00"}
    lists = [Page(client.post("/find/", {**asked, "day": day.isoformat()})).text for day in days]

    assert [f"Feast {day}" in text for day in days] == [True, False]
    assert ["Closed then" in lists[0], "Hours not known" in lists[0]] == [True, False]


@pytest.mark.parametrize("built_days_ago", [31, 40])
def test_a_week_ends_with_what_an_old_list_knows(client, folder, built_days_ago):
    at = timezone.now() - timedelta(days=built_days_ago)
    a_snapshot(folder, [place(1, "Van", rules=ALWAYS)], at=at)

    rows = [tag for tag, _ in Page(client.get(ONE)).tags if tag == "tr"]

    known = (last_known_day("America/Los_Angeles") - timezone.localdate()).days + 1
    assert known < 7
    assert len(rows[1:]) == max(0, known)


def test_a_common_holiday_is_named_in_spanish_and_other_reasons_are_marked(client, folder):
    days = [timezone.localdate() + timedelta(days=ahead) for ahead in (20, 21)]
    reasons = zip(days, ("Thanksgiving", "Staff training"), strict=True)
    exceptions = tuple(DatedException(day, day, reason=reason) for day, reason in reasons)
    publish(folder, place(1, "Van", es="Camioneta", rules=ALWAYS, exceptions=exceptions))
    page = Page(client.get("/es" + ONE))

    assert "Día de Acción de Gracias" in page.text
    marked = [attrs["lang"] for tag, attrs in page.tags if tag == "span" and "lang" in attrs]
    assert marked == ["en"]


def test_a_place_without_hours_says_to_call(client, folder):
    publish(folder, place(1, "Van", hours_known=False))

    page = Page(client.get(ONE))

    assert "Nobody has told us the hours. Call before you go." in page.text


def test_a_place_in_spanish_marks_what_is_only_in_english(client, folder):
    publish(folder, place(1, "Fulton Street van", es="Camioneta Fulton", rules=ALWAYS))
    page = Page(client.get("/es" + ONE))

    assert page.of("h1") == ["Camioneta Fulton"]
    assert "Solo en inglés:" in page.text
    assert [attrs["lang"] for tag, attrs in page.tags if tag == "p" and "lang" in attrs] == [
        "en",
        "en",
    ]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ({"name": "translated", "description": "translated"}, "están traducidos. Nadie ha rev"),
        ({"name": "translated", "description": "stale"}, "la traducción de un texto anterior"),
        ({"name": "machine", "description": "translated"}, "Una máquina tradujo los textos"),
    ],
)
def test_a_place_says_once_that_nobody_reviewed_its_translation(client, folder, states, words):
    van = place(1, "Van", rules=ALWAYS)
    spanish = PublicText("es", "Camioneta", "Toque el timbre.", "", "", states)
    publish(folder, replace(van, texts=(*van.texts, spanish)))
    page = Page(client.get("/es" + ONE)).text

    assert page.count("sobre este lugar") == page.count(words) == 1
    assert "about this place" not in Page(client.get(ONE)).text


def test_a_place_whose_translation_was_reviewed_says_nothing_of_it(client, folder):
    van = place(1, "Van", rules=ALWAYS)
    spanish = PublicText("es", "Camioneta", "", "", "", {"name": "reviewed"})
    publish(folder, replace(van, texts=(*van.texts, spanish)))

    assert "sobre este lugar" not in Page(client.get("/es" + ONE)).text


def test_a_place_names_its_source_and_an_invented_one_in_the_language_of_the_page(client, folder):
    real = place(2, "Clinic", source="County of Fresno", is_invented=False)
    publish(folder, place(1, "Van", source="Invented list"), real)

    assert "Fuente: una red inventada" in Page(client.get("/es" + ONE)).text
    assert "Fuente: County of Fresno" in Page(client.get("/es" + ONE.replace("01/", "02/"))).text


def test_a_place_reached_from_a_list_leads_back_to_it(client, folder):
    publish(folder, place(1, "Van", rules=ALWAYS))
    page = Page(client.post(ONE, {"place": "Fresno", "need": "naloxone"}))

    back = next(fields for attrs, fields in page.forms if attrs["action"] == "/find/")
    assert dict(back) == {"place": "Fresno", "need": "naloxone", "show": "20"}


def test_a_place_reached_from_a_list_keeps_the_hour_asked_about(client, folder):
    publish(folder, place(1, "Day clinic", rules=DAYTIME))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()

    asked = Page(client.post(ONE, {"place": "Fresno", "day": tomorrow, "hour": "08:00"}))

    assert "Closed then · opens 9:00 am" in asked.text
    assert "Open or closed at 8:00 am," in asked.text


def test_a_place_can_be_copied_and_looked_at_elsewhere_by_choice_only(client, folder):
    publish(folder, place(1, "Van", address_lines=("1 Fulton Street",), city="Fresno"))
    page = Page(client.get(ONE))

    maps = [a for tag, a in page.tags if "openstreetmap" in a.get("href", "")]
    assert [(a["rel"], a["href"].split("?")[0]) for a in maps] == [
        ("noreferrer nofollow", "https://www.openstreetmap.org/directions"),
        ("noreferrer nofollow", "https://www.openstreetmap.org/"),
    ]
    assert "it sees which place you look at" in page.text
    copies = [a for _, a in page.tags if "data-copy" in a]
    assert [("hidden" in a, a["data-copy"][:15]) for a in copies] == [(True, "1 Fulton Street")]


def test_a_place_that_is_not_public_looks_like_one_that_never_was(client, folder):
    publish(folder, place(2, "Van"))

    response = client.get(ONE)

    assert response.status_code == 404
    assert "Van" not in Page(response).text


def test_a_place_by_mail_names_its_counties(client, folder):
    publish(folder, place(1, "Post", at=None, mode=Mode.MAIL, reach=("06019",)))

    assert "Counties: Fresno" in Page(client.get(ONE)).text


@pytest.mark.parametrize("path", ["/overdose/", "/es/overdose/"])
def test_the_overdose_page_calls_first_and_says_that_nobody_reviewed_it(client, path):
    page = Page(client.get(path))

    first = next(attrs for tag, attrs in page.tags if str(attrs.get("href")).startswith("tel:"))
    assert first["href"] == "tel:911"
    assert len([1 for tag, attrs in page.tags if attrs.get("class") == "step"]) == 7
    assert ("not yet reviewed" in page.text) or ("sin revisar" in page.text)


@pytest.mark.parametrize("path", ["/", "/overdose/", "/privacy/", "/about/"])
def test_every_page_has_a_spanish_twin_and_one_heading(client, folder, path):
    publish(folder, place(1, "Van"))
    english, spanish = Page(client.get(path)), Page(client.get(f"/es{path}"))

    links = {attrs.get("href") for tag, attrs in english.tags if tag == "a"}
    assert f"/es{path}" in links
    assert (len(english.of("h1")), len(spanish.of("h1"))) == (1, 1)
    assert english.of("h1") != spanish.of("h1")


@pytest.mark.parametrize("path", ["/", "/find/", "/overdose/", "/privacy/", "/about/", ONE])
def test_no_page_says_please_shouts_or_names_a_stigma(client, folder, path):
    publish(folder, place(1, "Van", rules=ALWAYS, **VAN))
    for text in (Page(client.get(path)).text, Page(client.get(f"/es{path}")).text):
        words = text.lower()
        assert not [
            said
            for said in ("please", "por favor", "!", "¡", "addict", "adicto", "abuse", "abuso")
            if said in words
        ]


def test_no_page_uses_inline_style_or_script(client, folder):
    publish(folder, place(1, "Van", rules=ALWAYS, **VAN))
    for path in ("/", "/find/?place=Fresno", "/overdose/", "/privacy/", "/about/", ONE):
        page = Page(client.get(path))
        assert not [attrs for _, attrs in page.tags if "style" in attrs]
        assert not [attrs for tag, attrs in page.tags if tag == "script" and "src" not in attrs]
        assert not [tag for tag, _ in page.tags if tag == "style"]
