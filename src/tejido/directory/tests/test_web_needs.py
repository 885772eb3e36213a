"""The desk's pages of needs: who reaches them, what they do, in both languages."""

from uuid import uuid4

import pytest

from tejido.directory.queries.history import acts
from tejido.directory.services.concepts import load_concepts
from tejido.directory.tests.needs_helping import (
    SHOWN,
    at,
    state_of,
    take_out,
    text_of,
    word_id,
    words_of,
)
from tejido.foundation.testing import begin_with
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member
from tejido.translation.domain.texts import State

pytestmark = pytest.mark.django_db
NAMES = {f"{field}_{language}": text for (field, language), text in SHOWN.items()}


@pytest.fixture
def needs():
    begin_with(load_concepts)


@pytest.fixture
def steward(sign_in, needs):
    return sign_in(Role.STEWARD)


def every_address():
    return [
        ("get", at("list"), {}),
        ("get", at("need", "naloxone"), {}),
        ("get", at("add"), {}),
        ("post", at("add"), NAMES),
        ("get", at("names", "naloxone"), {}),
        ("post", at("names", "naloxone"), NAMES),
        ("post", at("add-word", "naloxone"), {"text": "kit", "language": "en", "kind": "slang"}),
        ("post", at("take-out", "naloxone"), {"word": word_id("naloxone", "od")}),
        ("post", at("bring-back", "naloxone"), {"word": word_id("naloxone", "od")}),
        ("post", at("undo", "naloxone", uuid4()), {}),
        ("get", at("facts", "naloxone"), {}),
        ("post", at("facts", "naloxone"), {}),
        ("get", at("retire", "laundry"), {}),
        ("post", at("retire", "laundry"), {}),
        ("post", at("use-again", "laundry"), {}),
    ]


def answers(client):
    return {getattr(client, how)(where, what).status_code for how, where, what in every_address()}


# Who gets in.


def test_a_stranger_finds_nothing(client, needs, sign_in):
    sign_in()

    assert answers(client) == {404}
    assert client.get(at("review")).status_code == 404
    assert acts() == []


def test_nobody_is_sent_to_sign_in(client, needs, valley):
    assert answers(client) == {302}
    assert acts() == []


@pytest.mark.parametrize("role", [Role.OUTREACH_WORKER, Role.PROGRAM_MANAGER, Role.TRANSLATOR])
def test_other_roles_change_no_needs(client, needs, sign_in, role):
    sign_in(role)

    assert answers(client) == {403}
    assert acts() == []


def test_a_steward_of_another_member_works_from_their_own(client, needs, sign_in, valley):
    sign_in(Role.STEWARD)
    a_member("Other Program")

    assert client.get(at("list", member="other-program")).status_code == 404


def test_a_coordinator_may(client, needs, sign_in):
    sign_in(Role.NETWORK_COORDINATOR)

    assert client.get(at("list")).status_code == 200


# The list and one need.


def test_the_list_is_searched_by_any_word(client, steward):
    page = text_of(client.get(at("list"), {"words": "metadonna"}))

    assert "1 need" in page
    assert "Methadone" in page
    assert "Metadona" in page
    assert "Wound care" not in page


def test_a_search_that_finds_nothing_says_so(client, steward):
    assert "No need has this word" in text_of(client.get(at("list"), {"words": "zzz"}))
    assert client.get(at("list"), {"words": "x" * 300}).status_code == 200


def test_a_need_shows_its_words_by_language(client, steward):
    page = text_of(client.get(at("need", "opioid-medicine")))

    for said in (
        "Medicine for opioid use",
        "Words in English",
        "dope sick",
        "Words in Spanish",
        "malilla",
    ):
        assert said in page
    assert "Part of: Treatment" in page
    assert "translated, not reviewed" in page


def test_pages_are_in_spanish(client, needs, sign_in):
    sign_in(Role.STEWARD, language="es")

    page = text_of(client.get(at("need", "detox")))
    for said in (
        "Desintoxicación",
        "Palabras en español",
        "Agregar una palabra",
        "Historial",
        "Palabra de la calle",
        "traducido, sin revisar",
    ):
        assert said in page
    assert "Necesidades y sus palabras" in text_of(client.get(at("list")))
    assert "Agregar una necesidad" in text_of(client.get(at("add")))
    assert "Cambiar los nombres" in text_of(client.get(at("names", "detox")))


@pytest.mark.parametrize("name", ["need", "names"])
def test_a_need_that_is_not_there_is_not_found(client, steward, name):
    assert client.get(at(name, "no-such-need")).status_code == 404


# Words.


def test_a_word_is_added_and_taken_back_without_javascript(client, steward):
    sent = {"text": "  Narcanazo ", "language": "es", "kind": "slang"}

    page = client.post(at("add-word", "naloxone"), sent, follow=True)

    assert "Narcanazo" in words_of("naloxone", "es")
    assert "Saved" in text_of(page)
    assert "Word in use: Narcanazo" in text_of(page)
    (act,) = acts()
    assert (act.actor, act.role) == (steward.id, "steward")

    client.post(at("undo", "naloxone", act.id))
    assert "Narcanazo" not in words_of("naloxone", "es")
    assert "Taken back" in text_of(client.get(at("need", "naloxone")))


def test_a_word_of_another_need_is_refused_with_its_name_and_kept_in_the_field(client, steward):
    sent = {"text": "jeringas", "language": "es", "kind": "slang"}

    answer = client.post(at("add-word", "naloxone"), sent)

    assert answer.status_code == 400
    assert text_of(answer).count("“jeringas” belongs to “New syringes” already") == 2
    assert 'value="jeringas"' in answer.content.decode()
    assert acts() == []


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": "", "language": "en", "kind": "slang"},
        {"text": "word", "language": "fr", "kind": "slang"},
        {"text": "word", "language": "en", "kind": "label"},
        {"text": "x" * 500, "language": "en", "kind": "slang"},
        {"text": "\u202e", "language": "en", "kind": "slang"},
    ],
)
def test_bad_words_are_refused_with_a_sentence(client, steward, sent):
    answer = client.post(at("add-word", "naloxone"), sent)

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert acts() == []


def test_a_word_is_taken_out_and_used_again(client, steward):
    word = {"word": word_id("naloxone", "od")}

    page = client.post(at("take-out", "naloxone"), word, follow=True)
    assert "od" not in words_of("naloxone")
    assert "1 word taken out" in text_of(page)

    client.post(at("bring-back", "naloxone"), word)
    assert "od" in words_of("naloxone")


@pytest.mark.parametrize("word", ["", "x", "00000000-0000-4000-8000-00000000dead"])
@pytest.mark.parametrize("name", ["take-out", "bring-back"])
def test_a_word_that_is_not_there_is_not_found(client, steward, name, word):
    assert client.post(at(name, "naloxone"), {"word": word}).status_code == 404


def test_a_word_that_is_in_use_is_not_brought_back_twice(client, steward):
    word = {"word": word_id("naloxone", "od")}

    answer = client.post(at("bring-back", "naloxone"), word)

    assert answer.status_code == 409
    assert "This need has this word already" in text_of(answer)


def test_taking_back_twice_says_so(client, steward):
    act_id = take_out("od")
    client.post(at("undo", "naloxone", act_id))

    answer = client.post(at("undo", "naloxone", act_id))

    assert answer.status_code == 409
    assert "This is undone already" in text_of(answer)


# Names, and a new need.


def test_names_are_changed_and_the_spanish_counts_as_old(client, steward):
    form = client.get(at("names", "hospital")).context["form"]
    sent = {name: form.initial.get(name, "") for name in form.fields}

    page = client.post(at("names", "hospital"), {**sent, "label_en": "Hospital care"}, follow=True)

    assert "Hospital care" in text_of(page)
    assert "the English changed since" in text_of(page)
    assert state_of("hospital") is State.STALE


def test_names_that_cannot_be_shown_are_refused_at_their_field(client, steward):
    answer = client.post(at("names", "hospital"), {"label_en": "Hospital", "label_es": "Sucio"})

    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"label_es"}
    assert answer.content.decode().partition("</title>")[0].count("Error:") == 1


def test_a_need_is_added_with_its_broader_one_and_taken_back(client, steward):
    page = client.post(at("add"), {**NAMES, "parent": "basics", "core": "on"}, follow=True)

    assert page.redirect_chain[0][0].startswith(at("need", "bike-repair"))
    assert "Bike repair" in text_of(page)
    assert "New need" in text_of(page)

    page = client.post(at("undo", "bike-repair", acts()[0].id), follow=True)
    assert page.redirect_chain == [(at("list"), 302)]
    assert client.get(at("need", "bike-repair")).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [{}, {"label_en": "Add", "label_es": "Sumar algo"}, {**NAMES, "parent": "medical-detox"}],
)
def test_a_need_that_cannot_stand_is_refused(client, steward, sent):
    answer = client.post(at("add"), sent)

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert acts() == []
