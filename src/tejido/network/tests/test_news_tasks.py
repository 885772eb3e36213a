"""What others did stands on the first page of those who lead: nobody has to look for it."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import EndReason
from tejido.network.domain.roles import Role
from tejido.network.models import RoleGrant
from tejido.network.news_tasks import (
    agreements_that_others_ended,
    consents_taken_back,
    marks_of_tribal_partners,
    recoveries_to_confirm,
)
from tejido.network.queries.access import seen
from tejido.network.services.agreements import end_agreement
from tejido.network.services.consents import note_consent, withdraw_consent
from tejido.network.services.tribal_partners import mark_tribal_partner, unmark_tribal_partner
from tejido.network.testing import MORNING, a_consent, a_member, a_person, an_agreement
from tejido.network.tests.recovering import start

pytestmark = pytest.mark.django_db
LEADS = frozenset([Role.PROGRAM_MANAGER])
COORDINATES = frozenset([Role.NETWORK_COORDINATOR])
WORKS = frozenset([Role.OUTREACH_WORKER])


def asked(ask, member, roles=LEADS):
    with member_scope(member.id):
        return [(task.words, task.href) for task in ask(seen(member), roles)]


@pytest.fixture
def waiting(valley, ana, dolores, noor):
    with member_scope(valley.id):
        RoleGrant.objects.update(granted_at=MORNING - timedelta(days=90))
    start(valley, ana, dolores, at=timezone.now())


def test_who_may_confirm_reads_that_an_account_is_to_be_opened_again(valley, waiting):
    assert asked(recoveries_to_confirm, valley) == [
        ("Dolores asked to open the account of Ana again", "/desk/valley-harm-reduction/people/")
    ]
    assert asked(recoveries_to_confirm, valley, WORKS) == []


def test_who_coordinates_the_network_reads_it_too_without_a_name(valley, waiting, coalition):
    (told,) = asked(recoveries_to_confirm, coalition, COORDINATES)

    assert told == (
        "An account at Valley Harm Reduction is to be opened again",
        "/desk/golden-thread/people/recoveries/",
    )
    assert asked(recoveries_to_confirm, coalition) == []


@pytest.mark.parametrize(("days", "is_told"), [(1, True), (13, True), (15, False)])
def test_what_somebody_took_back_is_told_for_14_days(valley, rosa, dolores, days, is_told):
    at = timezone.now() - timedelta(days=days)
    draft = a_consent(rosa.id, given_on=local_day(at))
    consent = note_consent(member_id=valley.id, draft=draft, by=dolores.id, at=at)
    withdraw_consent(consent_id=consent, person_id=rosa.id, at=at)

    told = asked(consents_taken_back, valley)

    assert (
        told
        == [("Rosa took back: Show a photo of me", "/desk/valley-harm-reduction/consents/")]
        * is_told
    )
    assert asked(consents_taken_back, valley, WORKS) == []


def test_the_other_side_reads_that_an_agreement_was_ended_and_who_ended_it_does_not(valley):
    other = a_member("Coast Harm Reduction")
    agreement = an_agreement(valley, other)
    lead = a_person(other, Role.PROGRAM_MANAGER, name="Noor")
    end_agreement(
        acting_for=other.id,
        agreement_id=agreement.id,
        reason=EndReason.PURPOSE_OVER,
        by=lead.id,
        at=timezone.now(),
    )

    assert asked(agreements_that_others_ended, valley) == [
        (
            "Coast Harm Reduction ended the agreement with you",
            f"/desk/valley-harm-reduction/agreements/{agreement.id}/",
        )
    ]
    assert asked(agreements_that_others_ended, other) == []


def test_a_member_reads_that_it_was_marked_as_a_tribal_partner_or_is_none_now(
    valley, coalition, inez
):
    said = {"member_id": valley.id, "acting_for": coalition.id, "by": inez.id}
    mark_tribal_partner(**said, at=timezone.now() - timedelta(hours=1))
    marked = asked(marks_of_tribal_partners, valley)
    not_theirs = asked(marks_of_tribal_partners, coalition)
    unmark_tribal_partner(**said, at=timezone.now())
    unmarked = asked(marks_of_tribal_partners, valley)

    page = "/desk/valley-harm-reduction/release-rules/"
    assert marked == [("Golden Thread marked your member as a tribal partner", page)]
    assert unmarked == [("Golden Thread took the mark of a tribal partner off your member", page)]
    assert not_theirs == asked(marks_of_tribal_partners, valley, WORKS) == []


def test_it_is_told_in_spanish_too(valley, waiting):
    with translation.override("es"):
        ((words, _),) = asked(recoveries_to_confirm, valley)

    assert words == "Dolores pidió volver a abrir la cuenta de Ana"
