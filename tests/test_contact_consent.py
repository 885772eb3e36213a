"""A contact leaves the directory only with consent: snapshot, pages, API, exports."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tejido.directory.domain.contacts import CONTACTS, contact_mark
from tejido.directory.domain.drafts import CarriedDraft
from tejido.directory.models import Record
from tejido.directory.services.acts import Actor
from tejido.directory.services.concepts import load_concepts
from tejido.directory.services.contacts import note_consent, withdraw_consent
from tejido.directory.services.export_hsds import export_hsds
from tejido.directory.testing import LATER, NOON, a_place, a_service, an_id, stored
from tejido.finder.services.build import build_snapshot
from tejido.foundation.testing import begin_with

pytestmark = pytest.mark.django_db
THEO = Actor(uuid4(), uuid4(), "steward")
PAGE = f"/place/{an_id('place Naloxone van')}/"
FIELDS = {
    "name": "Canary Rosa",
    "title": "Canary coordinator",
    "email": "canary@example.org",
    "phones": [{"number": "510-555-0177"}],
}
# What a person is shown, and what stays inside whatever they agree to.
SHOWN = ("Canary Rosa", "Canary coordinator", "555-0177")
NEVER = "canary@example.org"


@pytest.fixture
def contact() -> Record:
    begin_with(load_concepts)
    carried = (CarriedDraft(CONTACTS, 0, FIELDS),)
    stored(a_service(places=(a_place("Naloxone van", carried=carried),)))
    return Record.objects.get(kind=CONTACTS)


@pytest.fixture
def everything_public(tmp_path: Path, settings) -> Callable[[], dict[str, str]]:
    def read() -> dict[str, str]:
        build_snapshot(folder=settings.SNAPSHOTS, at=NOON, report=lambda _: None, with_packs=False)
        folder = tmp_path / uuid4().hex
        export_hsds(folder=folder, whole=False, at=NOON)
        seen = {path.name: path.read_text() for path in folder.iterdir()}
        for kind in ("finder", "hsds"):
            files = settings.SNAPSHOTS.glob(f"{kind}-*.sqlite")
            newest = max(files, key=lambda path: path.stat().st_mtime_ns)
            seen[f"{kind} file"] = newest.read_bytes().decode("utf-8", "replace")
        for path in (PAGE, f"/es{PAGE}", "/api/finder/v1/search?q=Canary+Rosa"):
            answer = Client().get(path)
            assert answer.status_code == 200
            seen[path] = answer.content.decode()
        seen["find"] = Client().post("/find/", {"words": "Canary Rosa"}).content.decode()
        return seen

    return read


def agree(contact: Record) -> None:
    note_consent(
        record=contact.id,
        mark=contact_mark(contact.fields),
        agreed_on=date(2026, 11, 1),
        actor=THEO,
        on=NOON.date(),
        at=NOON,
    )


def leaks(seen: dict[str, str]) -> list[str]:
    told = {"find", "/api/finder/v1/search?q=Canary+Rosa"}
    words = ("Canary coordinator", "555-0177", "5550177", NEVER)
    names = {name for name, text in seen.items() if name not in told and "Canary" in text}
    return sorted(names | {name for name, text in seen.items() for word in words if word in text})


def test_without_consent_a_contact_is_nowhere_public(contact, everything_public) -> None:
    assert leaks(everything_public()) == []


def test_with_consent_name_title_and_number_are_public_and_nothing_else(
    contact, everything_public
) -> None:
    agree(contact)

    seen = everything_public()

    for page in (PAGE, f"/es{PAGE}"):
        assert [word for word in SHOWN if word not in seen[page]] == []
    assert "Who you can ask for" in seen[PAGE]
    assert "Por quién puede preguntar" in seen[f"/es{PAGE}"]
    assert "Canary Rosa" in seen["contacts.csv"]
    assert "Canary Rosa" in seen["services.ndjson"]
    assert "Canary Rosa" in seen["finder file"]
    assert "Canary Rosa" in seen["hsds file"]
    assert [name for name, text in seen.items() if NEVER in text] == []


def test_a_consent_that_is_withdrawn_or_a_contact_that_changed_leaves_nothing_public(
    contact, everything_public
) -> None:
    agree(contact)
    withdraw_consent(record=contact.id, actor=THEO, at=LATER)
    assert leaks(everything_public()) == []

    agree(contact)
    carried = (CarriedDraft(CONTACTS, 0, FIELDS | {"department": "Inside"}),)
    stored(a_service(places=(a_place("Naloxone van", carried=carried),)), at=LATER)
    assert leaks(everything_public()) == []


def test_a_contact_is_no_word_to_find_a_place_by(contact, everything_public) -> None:
    agree(contact)

    seen = everything_public()

    assert str(an_id("place Naloxone van")) not in seen["/api/finder/v1/search?q=Canary+Rosa"]
