import pytest

from tejido.accounts.testing import an_account
from tejido.directory.testing import a_service, stored
from tejido.finder.queries.state import snapshot_state
from tejido.finder.web import update
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
PAGE = "/desk/valley-harm-reduction/finder/"


@pytest.fixture
def snapshots(settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"


def sign_in(client, *roles):
    account = an_account("theo")
    a_person(a_member(), *roles, name="Theo", id=account.id)
    client.force_login(account)


def test_the_finder_shows_a_change_after_an_update(client, snapshots):
    sign_in(client, Role.STEWARD)
    stored(a_service())
    assert "The finder shows nothing yet." in client.get(PAGE).content.decode()

    answer = client.post(PAGE)

    assert answer.status_code == 302
    assert snapshot_state().listings == 1
    said = client.get(answer.url).content.decode()
    assert "It shows 1 listing." in said
    assert "The finder shows what the directory says now" in said


def test_a_large_directory_is_not_built_while_a_person_waits(client, snapshots, monkeypatch):
    sign_in(client, Role.STEWARD)
    stored(a_service())
    client.post(PAGE)
    monkeypatch.setattr(update, "SMALL", 0)

    assert client.post(PAGE).status_code == 409
    assert "./tejido build_index" in client.get(PAGE).content.decode()


def test_only_who_publishes_updates_the_finder(client, snapshots):
    sign_in(client, Role.OUTREACH_WORKER)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert client.get("/desk/another/finder/").status_code == 404
