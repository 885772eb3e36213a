import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tejido.accounts import middleware
from tejido.accounts.models import Session, User
from tejido.accounts.queries import sessions_of
from tejido.accounts.testing import PASSWORD, an_account

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 16, 20, tzinfo=UTC)


class Clock:
    """What the pages take for now."""

    now = staticmethod(lambda: MORNING)


@pytest.fixture
def rosa():
    return an_account()


def signed_in(account):
    client = Client()
    client.force_login(account)
    client.get("/account/")
    return client


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def marks(client):
    return re.findall(r'name="session" value="(\w+)"', client.get("/account/").content.decode())


def test_a_session_says_since_when_and_in_which_hour_it_was_seen(rosa, monkeypatch):
    monkeypatch.setattr(middleware, "timezone", Clock)
    client = signed_in(rosa)

    (found,) = sessions_of(rosa.id, current=client.session.session_key, at=MORNING)

    assert (found.since, found.seen, found.is_this) == (MORNING, MORNING.replace(minute=0), True)


def test_signing_in_is_enough_to_be_in_the_list(client, rosa):
    client.post("/account/login/", {"login": "rosa", "password": PASSWORD})

    assert len(sessions_of(rosa.id, current=None, at=timezone.now())) == 1


def test_a_session_is_written_once_an_hour(rosa, monkeypatch, django_assert_num_queries):
    client = signed_in(rosa)
    stored = Session.objects.get().session_data

    client.get("/account/")
    assert Session.objects.get().session_data == stored
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(Clock, "now", staticmethod(lambda: later))
    monkeypatch.setattr(middleware, "timezone", Clock)
    client.get("/account/")

    assert Session.objects.get().seen == later.replace(minute=0, second=0, microsecond=0)


def test_nothing_but_times_is_kept_of_where_somebody_is(rosa):
    client = Client(REMOTE_ADDR="203.0.113.77", headers={"User-Agent": "zanate7731"})
    client.force_login(rosa)
    client.get("/account/")
    row = Session.objects.get()

    columns = {field.name for field in Session._meta.concrete_fields}
    assert columns == {
        "session_key",
        "session_data",
        "expire_date",
        "account_id",
        "since",
        "seen",
    }
    told = f"{row.get_decoded()}"
    assert "203.0.113.77" not in told
    assert "zanate7731" not in told


def test_a_session_ends_twelve_hours_after_signing_in_however_much_it_is_used(rosa):
    client = signed_in(rosa)
    session = client.session
    session["since"] = int(timezone.now().timestamp()) - 11 * 3600
    session.save()

    left = Session.objects.get().expire_date - timezone.now()

    assert timedelta(minutes=59) < left < timedelta(minutes=61)


def test_ending_one_leaves_the_others(rosa):
    here, there, elsewhere = (signed_in(rosa) for _ in range(3))
    before = marks(here)
    (mark,) = [
        each.mark
        for each in sessions_of(rosa.id, current=there.session.session_key, at=timezone.now())
        if each.is_this
    ]

    answer = here.post("/account/sessions/end/", {"session": mark})

    assert (len(before), mark in before) == (2, True)
    assert answer["Location"] == "/account/"
    assert [is_signed_in(each) for each in (here, there, elsewhere)] == [True, False, True]
    assert here.post("/account/sessions/end/", {"session": mark}).status_code == 302


def test_ending_all_others_leaves_this_one(rosa):
    here, there, elsewhere = (signed_in(rosa) for _ in range(3))

    here.post("/account/sessions/end-others/")

    assert [is_signed_in(each) for each in (here, there, elsewhere)] == [True, False, False]
    assert "Nowhere else." in here.get("/account/").content.decode()


def test_ending_this_one_asks_as_signing_out_does(rosa):
    here = signed_in(rosa)
    (this,) = sessions_of(rosa.id, current=here.session.session_key, at=timezone.now())

    assert here.post("/account/sessions/end/", {"session": this.mark})["Location"] == (
        "/account/logout/"
    )


def test_nobody_ends_the_sessions_of_somebody_else(rosa):
    here, other = signed_in(rosa), signed_in(an_account("ana"))
    (mark,) = [each.mark for each in sessions_of(rosa.id, current=None, at=timezone.now())]

    other.post("/account/sessions/end/", {"session": mark})
    other.post("/account/sessions/end-others/")

    assert is_signed_in(here)
    assert mark not in other.get("/account/").content.decode()


def test_the_list_gives_no_key_away(rosa):
    here, there = signed_in(rosa), signed_in(rosa)

    shown = here.get("/account/").content.decode()

    assert there.session.session_key not in shown
    assert here.session.session_key not in shown


@pytest.mark.parametrize("path", ["end", "end-others"])
def test_ending_needs_a_token_and_somebody_signed_in(rosa, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(rosa)

    assert client.post(f"/account/sessions/{path}/").status_code == 403
    assert Client().post(f"/account/sessions/{path}/")["Location"].startswith("/account/login/")


def test_closing_the_account_ends_all_of_them_at_the_next_page(rosa):
    everywhere = [signed_in(rosa) for _ in range(3)]

    User.objects.update(is_active=False)

    assert [is_signed_in(each) for each in everywhere] == [False, False, False]


def test_changing_the_password_takes_the_others_out_of_the_list(rosa):
    here, there = signed_in(rosa), signed_in(rosa)
    new = "harbor violin cactus 4"

    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert Session.objects.count() == 1
    assert [is_signed_in(here), is_signed_in(there)] == [True, False]


def test_what_has_run_out_is_forgotten_at_night(rosa):
    signed_in(rosa)
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))

    call_command("clearsessions")

    assert Session.objects.count() == 0


def test_sessions_of_takes_one_query(rosa, django_assert_num_queries):
    for _ in range(3):
        signed_in(rosa)

    with django_assert_num_queries(1):
        assert len(sessions_of(rosa.id, current=None, at=timezone.now())) == 3
