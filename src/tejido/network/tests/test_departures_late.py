"""A departure that had to wait until somebody else coordinates the network."""

from datetime import timedelta

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.days import local_day
from tejido.foundation.scope import member_scope
from tejido.network.domain.departures import UNDO_WITHIN, DepartureReason
from tejido.network.domain.roles import Role
from tejido.network.models import Departure, Member, PartnerCard
from tejido.network.services.departures import carry_out_due, undo_departure
from tejido.network.services.forgetting import forget_cards
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
LATE = MORNING + timedelta(days=60)


def test_what_it_has_stays_as_long_as_it_can_be_undone():
    valley, coalition = a_member(), a_member("Coalition")
    inez = a_person(coalition, Role.NETWORK_COORDINATOR, id=an_account("inez").id)
    with member_scope(valley.id):
        PartnerCard.objects.create(member=valley)
        Departure.objects.create(
            member=valley,
            reason=DepartureReason.CLOSES,
            last_day=TODAY,
            started_by=a_person(valley, Role.PROGRAM_MANAGER).id,
            started_at=MORNING,
            confirmed_by=inez.id,
            confirmed_at=MORNING,
        )

    assert carry_out_due(at=LATE) == 1

    undo_until = LATE + UNDO_WITHIN
    assert Member.objects.get(id=valley.id).until == local_day(LATE)
    assert forget_cards(local_day(undo_until) - timedelta(days=30), 9) == 0
    undo_departure(member_id=valley.id, acting_for=coalition.id, by=inez.id, at=undo_until)
    with member_scope(valley.id):
        assert PartnerCard.objects.exists()
