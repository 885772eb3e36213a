import re

import pytest
from django.core import mail
from django.core.cache import cache

from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.messages import Channel
from tejido.network.domain.roles import Role
from tejido.network.models import OutMessage, WayToReach
from tejido.network.queries.ways import kinds_for, ways_of
from tejido.network.testing import MORNING, a_member, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_on")]
REACH = "/desk/reach/"


def post(client, act, **said):
    return client.post(f"{REACH}{act}/", {"channel": "mail"} | said)


def gave(client, address="dolores@example.org"):
    return post(client, "give", **{"mail-address": address})


def wished(client, **said):
    wanted = {"kinds": ["tasks-wait"], "when": "10", "quiet_from": "20", "quiet_until": "8"} | said
    return post(client, "wishes", **{f"mail-{name}": value for name, value in wanted.items()})


def code():
    return re.search(r"\d{6}", mail.outbox[-1].body).group()


def page(client, path=REACH):
    return client.get(path).content.decode()


def a_message(member, person, **more):
    with member_scope(member.id):
        return OutMessage.objects.create(
            member=member,
            person_id=person.pk,
            channel="mail",
            made_at=MORNING,
            due_at=MORNING,
            **({"kind": "hours-wait", "state": "waiting"} | more),
        )


def test_somebody_gives_an_address_types_the_code_and_says_what_for(client, valley, sign_in):
    dolores = sign_in(valley, Role.STEWARD)

    answer = gave(client)
    assert answer["Location"] == "/desk/reach/?done=code#mail"
    assert "We sent a code to dolores@example.org" in page(client)
    answer = post(client, "confirm", **{"mail-code": code()})
    assert answer["Location"] == "/desk/reach/?done=confirmed#mail"
    answer = wished(client, kinds=["tasks-wait", "hours-wait"])
    assert answer["Location"] == "/desk/reach/?done=wishes#mail"

    way = ways_of(dolores.pk)[Channel.MAIL]
    assert (sorted(way.kinds), way.daily_at) == (["hours-wait", "tasks-wait"], 10)
    assert "Saved." in page(client, answer["Location"])


def test_a_wrong_code_stays_on_the_page_with_what_to_do(client, valley, sign_in):
    sign_in(valley, Role.STEWARD)
    gave(client)

    answer = post(client, "confirm", **{"mail-code": "12345"})

    assert answer.status_code == 400
    assert "This is not the code that we sent" in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()


@pytest.mark.parametrize(
    ("act", "said", "words"),
    [
        ("give", {}, "Type your e-mail address"),
        ("give", {"mail-address": "dolores"}, "such as name@example.org"),
        ("confirm", {}, "Type the code"),
        ("confirm", {"mail-code": "123456"}, "no longer holds"),
    ],
)
def test_what_is_missing_or_wrong_is_said(client, valley, sign_in, act, said, words):
    dolores = sign_in(valley, Role.STEWARD)
    if act == "confirm":
        gave(client)
        cache.clear()
    if "mail-code" in said:
        with person_scope(dolores.pk):
            WayToReach.objects.update(code_hash="")

    answer = post(client, act, **said)

    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_quiet_hour_for_once_a_day_is_refused_and_what_was_chosen_stays(client, valley, sign_in):
    sign_in(valley, Role.STEWARD)
    gave(client)
    post(client, "confirm", **{"mail-code": code()})

    answer = wished(client, when="22")

    assert answer.status_code == 400
    assert "lies in your quiet hours" in answer.content.decode()
    assert '<option value="22" selected>' in answer.content.decode()


def test_an_address_is_removed_at_once(client, valley, sign_in):
    dolores = sign_in(valley, Role.STEWARD)
    gave(client)

    answer = post(client, "remove")

    assert answer["Location"] == "/desk/reach/?done=removed#mail"
    assert ways_of(dolores.pk) == {}
    assert "dolores@example.org" not in page(client)


def test_where_nothing_is_set_up_the_page_says_so(client, valley, sign_in, settings):
    settings.MAIL_IS_ON = False
    sign_in(valley, Role.STEWARD)

    assert page(client).count("This installation does not send them.") == 2


def test_kinds_are_offered_by_what_one_does(client, valley, sign_in):
    worker = sign_in(valley, Role.OUTREACH_WORKER)
    coordinator = a_person(valley, Role.NETWORK_COORDINATOR)

    assert kinds_for(worker.pk) == ["tasks-wait"]
    assert len(kinds_for(coordinator.pk)) == 4


def test_the_page_speaks_spanish(client, valley, sign_in):
    sign_in(valley, Role.STEWARD, language="es")
    gave(client)

    assert "Cómo le avisamos" in page(client)
    assert "Su código para Tejido" in mail.outbox[0].subject


def test_what_was_sent_shows_only_ones_own(client, valley, sign_in):
    dolores = sign_in(valley, Role.STEWARD)
    a_message(valley, dolores)
    stranger = a_person(valley, Role.STEWARD, name="Ana")
    a_message(valley, stranger, kind="program-changed")

    shown = page(client, f"{REACH}sent/")

    assert "A change to a listing waits for a second person" in shown
    assert "A program says that something changed" not in shown
    assert "Valley Harm Reduction" in shown


def test_those_who_lead_see_counts_and_no_address_and_let_what_failed_go_again(
    client, valley, sign_in
):
    sign_in(valley, Role.PROGRAM_MANAGER)
    rosa = a_person(valley, Role.STEWARD, name="Rosa")
    with person_scope(rosa.id):
        WayToReach.objects.create(
            person=rosa, channel="mail", address="rosa@example.org", code_hash="", code_at=MORNING
        )
    a_message(valley, rosa, state="failed", problem="refused", ended_at=MORNING)
    a_message(a_member("Coast Harm Reduction"), rosa)
    home = f"/desk/{valley.slug}/messages/"

    shown = page(client, home)
    assert "1 message was given up" in shown
    assert "Given up" in shown
    assert "Waits" not in shown
    assert "rosa@" not in shown
    assert "Rosa" not in shown
    assert client.post(f"{home}retry/")["Location"] == home
    assert "Waits" in page(client, home)


def test_where_nothing_was_sent_the_page_says_so(client, valley, sign_in, settings):
    settings.MAIL_IS_ON = False
    sign_in(valley, Role.PROGRAM_MANAGER)

    shown = page(client, f"/desk/{valley.slug}/messages/")

    assert "Nothing was sent yet." in shown
    assert "does not send messages" in shown
