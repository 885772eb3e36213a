"""Whatever is asked, by whatever way: a sentence that helps, nothing done, nothing kept."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache

from tejido.finder.api import search as search_api
from tejido.finder.domain.answer import Question
from tejido.finder.queries.search import find_services
from tejido.finder.services.unmet import UNMET
from tejido.finder.testing import NOW, a_listing
from tejido.finder.tests.phone import asked_of, packs_of, run_node
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.finder.tests.texting import kept
from tejido.foundation.rate import Rate
from tejido.gateways.twilio import SIGNATURE_HEADER, Twilio

pytestmark = pytest.mark.django_db
FIND = {"en": "/find/", "es": "/es/find/"}
SEARCH = "/api/finder/v1/search"
KEY, URL = "a key for tests", "http://testserver/sms/"


@dataclass(frozen=True)
class Bad:
    """A question, and the beginning of what is said to it, in English and in Spanish.

    Attributes:
        words: as words of a search, as a place, as a text message.
        page: of the page, for its words.
        place: of the page, for its place.
        api, near: of the API, for `q` and `near`; None where it answers like any other question.
        text: of a text message.
    """

    words: str
    page: tuple[str, str]
    place: tuple[str, str]
    api: tuple[str, str] | None
    near: tuple[str, str] | None
    text: tuple[str, str]


NOT_UNDERSTOOD = ("We did not understand. Text what you need", "No entendimos. Escriba qué")
EMPTY = ("Enter a city, ZIP code or county", "Escriba una ciudad, un código postal o un condado")
TOO_LONG = ("Use 200 letters or fewer", "Use 200 letras o menos")
NOTHING = ("No place in the list has this", "Ningún lugar de la lista tiene esto")
NO_WORD = ("q has no word in it.", "q no tiene ninguna palabra.")
LONG_Q = ("q must be at most 200 characters.", "q debe tener 200 caracteres o menos.")
LONG_NEAR = ("near must be a ZIP code, town or", "near debe ser un código postal, una")


def unknown(name):
    return (f"We could not find “{name}”. This finder", f"No encontramos “{name}”. Este buscador")


def nowhere(name):
    return (
        f"near: no place in California is called {name}.",
        f"near: ningún lugar de California se llama {name}.",
    )


def unreadable(words):
    understood = (
        f"We did not understand “{words}”. Say what you need in words",
        f"No entendimos “{words}”. Diga qué necesita con palabras",
    )
    return Bad(words, understood, unknown(words), NO_WORD, nowhere(words), NOT_UNDERSTOOD)


def hostile(words):
    return Bad(words, NOTHING, unknown(words), None, nowhere(words), NOT_UNDERSTOOD)


def endless(words):
    return Bad(words, TOO_LONG, TOO_LONG, LONG_Q, LONG_NEAR, NOT_UNDERSTOOD)


def elsewhere(name, *, place, near):
    page = (f"“{name}” is not in California", f"“{name}” no está en California")
    text = ("That place is not in California", "Ese lugar no esta en California")
    return Bad(f"narcan {name}", page, place, None, near, text)


CASES = {
    "empty": Bad("", EMPTY, EMPTY, None, None, NOT_UNDERSTOOD),
    "blanks": Bad("  \t ", EMPTY, EMPTY, None, None, NOT_UNDERSTOOD),
    "letters that nobody sees": Bad(
        "\x00\u202e\u200b", EMPTY, EMPTY, NO_WORD, nowhere("\x00\u202e\u200b"), NOT_UNDERSTOOD
    ),
    "emoji": unreadable("💉💉🏠"),
    "several pictures in one": unreadable("👩‍👩‍👧"),
    "marks": unreadable("?!…*"),
    "one endless word": endless("x" * 5_000),
    "endless words": endless("zanate asdf " * 500),
    "a script": hostile("<script>alert(7731)</script>"),
    "a statement": hostile("'; DROP TABLE s; --"),
    "the language of the index": hostile('zanate" OR "t_asdf* NEAR('),
    "the language of templates": hostile("%s%n{zanate}{{7*7}}"),
    "a file": hostile("../../etc/passwd"),
    "another script's letters": hostile("нарк 注射 مساعدة"),
    "a city elsewhere": elsewhere(
        "Las Vegas", place=unknown("narcan Las Vegas"), near=nowhere("narcan Las Vegas")
    ),
    "a state elsewhere": elsewhere(
        "Texas",
        place=("“narcan Texas” is not in California", "“narcan Texas” no está en California"),
        near=(
            "near: narcan Texas is not in California.",
            "near: narcan Texas no está en California.",
        ),
    ),
    "yesterday": Bad(
        "narcan yesterday",
        ("This time is over. Write a later one", "Esta hora ya pasó. Escriba otra más tarde"),
        unknown("narcan yesterday"),
        None,
        nowhere("narcan yesterday"),
        ("That time is over.", "Esa hora ya paso."),
    ),
    "both languages": Bad(
        "necesito clean needles en Fresno please",
        ("1 place near Fresno has new syringes", "1 lugar cerca de Fresno tiene jeringas"),
        unknown("necesito clean needles en Fresno please"),
        None,
        nowhere("necesito clean needles en Fresno please"),
        ("Near Fresno:", "Cerca de Fresno:"),
    ),
}
EACH = pytest.mark.parametrize("bad", CASES.values(), ids=CASES)
IN_BOTH = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture(autouse=True)
def published(settings, own_data_folder, monkeypatch):
    cache.clear()
    UNMET.forget()
    monkeypatch.setattr(search_api, "rate", Rate(per_minute=1_000))
    settings.SMS_AUTH_TOKEN = KEY
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("syringes",)))


def said_in(pair, language):
    return pair[language == "es"]


def api(client, language, **asked):
    return client.get(SEARCH, {"language": language, **asked})


def texted(client, words, *, key=KEY, sender="+15105557731"):
    form = {"MessageSid": f"SM{hash(words)}", "From": sender, "Body": words}
    signed = Twilio(key).signature(URL, {name: [value] for name, value in form.items()})
    return client.post("/sms/", form, headers={SIGNATURE_HEADER: signed})


@EACH
@IN_BOTH
@pytest.mark.parametrize("way", ["post", "get"])
def test_the_page_and_a_shared_link_say_what_to_do(client, bad, language, way):
    response = getattr(client, way)(FIND[language], {"q": bad.words})

    assert response.status_code == 200
    assert said_in(bad.page, language) in Page(response).text


@EACH
@IN_BOTH
def test_the_page_says_what_to_do_where_it_is_given_as_a_place(client, bad, language):
    page = Page(client.post(FIND[language], {"place": bad.words}))

    assert said_in(bad.place, language) in page.text
    assert page.of("title")[0].startswith("Error: ")


@EACH
@IN_BOTH
@pytest.mark.parametrize("name", ["q", "near"])
def test_the_api_answers_or_says_what_to_change(client, bad, language, name):
    refusal = {"q": bad.api, "near": bad.near}[name]

    response = api(client, language, **{name: bad.words})

    assert response.status_code == (422 if refusal else 200)
    if refusal:
        assert response.json()["sentence"].startswith(said_in(refusal, language))
        assert response.json()["parameter"] == name
    else:
        assert set(response.json()["understood"]) >= {"needs", "place_unclear"}


@EACH
@IN_BOTH
def test_a_text_message_is_answered_with_what_to_do(client, bad, language):
    texted(client, language.upper())

    response = texted(client, bad.words)

    assert response.status_code == 200
    answer = fromstring(response.content).findtext("Message")
    assert answer.startswith(said_in(bad.text, language))


def test_the_phone_without_signal_answers_each_as_the_server_does(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    listings = [a_listing(1, name="Van", needs=("syringes",)), a_listing(2, name="House")]
    pack = packs_of(settings.SNAPSHOTS, listings)["core", "en"]
    questions = [Question(at=NOW, words=bad.words) for bad in CASES.values()]

    asked = {"pack": pack, "questions": [asked_of(question) for question in questions]}
    answers = run_node(tmp_path, "answers.mjs", asked)

    for question, answer in zip(questions, answers, strict=True):
        expected = find_services(question)
        ids = [hit.listing.id.hex for hit in expected.hits]
        assert [hit["id"] for hit in answer["hits"]] == ids
        assert (answer["needs"], answer["total"]) == (list(expected.needs), expected.total)


def everything(client, bad):
    """Ask in every way, and return the answers."""
    yield client.post(FIND["en"], {"q": bad.words})
    yield client.get(FIND["es"], {"q": bad.words, "place": bad.words})
    yield client.post("/", {"q": bad.words, "need": bad.words, "drop": bad.words})
    yield api(client, "en", q=bad.words)
    yield api(client, "es", near=bad.words, need=bad.words)
    yield texted(client, bad.words)
    yield texted(client, bad.words, key="another")


def file_hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


@EACH
def test_nothing_is_executed_and_nothing_is_kept(client, settings, bad):
    before = file_hashes(settings.DATA)

    answers = list(everything(client, bad))

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
    assert [answer for answer in answers if answer.cookies] == []
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
    shown = "".join(
        answer.content.decode() for answer in answers if "html" in answer.headers["Content-Type"]
    )
    assert bad.words == escape(bad.words) or bad.words not in shown
    assert "49" not in Page(answers[0]).of("h1")[0]
    assert file_hashes(settings.DATA) == before
    assert kept() != []
    assert "zanate" not in repr(kept())
    assert {cell[0] for cell in UNMET._counts} <= {"naloxone", "syringes"}


@EACH
def test_a_forged_message_is_refused_whatever_it_says(client, bad):
    response = texted(client, bad.words, key="another")

    assert (response.status_code, response.content) == (403, b"The signature is wrong.")
    assert kept() == []


@IN_BOTH
def test_what_was_typed_stands_on_the_page_as_text_to_be_changed(client, language):
    words = CASES["a script"].words

    page = Page(client.post(FIND[language], {"q": words, "place": "Fresnno"}))

    assert words in page.values("q")
    assert ("script", {}) not in page.tags


@IN_BOTH
def test_a_link_with_a_day_that_is_over_says_so(client, language):
    asked = {"place": "Fresno", "need": "syringes", "day": "2020-01-01", "hour": "10:00"}
    sentence = ("This day is over. Choose today or a later day", "Este día ya pasó. Elija hoy")

    page = Page(client.get(FIND[language], asked))

    assert said_in(sentence, language) in page.text


def test_for_the_api_the_past_is_unknown_and_not_closed(client):
    past = datetime(2020, 1, 1, tzinfo=UTC).isoformat()

    results = api(client, "en", near="Fresno", need="syringes", at=past).json()["results"]

    assert [result["open"] for result in results] == ["unknown"]


@pytest.mark.parametrize("path", ["/find/", "/es/find/", "/sms/"])
@pytest.mark.parametrize(
    "sent", [{"q": "x" * 3_000_000}, dict.fromkeys(map(str, range(1_500)), "x")]
)
def test_what_is_larger_than_any_question_is_refused_in_both_languages(client, path, sent):
    form = "application/x-www-form-urlencoded"
    response = client.post(path, urlencode(sent), content_type=form)

    text = Page(response).text
    assert response.status_code == 400
    assert "We could not read that" in text
    assert "No pudimos leer eso" in text
