"""A translator reviews what needs are called in Spanish, and corrects it."""

from uuid import uuid4

import pytest

from tejido.directory.queries.history import acts
from tejido.directory.queries.needs import unreviewed
from tejido.directory.services.concepts import load_concepts
from tejido.directory.tests.needs_helping import at, relabel, shown_of, state_of, text_of
from tejido.foundation.testing import begin_with
from tejido.network.domain.roles import Role
from tejido.translation.domain.texts import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def needs(db):
    begin_with(load_concepts)


def test_a_translator_reviews_in_the_name_of_the_member(client, sign_in):
    sign_in(Role.TRANSLATOR)
    first, total = unreviewed()[0], len(unreviewed())

    page = client.post(
        at("review-one", first.key, first.field), {"text": first.spanish}, follow=True
    )

    assert state_of(first.key) is State.REVIEWED
    assert f"{total - 1} texts wait" in text_of(page)


def test_a_text_that_changed_meanwhile_is_not_reviewed(client, sign_in):
    sign_in(Role.TRANSLATOR)

    answer = client.post(at("review-one", "naloxone", "label"), {"text": "Otra"})

    assert answer.status_code == 409
    assert "The text changed while you read it" in text_of(answer)
    assert state_of("naloxone") is State.TRANSLATED


def test_who_wrote_the_spanish_does_not_review_it(client, sign_in):
    sign_in(Role.STEWARD, Role.TRANSLATOR)
    form = client.get(at("names", "naloxone")).context["form"]
    client.post(at("names", "naloxone"), {**form.initial, "label_es": "Kits de naloxona"})

    assert "You wrote it" in text_of(client.get(at("review")))
    answer = client.post(at("review-one", "naloxone", "label"), {"text": "Kits de naloxona"})
    assert answer.status_code == 409


def test_what_does_not_wait_for_a_review_is_not_found(client, sign_in):
    sign_in(Role.TRANSLATOR)

    assert client.post(at("review-one", "naloxone", "description")).status_code == 404
    assert client.post(at("review-one", "no-such-need", "label")).status_code == 404


def test_only_a_translator_reviews(client, steward):
    assert client.get(at("review")).status_code == 403


def test_a_stale_text_waits_for_a_review(client, sign_in):
    relabel("naloxone", en="Naloxone kits")
    sign_in(Role.TRANSLATOR)

    assert "the English changed since" in text_of(client.get(at("review")))


def test_a_translator_corrects_the_spanish_takes_it_back_and_does_not_review_it(client, sign_in):
    sign_in(Role.TRANSLATOR)
    before = shown_of("naloxone")["label", "es"]
    sent = {"read": before, "text": "  Kits de  naloxona "}

    page = client.post(at("correct", "naloxone", "label"), sent, follow=True)

    assert shown_of("naloxone")["label", "es"] == "Kits de naloxona"
    assert state_of("naloxone") is State.TRANSLATED
    assert "You wrote it. Another person reviews it." in text_of(page)
    (act,) = acts()
    assert act.role == "translator"
    client.post(at("undo-correction", "naloxone", act.id))
    assert shown_of("naloxone")["label", "es"] == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write the name of the need."),
        ("Jeringas", "belongs to “New syringes” already"),
        ("Para adictos", "that we do not show to people"),
        ("x" * 81, "Use 80 letters or fewer."),
    ],
)
def test_spanish_that_cannot_stand_is_refused_and_kept_in_its_field(client, sign_in, text, told):
    sign_in(Role.TRANSLATOR)
    before = shown_of("naloxone")["label", "es"]

    page = client.post(at("correct", "naloxone", "label"), {"read": before, "text": text})

    assert page.status_code == 409
    assert told in text_of(page)
    assert f'value="{text}"' in page.content.decode()
    assert shown_of("naloxone")["label", "es"] == before


def test_spanish_that_changed_meanwhile_is_not_corrected(client, sign_in):
    sign_in(Role.TRANSLATOR)

    page = client.post(at("correct", "naloxone", "label"), {"read": "Old", "text": "Kits"})

    assert "The text changed while you read it" in text_of(page)


def test_a_translator_takes_back_nothing_of_somebody_else(client, sign_in):
    relabel("naloxone", es="Kits de naloxona")
    sign_in(Role.TRANSLATOR)

    assert client.post(at("undo-correction", "naloxone", acts()[0].id)).status_code == 404
    assert client.post(at("undo-correction", "naloxone", uuid4())).status_code == 404


def test_a_steward_without_the_role_corrects_nothing_there(client, steward):
    sent = {"read": "Naloxona", "text": "Kits"}

    assert client.post(at("correct", "naloxone", "label"), sent).status_code == 403
