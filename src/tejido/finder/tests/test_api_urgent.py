"""Whatever is wrong with a question to the API, what cannot wait is said."""

import pytest
from django.test import Client

from tejido.finder.api import search as search_api
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import NOW, a_listing, a_snapshot
from tejido.foundation.rate import Rate

SEARCH = "/api/finder/v1/search"
HOTLINE = "1-800-799-7233"


@pytest.fixture(autouse=True)
def listed(settings, monkeypatch):
    monkeypatch.setattr("tejido.finder.testing.CONCEPTS", bench_concepts())
    monkeypatch.setattr(search_api, "rate", Rate(clock=lambda: 0.0))
    a_snapshot(settings.SNAPSHOTS, [a_listing(1, needs=("methadone",))])


def ask(**parameters):
    return Client().get(SEARCH, parameters)


@pytest.mark.parametrize(
    ("parameters", "urgent"),
    [
        ({"q": "no respira", "near": "Atlantis"}, ["911"]),
        ({"q": "no respira", "near": "Las Vegas"}, ["911"]),
        ({"near": "she won't wake up"}, ["911"]),
        ({"q": "not breathing " * 30}, ["911"]),
        ({"q": "mental health", "lat": "37"}, ["988"]),
        ({"q": "suicide", "limit": "51"}, ["988"]),
        ({"q": "od", "at": "now"}, ["911"]),
        ({"q": "od", "lang": "es"}, ["911"]),
        ({"q": "mi novio me pega", "language": "fr"}, [HOTLINE]),
        ({"need": "domestic-violence-help", "near": "Atlantis"}, [HOTLINE]),
        ({"q": "naloxone", "near": "Atlantis"}, []),
        ({"q": "!?"}, []),
        ({"need": "no-such-need"}, []),
    ],
)
def test_a_refusal_names_what_cannot_wait(parameters, urgent):
    answer = ask(**parameters)

    assert answer.status_code == 422
    assert answer.json()["urgent"] == urgent
    assert answer.json()["sentence"]


def test_whoever_asks_too_often_is_told_what_cannot_wait():
    for _ in range(60):
        ask(q="naloxone", at=NOW.isoformat())

    answer = ask(q="not breathing")

    assert (answer.status_code, answer.json()["urgent"]) == (429, ["911"])


def test_without_a_list_what_cannot_wait_is_told(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "none"

    answer = ask(q="not breathing")

    assert (answer.status_code, answer.json()["urgent"]) == (503, ["911"])


@pytest.mark.parametrize("words", ["not breathing", "mental health", "mi novio me pega"])
def test_an_answer_and_a_refusal_name_the_same(words):
    refused = ask(q=words, near="Atlantis").json()["urgent"]

    assert ask(q=words, near="Oakland").json()["urgent"] == refused


def test_refusals_of_the_directory_stay_as_they_were(db):
    answer = Client().get("/api/hsds/v3/services", {"per_page": "none"})

    assert "urgent" not in answer.json()
