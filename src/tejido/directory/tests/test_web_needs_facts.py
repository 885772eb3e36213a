"""Pages that take needs out of use and change their place among the others."""

import pytest
from django.urls import reverse

from tejido.directory.queries.history import acts
from tejido.directory.services.concepts import load_concepts
from tejido.directory.tests.needs_helping import at, text_of
from tejido.foundation.testing import begin_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def needs(db):
    begin_with(load_concepts)


def test_a_need_is_taken_out_of_use_after_a_warning_and_brought_back(client, steward):
    warned = text_of(client.get(at("retire", "laundry")))
    assert "words that people type no longer lead to it" in warned

    page = client.post(at("retire", "laundry"), follow=True)

    assert "Out of use" in text_of(page)
    assert client.get(at("need", "laundry")).status_code == 404
    client.post(at("undo", "laundry", acts()[0].id))
    assert client.get(at("need", "laundry")).status_code == 200
    client.post(at("retire", "laundry"))
    assert "In use" in text_of(client.post(at("use-again", "laundry"), follow=True))


def test_what_cannot_go_out_of_use_says_why(client, steward):
    assert "so it stays" in text_of(client.get(at("retire", "naloxone")))
    answer = client.post(at("retire", "detox"))

    assert answer.status_code == 409
    assert "is part of it. Give that another broader need first" in text_of(answer)
    assert client.post(at("use-again", "naloxone")).status_code == 404


def test_a_need_that_lost_a_word_to_another_stays_out_of_use_with_a_sentence(client, steward):
    client.post(at("retire", "laundry"))
    sent = {"text": "laundromat", "language": "en", "kind": "slang"}
    client.post(at("add-word", "food"), sent)

    for answer in (
        client.post(at("use-again", "laundry")),
        client.post(at("undo", "laundry", acts()[1].id)),
        client.post(reverse("directory:undo", args=["valley-harm-reduction", acts()[1].id])),
    ):
        assert answer.status_code == 409
        assert "“laundromat” would belong to" in text_of(answer)


def test_the_place_of_a_need_is_changed_and_told_in_its_history(client, steward):
    page = client.post(at("facts", "laundry"), {"parent": "food", "core": "on"}, follow=True)

    words = text_of(page)
    assert "Who looks for “Food” finds this too." in words
    assert "Part of: Food" in words
    assert "Harm reduction itself" in words
    bad = client.post(at("facts", "laundry"), {"parent": "laundry"})
    assert bad.status_code == 400
    assert "Choose a broader need from the list." in text_of(bad)
