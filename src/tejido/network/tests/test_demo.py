from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from tejido.accounts.queries import account_id
from tejido.foundation.scope import member_scope
from tejido.network.demo import MEMBERS, PERSONAS, NotInvented, plant
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Member
from tejido.network.queries.access import roles_of
from tejido.network.queries.agreements import agreements_of, givers_to
from tejido.network.queries.consents import consents_at
from tejido.network.queries.members import has_members, member_named, members_of
from tejido.network.testing import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(settings):
    settings.DEMONSTRATION = True
    plant(report=str, at=MORNING)


def test_invented_people_stay_out_of_a_real_network():
    with pytest.raises(NotInvented):
        plant(report=str, at=MORNING)

    assert not has_members()
    assert account_id("inez") is None


def test_there_is_one_persona_for_each_role():
    assert [persona.role for persona in PERSONAS] != []
    assert sorted(persona.role for persona in PERSONAS) == sorted(Role)
    assert len({persona.username for persona in PERSONAS}) == len(PERSONAS)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.username)
def test_each_persona_signs_in_and_has_their_role(planted, rf, persona):
    validate_password(persona.password)

    user = authenticate(rf.post("/"), username=persona.username, password=persona.password)

    assert user is not None
    assert user.language == persona.language
    member = next(one for one in members_of(user.pk) if one.name == persona.member)
    assert persona.role in roles_of(user.pk, member.id)


def test_planted_again_later_changes_nothing(planted):
    coalition = member_named("golden-thread-coalition")
    with member_scope(coalition.id):
        events = Event.objects.count()

    said = []
    plant(report=said.append, at=MORNING + timedelta(days=30))

    assert Member.objects.count() == len(MEMBERS)
    with member_scope(coalition.id):
        assert Event.objects.count() == events
    assert said == ["network: 12 invented members, 14 people who can sign in"]


def test_somebody_works_for_two_members(planted):
    theo = account_id("theo")

    assert [member.name for member in members_of(theo)] == [
        "Estuary Blue Door",
        "Orchard Row Outreach",
    ]


def test_invented_agreements_and_consents_are_planted_once(planted):
    plant(report=str, at=MORNING)

    coalition = member_named("golden-thread-coalition")
    fresno = member_named("orchard-row-outreach")
    shown = givers_to(coalition.id, "people-by-role", at=MORNING)
    assert [giver.slug for giver, _agreed in shown] == ["estuary-blue-door"]
    assert [each.state for each in agreements_of(fresno.id, at=MORNING)] == ["in-force"]
    assert [each.name for each in consents_at(fresno.id, at=MORNING)] == ["Rosa", "Rosa"]
