import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tejido.directory.domain.public import PublicText
from tejido.directory.domain.suggestions import LONGEST_NOTE, Wrong
from tejido.directory.queries.suggestions import alerting, told_page, words_of_told
from tejido.finder.testing import a_listing, a_snapshot
from tejido.finder.web import wrong as page_of_wrong
from tejido.finder.web.wrong import HOLDS_S
from tejido.foundation.rate import Rate

pytestmark = pytest.mark.django_db

LISTING = a_listing(1, name="Soup")
PLACE = "/place/00000000-0000-0000-0000-000000000001/"
PATH = PLACE.replace("place", "wrong")
CANARY = "zanate7731"


@pytest.fixture(autouse=True)
def listed(settings, monkeypatch):
    cache.clear()
    monkeypatch.setattr(page_of_wrong, "rate", Rate(per_minute=1_000))
    a_snapshot(settings.SNAPSHOTS, [LISTING])


@pytest.fixture
def client():
    return Client(
        REMOTE_ADDR="203.0.113.77", headers={"User-Agent": f"Mozilla/5.0 ({CANARY} telephone)"}
    )


def text(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def key(answer):
    return re.search(r'name="form" value="([^"]+)"', answer.content.decode())[1]


def send(client, path=PATH, *, form=None, **said):
    sent = {"form": form or key(client.get(path)), "wrong": "closed", **said}
    return client.post(path, sent)


def kept(wrong=Wrong.CLOSED):
    return words_of_told(LISTING.id, wrong)


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_place_leads_to_saying_what_is_wrong(client, prefix):
    place = client.get(prefix + PLACE).content.decode()

    assert f'href="{prefix}{PATH}"' in place
    assert client.get(prefix + PATH).status_code == 200


@pytest.mark.parametrize("wrong", Wrong)
def test_each_thing_that_can_be_wrong_is_kept_for_a_steward(client, wrong):
    answer = send(client, wrong=wrong.value, instead="510-555-0188", note="It rings out")

    assert answer.status_code == 200
    assert "Thank you" in text(answer)
    ((words,), (told,)) = kept(wrong), told_page().rows
    assert (words.note, words.instead) == ("It rings out", "510-555-0188")
    assert (words.day, words.language) == (timezone.localdate(), "en")
    assert (told.listing, told.service) == (LISTING.id, LISTING.service_id)


def test_the_page_sets_no_cookie_is_not_kept_and_is_no_result_of_a_search_engine(client):
    for answer in (client.get(PATH), send(client)):
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex"


def test_nothing_about_who_said_it_is_kept(client):
    send(client, note="closed")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_suggestion")
        written = repr(cursor.fetchall())
    assert "203.0.113.77" not in written
    assert CANARY not in written


def test_a_double_tap_counts_once(client):
    form = key(client.get(PATH))

    for _ in range(3):
        assert "Thank you" in text(send(client, form=form))

    assert told_page().rows[0].times == 1


def test_a_form_of_one_place_is_no_form_of_another(client, settings):
    a_snapshot(settings.SNAPSHOTS, [LISTING, a_listing(2)])
    other = key(client.get(PATH.replace("1/", "2/")))

    answer = send(client, form=other)

    assert answer.status_code == 409
    assert kept() == []


@pytest.mark.parametrize("form", ["", "x", "a:b:c", "é", "0" * 5_000])
def test_a_form_that_we_did_not_make_keeps_nothing_and_gives_a_new_one(client, form):
    answer = send(client, form=form or " ", note="it is shut")

    assert answer.status_code == 409
    assert "it is shut" in text(answer)
    assert kept() == []
    assert send(client, form=key(answer)).status_code == 200


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "This page was open for too long."), ("/es", "Esta página estuvo abierta demasiado")],
)
def test_a_form_that_is_too_old_is_told_and_keeps_what_was_written(
    client, prefix, sentence, monkeypatch
):
    form = key(client.get(prefix + PATH))
    monkeypatch.setattr(page_of_wrong, "HOLDS_S", -1)

    answer = send(client, prefix + PATH, form=form, note="it is shut", wrong="hours")

    assert answer.status_code == 409
    assert sentence in text(answer)
    assert "it is shut" in text(answer)
    assert re.search(r'value="hours"[^>]*checked', answer.content.decode())
    assert HOLDS_S == 24 * 3_600


@pytest.mark.parametrize("wrong", ["", "made-up", "x" * 9_999])
def test_without_saying_what_is_wrong_nothing_is_kept(client, wrong):
    answer = send(client, wrong=wrong, note="hm")

    assert answer.status_code == 400
    assert "Choose what is wrong" in text(answer)
    assert told_page().total == 0


def test_links_and_scripts_are_kept_as_words_and_shown_as_words(client):
    note = '<script>alert(1)</script> https://bad.example/ "><img src=x>'
    send(client, note=note)

    answer = send(client, wrong="", note=note)

    assert kept()[0].note == note
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="https://bad.example' not in page


def test_marks_that_nobody_sees_are_taken_out(client):
    send(client, note="shut\x00 \u202enow\x1b[31m\u2066", instead="510\x07555")

    assert (kept()[0].note, kept()[0].instead) == ("shut now[31m", "510555")


@pytest.mark.parametrize("letters", [LONGEST_NOTE + 1, 100_000])
def test_too_many_words_are_told_and_not_sent_back_whole(client, letters):
    answer = send(client, note="ñ" * letters)

    assert answer.status_code == 400
    assert f"Write it in {LONGEST_NOTE} letters or fewer" in text(answer)
    assert len(answer.content) < 20_000
    assert kept() == []


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "That was too long. Write it in a few words."), ("/es", "Eso fue demasiado largo.")],
)
def test_a_megabyte_of_text_gets_a_clear_answer(client, prefix, sentence):
    answer = send(client, prefix + PATH, note="x" * 1_100_000)

    assert answer.status_code == 413
    assert sentence in text(answer)
    assert kept() == []


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "This place is not in our list"), ("/es", "Este lugar no está en nuestra lista")],
)
def test_a_place_that_is_not_listed_or_was_hidden_meanwhile_says_so(
    client, settings, prefix, sentence
):
    unknown = client.get(f"{prefix}{PATH.replace('1/', '9/')}")
    form = key(client.get(prefix + PATH))
    a_snapshot(settings.SNAPSHOTS, [a_listing(2)])

    hidden = send(client, prefix + PATH, form=form)

    assert [unknown.status_code, hidden.status_code] == [404, 404]
    assert sentence in text(unknown)
    assert sentence in text(hidden)
    assert told_page().total == 0


def test_another_site_cannot_send_in_the_name_of_a_stranger(client):
    sent = {"form": key(client.get(PATH)), "wrong": "closed"}

    answer = client.post(PATH, sent, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert kept() == []


@pytest.mark.parametrize(
    ("prefix", "sentence"), [("", "Too much was sent at once."), ("/es", "Se envió demasiado")]
)
def test_who_sends_too_much_waits_and_loses_nothing(client, monkeypatch, prefix, sentence):
    monkeypatch.setattr(page_of_wrong, "rate", Rate(per_minute=2, clock=lambda: 0.0))
    codes = [send(client, prefix + PATH, note="shut").status_code for _ in range(2)]

    answer = send(client, prefix + PATH, note="shut")

    assert [*codes, answer.status_code] == [200, 200, 429]
    assert sentence in text(answer)
    assert "shut" in text(answer)


def refuse(*_):
    raise OperationalError("the database is stopped")


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "We cannot keep it just now."), ("/es", "Ahora no podemos guardarlo.")],
)
def test_with_the_database_stopped_the_page_opens_and_says_that_nothing_is_kept(
    client, prefix, sentence
):
    with connection.execute_wrapper(refuse):
        answer = send(client, prefix + PATH, note="shut")

    assert answer.status_code == 503
    assert sentence in text(answer)
    assert "shut" in text(answer)


def test_without_a_list_there_is_help_by_phone(client, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "nothing"

    assert client.get(PATH).status_code == 503


def test_a_change_of_language_keeps_what_was_written_and_sends_nothing(client):
    page = send(client, wrong="", note="it is shut", instead="9 to 5")
    form = re.search(r'<form[^>]*id="again".*?</form>', page.content.decode(), re.S)[0]
    carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))

    there = client.post(re.search(r'action="([^"]+)"', form)[1], carried)

    assert "¿Qué está mal?" in text(there)
    assert "it is shut" in text(there)
    assert 'value="9 to 5"' in there.content.decode()
    assert told_page().total == 0


def test_the_form_in_spanish_asks_for_no_name(client):
    said = text(client.get("/es" + PATH))

    assert "Algo está mal aquí" in said
    assert "Sin nombres, y nada sobre su salud" in said
    assert "Estaba cerrado cuando llegué" in said
    assert "Tell" not in said


def test_a_place_without_spanish_keeps_its_name_in_the_language_it_has(client, settings):
    english = PublicText("en", "Night van", "", "", "", {})
    a_snapshot(settings.SNAPSHOTS, [a_listing(1, texts=(english,))])

    page = client.get("/es" + PATH).content.decode()

    assert '<span lang="en">Night van</span>' in page


def test_words_of_an_overdose_are_answered_with_911_before_anything_else(client):
    for said in ({"note": "he is not breathing"}, {"wrong": "", "note": "no respira"}):
        answer = text(send(client, **said))

        assert answer.index("Call 911") < answer.index("Soup")


def test_a_report_on_a_second_day_raises_an_alert_and_changes_no_page(client, monkeypatch):
    before = client.get(PLACE).content
    send(client)
    monkeypatch.setattr(
        "tejido.finder.web.wrong.timezone.localdate",
        lambda: timezone.localtime().date() + timedelta(days=1),
    )
    send(client)

    assert alerting() == {LISTING.id}
    assert client.get(PLACE).content == before
