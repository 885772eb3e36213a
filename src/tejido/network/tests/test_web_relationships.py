"""The pages of whom a member works with, and of conflicts of interest."""

import html
import re
from datetime import date

import pytest

from tejido.foundation.scope import member_scope
from tejido.network.domain.members import MemberKind
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Relationship
from tejido.network.queries.register import relationships_of
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
HOME = "/desk/valley-harm-reduction/"
LINES = f"{HOME}relationships/"


@pytest.fixture
def fund(db):
    return a_member("Poppy Fund", MemberKind.FUNDER)


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def given(other, kind="funds:in", since="2026-05-04", until=""):
    return {"kind": kind, "other": str(other.id), "since": since, "until": until}


def test_a_manager_adds_a_line_ends_it_and_lets_it_go_on(client, valley, fund, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    added = client.post(f"{LINES}add/", given(fund), follow=True)
    (line,) = relationships_of(valley.id)
    ended = client.post(f"{LINES}{line.id}/end/", follow=True)
    client.post(f"{LINES}{line.id}/resume/")

    assert "Added: Funds us: Poppy Fund." in words_of(added)
    assert "Ended: Funds us: Poppy Fund." in words_of(ended)
    assert "1 that ended" in words_of(ended)
    assert relationships_of(valley.id)[0].until is None


def test_a_line_that_was_a_mistake_is_undone(client, valley, fund, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.post(f"{LINES}add/", given(fund))
    (line,) = relationships_of(valley.id)

    page = client.post(f"{LINES}{line.id}/mistake/", follow=True)

    assert "No other member is named here yet." in words_of(page)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": ""}, "Choose what"),
        ({"other": "x"}, "Choose a member"),
        ({"since": "20/11/26"}, "Write a day as 2026-11-20"),
        ({"since": "2999-01-01"}, "the first day is ahead"),
        ({"until": "2026-01-01"}, "The last day is before the first one."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(client, valley, fund, sign_in, changed, says):
    sign_in(valley, Role.PROGRAM_MANAGER)

    answer = client.post(f"{LINES}add/", given(fund) | changed)

    assert answer.status_code in {400, 409}
    assert says in words_of(answer)
    assert "<title>Error:" in answer.content.decode()
    assert relationships_of(valley.id) == []


def test_the_same_line_twice_is_refused(client, valley, fund, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.post(f"{LINES}add/", given(fund))

    answer = client.post(f"{LINES}add/", given(fund))

    assert answer.status_code == 409
    assert "This is known already." in words_of(answer)


def test_a_line_that_began_again_is_not_let_go_on_twice(client, valley, fund, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.post(f"{LINES}add/", given(fund, until="2026-06-01"))
    (line,) = relationships_of(valley.id)
    client.post(f"{LINES}add/", given(fund, since="2026-07-01"))

    answer = client.post(f"{LINES}{line.id}/resume/")

    assert answer.status_code == 409
    assert client.post(f"{LINES}{fund.id}/resume/").status_code == 404
    assert client.post(f"{LINES}{fund.id}/end/").status_code == 404
    assert client.post(f"{LINES}{fund.id}/mistake/").status_code == 404


def test_a_colleague_reads_and_does_not_write(client, valley, fund, sign_in):
    sign_in(valley, Role.OUTREACH_WORKER)

    assert client.get(LINES).status_code == 200
    assert client.get(f"{LINES}?added=x").status_code == 200
    assert "Add a line" not in words_of(client.get(LINES))
    assert client.post(f"{LINES}add/", given(fund)).status_code == 403
    assert client.get(f"{HOME}conflicts/").status_code == 403


def test_a_conflict_is_shown_with_its_reason_and_that_somebody_looked_is_noted(
    client, valley, fund, sign_in
):
    ruth = a_person(valley, Role.STEWARD, name="Ruth")
    a_person(fund, Role.STEWARD, name="Ruth", id=ruth.id)
    with member_scope(valley.id):
        Relationship.objects.create(
            from_member=fund, to_member=valley, kind="funds", since=date(2026, 5, 4)
        )
    sign_in(valley, Role.PROGRAM_MANAGER)
    asked = {"who": f"person:{ruth.id}", "about": str(fund.id), "on": "2026-11-20"}

    page = words_of(client.get(f"{HOME}conflicts/", asked))

    assert "Ruth works for Poppy Fund, since" in page
    assert "Ruth works for Valley Harm Reduction, since" in page
    assert "Poppy Fund funds Valley Harm Reduction, since" in page
    with member_scope(valley.id):
        assert Event.objects.filter(act="view.conflicts", object_id=ruth.id).count() == 1


def test_two_members_without_anything_between_them_are_said_to_have_nothing_known(
    client, valley, fund, sign_in
):
    sign_in(valley, Role.PROGRAM_MANAGER)
    asked = {"who": f"member:{valley.id}", "about": str(fund.id), "on": "2026-11-20"}

    assert "The network was told of nothing" in words_of(client.get(f"{HOME}conflicts/", asked))
    same = asked | {"about": str(valley.id)}
    assert "This is the same member." in words_of(client.get(f"{HOME}conflicts/", same))
    assert "Choose who" in words_of(client.get(f"{HOME}conflicts/", asked | {"who": "x"}))


def test_somebody_who_works_for_two_other_members_is_not_named(client, valley, fund, sign_in):
    clinic = a_member("Tower Street Clinic", MemberKind.PROVIDER)
    ruth = a_person(clinic, Role.STEWARD, name="Ruth")
    a_person(fund, Role.STEWARD, name="Ruth", id=ruth.id)
    sign_in(valley, Role.PROGRAM_MANAGER)
    asked = {"who": f"member:{clinic.id}", "about": str(fund.id), "on": "2026-11-20"}

    page = words_of(client.get(f"{HOME}conflicts/", asked))

    assert "Somebody works for Poppy Fund" in page
    assert "Ruth" not in page
