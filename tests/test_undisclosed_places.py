"""Where a place is not public, nothing says where it is: not one way out of the directory."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from tejido.accounts.testing import an_account
from tejido.directory.api import answers
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.queries.public import public_listings
from tejido.directory.testing import (
    NOON,
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    everything_stored,
    stored,
)
from tejido.directory.tests.exports import exported
from tejido.directory.tests.ways_in import WAYS, brought_in, codes_of, row
from tejido.finder.services.build import build_snapshot
from tejido.foundation.rate import Rate
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
SECRETS = ("37.123456", "122.654321", "94699", "9 Secret Street", "behind the tall tree")


@pytest.fixture(autouse=True)
def data(tmp_path, settings, monkeypatch):
    settings.DATA = tmp_path / "data"
    settings.SNAPSHOTS = tmp_path / "snapshots"
    monkeypatch.setattr(answers, "rate", Rate(per_minute=10_000))


def texts_in(folder):
    """Return all that stands in the files of a folder, as far as it is text."""
    return "".join(
        each.read_bytes().decode("utf-8", "replace")
        for each in sorted(Path(folder).rglob("*"))
        if each.is_file()
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_confidential_address_is_stored_shown_and_exported_nowhere(tmp_path, way):
    hidden = row(
        name="Shelter",
        address_1="Confidential - Oakland",
        postal_code="94699",
        latitude="37.123456",
        longitude="-122.654321",
    )

    result = brought_in(WAYS[way](tmp_path, [hidden, row(name="Open")]))

    assert IssueCode.PLACE_CONFIDENTIAL in codes_of(result)
    said = everything_stored()
    exported(tmp_path / "public", whole=False)
    exported(tmp_path / "whole")
    build_snapshot(folder=tmp_path / "snapshot", at=NOON, report=lambda _: None, with_packs=False)
    said += "".join(texts_in(tmp_path / name) for name in ("public", "whole", "snapshot"))
    assert said.count("Shelter") > 2
    assert "1 Main Street" in said
    for secret in (*SECRETS, "Confidential - Oakland"):
        assert secret not in said


def a_hidden(visibility):
    """Return a service at a place that is said in every way in which a place can be said."""
    open_place = a_location("Shelter")
    address = replace(open_place.address, address_1="9 Secret Street", postal_code="94699")
    location = replace(
        open_place,
        name="behind the tall tree",
        address=address,
        latitude=37.123456,
        longitude=-122.654321,
        landmark="behind the tall tree",
        transportation="behind the tall tree",
        visibility=visibility,
        phones=(a_phone("van", description="behind the tall tree"),),
        extra={"external_identifier": "9 Secret Street"},
    )
    place = a_place("Shelter", location=location, description="behind the tall tree")
    return a_service("Shelter", places=(replace(place, rules=(a_rule("TU"),)),))


def asked_as_hsds(client):
    """Return all that the HSDS API tells a stranger, by every address and by each id."""
    said = []
    for path in ("services", "service_at_locations", "organizations", "taxonomies"):
        page = client.get(f"/api/hsds/v3/{path}", {"full" if "tax" not in path else "page": 1})
        said += [page.getvalue().decode(), lines_of(client, path)]
        for each in page.json()["contents"]:
            said.append(client.get(f"/api/hsds/v3/{path}/{each['id']}").content.decode())
    return "".join(said)


def lines_of(client, path):
    answer = client.get(f"/api/hsds/v3/{path}", {"format": "ndjson"})
    assert answer.status_code == 200
    return answer.getvalue().decode()


def asked(client):
    """Return what the finder tells a stranger who looks for either service, in pages and data."""
    pages = [client.get("/find/", {"q": words}) for words in ("shelter", "open", "naloxone")]
    pages += [client.get("/api/finder/v1/search", {"q": "naloxone"})]
    pages += [client.get(f"/place/{each.id}/") for each in public_listings()]
    assert {page.status_code for page in pages} == {200}
    return "".join(page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("visibility", "is_named", "is_placed"),
    [
        (Visibility.PUBLIC, True, True),
        (Visibility.WITHOUT_PLACE, True, False),
        (Visibility.PARTNERS, False, False),
    ],
)
def test_each_way_out_keeps_the_word_on_a_place(
    tmp_path, client, settings, visibility, is_named, is_placed
):
    stored(a_hidden(visibility), a_service("Open"))

    exported(tmp_path / "public", whole=False)
    build_snapshot(folder=settings.SNAPSHOTS, at=NOON, report=lambda _: None, with_packs=False)

    ways = {
        "projection": repr(list(public_listings())),
        "ndjson": (tmp_path / "public/services.ndjson").read_text(),
        "tables": texts_in(tmp_path / "public"),
        "snapshot": texts_in(settings.SNAPSHOTS),
        "finder": asked(client),
        "hsds": asked_as_hsds(client),
    }
    for way, said in ways.items():
        assert "Open" in said, way
        assert ("Shelter" in said) is is_named, way
        places = [secret for secret in SECRETS if secret in said]
        assert bool(places) is is_placed, (way, places)
    whole = exported(tmp_path / "whole")
    assert whole is not None
    assert "9 Secret Street" in texts_in(tmp_path / "whole")


def test_who_may_not_keep_the_directory_sees_no_act_of_it(client):
    report = stored(a_hidden(Visibility.PARTNERS))
    valley = a_member()
    home = f"/desk/{valley.slug}/directory"
    pages = {}
    for username, role in (("theo", Role.STEWARD), ("ana", Role.OUTREACH_WORKER)):
        account = an_account(username)
        a_person(valley, role, name=username, id=account.id)
        browser = Client()
        browser.force_login(account)
        pages[role] = browser.get(f"{home}/acts/{report.act_id}/")

    assert pages[Role.STEWARD].status_code == 200
    assert pages[Role.OUTREACH_WORKER].status_code in (403, 404)
    assert not any(secret in pages[Role.OUTREACH_WORKER].content.decode() for secret in SECRETS)


def test_a_hidden_place_is_gone_from_hsds_with_the_next_build(client, settings):
    def build():
        build_snapshot(folder=settings.SNAPSHOTS, at=NOON, report=quiet, with_packs=False)

    stored(a_hidden(Visibility.PUBLIC), a_service("Open"))
    build()
    before = asked_as_hsds(client)
    stored(a_hidden(Visibility.PARTNERS), a_service("Open"))
    build()

    after = asked_as_hsds(client)

    assert "9 Secret Street" in before
    assert "Shelter" not in after
    assert [secret for secret in SECRETS if secret in after] == []


def test_where_a_hidden_place_is_cannot_be_found_out_by_asking_around(client, settings):
    """By circles and ZIP codes, as anybody could who wants to know."""
    stored(a_hidden(Visibility.WITHOUT_PLACE), a_service("Open"))
    build_snapshot(folder=settings.SNAPSHOTS, at=NOON, report=quiet, with_packs=False)
    around = {"lat": "37.123456", "lon": "-122.654321"}
    path = "/api/hsds/v3/service_at_locations"

    near = client.get(path, {**around, "radius_m": "20000000"}).json()
    first, last = client.get(path, {**around, "sort": "distance"}).json()["contents"]

    assert [each["service"]["name"] for each in near["contents"]] == ["Open"]
    assert (first["service"]["name"], last["service"]["name"]) == ("Open", "Shelter")
    for words in ("9 Secret Street", "behind the tall tree", "94699"):
        assert client.get(path, {"search": words}).json()["contents"] == []


def quiet(_):
    """Report nothing."""
