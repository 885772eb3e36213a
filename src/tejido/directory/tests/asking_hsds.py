"""Asking our own HSDS API in tests: over drafts that were stored, or over the demonstration."""

import json

import pytest
from django.conf import settings
from django.test import Client

from tejido.directory.api import answers
from tejido.directory.demo import plant
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.queries.feed_files import FEED_FILES, current_feed
from tejido.directory.queries.public import public_listings
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.feed import feed_draft
from tejido.directory.testing import NOON, a_service, stored
from tejido.foundation.rate import Rate
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.queries.places import all_places
from tejido.geography.reference import load_reference

ROOT = "/api/hsds/v3"
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
_MADE = {}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Let a test ask as often as it likes."""
    monkeypatch.setattr(answers, "rate", Rate(per_minute=10_000))


def quiet(_):
    """Report nothing."""


def built(at=NOON):
    """Build what the API answers from, of everything public, and return the listings."""
    folder = settings.SNAPSHOTS
    with feed_draft(folder=folder, at=at, concepts=all_concepts(), places=all_places()) as made:
        draft, put_in_use = made
        listings = list(draft.beside(public_listings()))
        put_in_use()
    return listings


def made_once(name, make):
    """Put in use what `make` builds, which is built once and kept; return what it returned."""
    if name not in _MADE:
        returned = make()
        _MADE[name] = (returned, current_feed().file.read_bytes())
    returned, content = _MADE[name]
    draft = FEED_FILES.draft_in(settings.SNAPSHOTS)
    draft.write_bytes(content)
    FEED_FILES.publish(draft, folder=settings.SNAPSHOTS)
    return returned


def demonstrated():
    """Build from the invented network, with places, and return its listings."""
    return made_once("demonstration", _demonstration)


def _demonstration():
    begin_with(quietly(load_reference))
    begin_with(load_concepts)
    plant(report=quiet, at=NOON)
    return built()


@pytest.fixture
def shown():
    """Build from the invented network."""
    return demonstrated()


@pytest.fixture
def three():
    """Build from three services, two of them at a place."""
    stored(a_service("One"), a_service("Two"), a_service("Three", places=()))
    return built()


def ask(path, **parameters):
    """Return the answer to a GET."""
    return Client().get(f"{ROOT}{path}", parameters)


def contents(path, **parameters):
    """Return the records of a page."""
    answer = ask(path, **parameters)
    assert answer.status_code == 200
    return json.loads(answer.getvalue())["contents"]


def ids(path, **parameters):
    """Return the ids of a page, in order."""
    return [each["id"] for each in contents(path, **{"per_page": 1000, **parameters})]


def lines(answer):
    """Return the records of an ndjson answer."""
    return [json.loads(line) for line in answer.getvalue().splitlines()]
