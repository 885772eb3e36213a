"""What is proposed is turned down by the other side, or taken back by its own; both told."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import AgreementState
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Member
from tejido.network.news_tasks import agreements_that_others_ended
from tejido.network.queries.access import seen
from tejido.network.queries.agreements import ClosedSeen
from tejido.network.services import agreements
from tejido.network.services.agreement_checks import AgreementRefused
from tejido.network.services.agreements import close_proposal
from tejido.network.testing import MORNING, TODAY, Two

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    """Two members, the one with a proposal of the other."""
    found = Two()
    found.propose()
    return found


@contextmanager
def refused(code):
    with pytest.raises(AgreementRefused) as refusal:
        yield
    assert refusal.value.code == code


def test_a_proposal_is_turned_down_by_the_one_and_taken_back_by_the_other(two):
    two.close(two.reader, words="  The dates are too long. ")
    down = two.seen()
    two.change()
    two.sign(two.giver)
    two.close(two.giver)
    back = two.seen()

    assert down.state is AgreementState.TURNED_DOWN
    assert down.newest.closed == ClosedSeen(
        seen(two.reader), MORNING, "The dates are too long.", is_own=False
    )
    assert back.state is AgreementState.TAKEN_BACK
    assert back.newest.closed.is_own
    assert not back.waits_for(two.reader.id)
    assert acts_at(two.reader)[-2:] == ["sign.agreement", "take-back.agreement"]
    assert "turn-down.agreement" in acts_at(two.giver)


@pytest.mark.parametrize("act", ["propose", "change"])
def test_whoever_waited_for_the_other_to_leave_proposes_nothing(two, act, monkeypatch):
    def then_it_has_left(*_members):
        Member.objects.filter(id=two.reader.id).update(until=TODAY)

    monkeypatch.setattr(agreements, "take_turn", then_it_has_left)

    with refused("member-unknown"):
        getattr(two, act)()


def test_what_was_turned_down_is_signed_by_nobody_and_another_version_is(two):
    two.sign(two.giver)
    two.close(two.reader)

    with refused("closed"):
        two.sign(two.reader)
    two.change()
    two.sign_both()

    assert two.may()


def test_a_change_that_is_turned_down_leaves_what_is_in_force(two):
    two.sign_both()
    two.change(valid_until=TODAY + timedelta(days=9))
    two.close(two.reader)

    agreement = two.seen()

    assert agreement.state is AgreementState.IN_FORCE
    assert agreement.shown.number == 1
    assert not agreement.waits_for(two.reader.id)
    assert two.may()
    with refused("overlaps"):
        two.propose()


def test_what_both_signed_is_ended_and_not_turned_down(two):
    two.sign_both()

    with refused("signed-by-both"):
        two.close(two.reader)


def test_only_what_was_read_is_turned_down_and_twice_is_once(two):
    read = two.seen().newest.digest
    two.change()
    asked = {"agreement_id": two.id, "by": two.people[two.reader.id], "at": MORNING}

    with refused("text-changed"):
        close_proposal(acting_for=two.reader.id, digest=read, words="", **asked)
    with refused("words-long"):
        two.close(two.reader, words="x" * 501)
    for _ in range(2):
        two.close(two.reader)

    assert acts_at(two.giver).count("turn-down.agreement") == 1


def acts_at(member):
    with member_scope(member.id):
        rows = Event.objects.filter(act__endswith=".agreement").order_by("happened_at")
        return list(rows.values_list("act", flat=True))


def leader(client, sign_in, member):
    sign_in(member, Role.PROGRAM_MANAGER)
    return f"/desk/{member.slug}/agreements/"


def test_who_received_it_turns_it_down_on_the_page_with_a_reason(client, two, sign_in):
    here = f"{leader(client, sign_in, two.reader)}{two.id}/"

    page = client.get(here).text
    asked = client.get(f"{here}close/").text
    said = {"digest": two.seen().newest.digest, "words": "Too long."}
    long = client.post(f"{here}close/", said | {"words": "x" * 501})
    down = client.post(f"{here}close/", said, follow=True).text
    again = client.get(f"{here}close/")

    assert "Turn it down" in page
    assert "Take the proposal back" not in page
    assert "Turn this down?" in asked
    assert (long.status_code, "Write at most 500 letters" in long.text) == (400, True)
    assert "You turned it down." in down
    assert f"{two.reader.name} turned version 1 down, " in down
    assert "Too long." in down
    assert "Your name, to sign" not in down
    assert again.status_code == 302


def test_who_proposed_takes_it_back_in_spanish_and_the_other_side_reads_why(client, two, sign_in):
    sign_in(two.giver, Role.PROGRAM_MANAGER, language="es")
    here = f"/desk/{two.giver.slug}/agreements/{two.id}/"

    page = client.get(here).text
    led = client.get(f"{here}end/")
    said = {"digest": two.seen().newest.digest, "words": ""}
    back = client.post(f"{here}close/", said, follow=True).text

    assert "Retirar la propuesta" in page
    assert "Rechazar" not in page
    assert led["Location"] == f"{here}close/"
    assert "Usted la retiró." in back
    assert "Propuesta retirada" in back
    assert [task.words for task in news(two.reader)] == [f"{two.giver.name} retiró lo que propuso"]
    assert news(two.giver) == []


def test_a_change_is_turned_down_beside_what_is_in_force(client, two, sign_in):
    two.sign_both()
    two.change()
    here = f"{leader(client, sign_in, two.reader)}{two.id}/"

    page = client.get(here).text
    said = {"digest": two.seen().newest.digest}
    down = client.post(f"{here}close/", said, follow=True).text
    stale = client.post(f"{here}close/", said)

    assert "Turn it down" in page
    assert "End it now" in page
    assert "What is in force stays as it is." in down
    assert "End it now" in down
    assert stale.status_code == 302
    assert [task.words for task in news(two.giver)] == [
        f"{two.reader.name} turned down what you proposed"
    ]


def test_what_changed_since_it_was_opened_is_not_turned_down(client, two, sign_in):
    here = f"{leader(client, sign_in, two.reader)}{two.id}/"
    digest = two.seen().newest.digest
    two.change()

    answer = client.post(f"{here}close/", {"digest": digest, "words": "Too long."})

    assert answer.status_code == 409
    assert "changed since you opened it" in answer.text
    assert "Too long." in answer.text


def test_that_it_was_turned_down_is_no_news_once_something_newer_is_proposed(two):
    at = timezone.now()
    two.close(two.reader, at)
    before = news(two.giver)

    two.propose(at + timedelta(seconds=1))

    assert [task.words for task in before] == [f"{two.reader.name} turned down what you proposed"]
    assert news(two.giver) == []


def news(member):
    return list(agreements_that_others_ended(seen(member), frozenset({Role.PROGRAM_MANAGER})))
