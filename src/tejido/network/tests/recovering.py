"""What tests of accounts that are opened again do."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope
from tejido.network.models import Event, Membership
from tejido.network.services.recovery import (
    RecoveryRefused,
    confirm_recovery,
    start_recovery,
    stop_recovery,
)
from tejido.network.testing import MORNING, a_person

User = get_user_model()
LATER = MORNING + timedelta(hours=5)


def somebody(member, name, *roles):
    return a_person(member, *roles, name=name.title(), id=an_account(name.lower()).id)


def membership_of(member, person):
    with member_scope(member.id):
        return Membership.objects.get(person=person).id


def start(member, whose, by, *, at=MORNING):
    return start_recovery(
        member_id=member.id, membership_id=membership_of(member, whose), by=by.id, at=at
    )


def confirm(member, recovery_id, by, *, at=LATER, acting_for=None):
    return confirm_recovery(
        member_id=member.id,
        recovery_id=recovery_id,
        acting_for=(acting_for or member).id,
        by=by.id,
        at=at,
    )


def stop(member, recovery_id, by, *, acting_for=None):
    stop_recovery(
        member_id=member.id,
        recovery_id=recovery_id,
        acting_for=(acting_for or member).id,
        by=by.id,
        at=LATER,
    )


def refused(act, *args, **more):
    with pytest.raises(RecoveryRefused) as refusal:
        act(*args, **more)
    return refusal.value.code


def acts(member):
    with member_scope(member.id):
        kept = Event.objects.filter(act__endswith=".recovery").order_by("happened_at")
        return [(event.act, event.actor) for event in kept]
