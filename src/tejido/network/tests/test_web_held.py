"""For how long things are kept, as a coordinator decides it at the desk."""

import pytest
from django.urls import reverse

from tejido.accounts.testing import an_account
from tejido.foundation.removing import hold_now, rules_now
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = a_member()
    account = an_account("inez")
    a_person(member, Role.NETWORK_COORDINATOR, name="Inez", id=account.id)
    client.force_login(account)
    return member


def page(client, member, query=""):
    return client.get(reverse("network:held", args=[member.slug]) + query).content.decode()


def sent(client, member, name="held", **said):
    return client.post(reverse(f"network:{name}", args=[member.slug]), said)


def acts(member):
    with member_scope(member.id):
        return list(Event.objects.order_by("happened_at").values_list("act", "facts"))


def test_each_rule_stands_with_its_time_and_what_it_removed(client, member):
    shown = page(client, member)

    assert shown.count("data-label") == 3 * len(rules_now())
    assert "Not yet" in shown


def test_a_time_is_shortened_noted_and_undone(client, member):
    answer = sent(client, member, rule="tasks", days="3")

    assert rules_now()["tasks"].days == 3
    assert acts(member) == [("edit.retention", {"rule": "tasks", "days": "3", "before": "7"})]
    shown = client.get(answer.url).content.decode()
    assert "Changed to 3 days: Tasks of the software." in shown
    assert 'name="days" value="7"' in shown
    sent(client, member, rule="tasks", days="7")
    assert rules_now()["tasks"].days == 7


@pytest.mark.parametrize("days", ["8", "0", "-1", "", "abc", "9" * 30, "1.5"])
def test_days_that_cannot_be_are_refused_and_change_nothing(client, member, days):
    answer = sent(client, member, rule="tasks", days=days)

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "Error:" in answer.content.decode().partition("</title>")[0]
    assert rules_now()["tasks"].days == 7
    assert acts(member) == []


def test_a_rule_that_is_not_there_is_refused(client, member):
    assert sent(client, member, rule="x\x00", days="3").status_code == 400


def test_removal_is_put_on_hold_and_goes_on(client, member):
    sent(client, member, "begin-hold", reason="subpoena")

    hold = hold_now()
    assert hold.reason == "subpoena"
    shown = page(client, member)
    assert "Removal is on hold" in shown
    assert "Put removal on hold" not in shown
    sent(client, member, "end-hold", hold=hold.id)
    assert hold_now() is None
    assert [act for act, _facts in acts(member)] == ["begin.hold", "end.hold"]


def test_a_hold_needs_a_reason_and_there_is_one(client, member):
    assert sent(client, member, "begin-hold").status_code == 400
    assert sent(client, member, "begin-hold", reason="weather").status_code == 400
    assert hold_now() is None
    sent(client, member, "begin-hold", reason="other")

    assert sent(client, member, "begin-hold", reason="other").status_code == 409


def test_a_hold_that_ended_is_not_ended_again(client, member):
    sent(client, member, "begin-hold", reason="other")
    hold = hold_now()
    sent(client, member, "end-hold", hold=hold.id)

    assert sent(client, member, "end-hold", hold=hold.id).status_code == 409
    assert sent(client, member, "end-hold", hold="zz").status_code == 302


def test_the_record_tells_what_was_done_and_leads_to_the_page(client, member):
    sent(client, member, rule="tasks", days="3")

    record = client.get(reverse("network:record", args=[member.slug])).content.decode()

    assert "changed for how long something is kept" in record
    assert reverse("network:held", args=[member.slug]) in record
