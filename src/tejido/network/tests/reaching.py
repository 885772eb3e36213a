"""What tests of messages do: give addresses, tell people, send what is due."""

import re
from datetime import UTC, datetime
from random import Random

import pytest

from tejido.accounts.testing import an_account
from tejido.foundation.scope import member_scope, person_scope
from tejido.network.domain.messages import Channel, Kind
from tejido.network.domain.roles import Role
from tejido.network.models import OutMessage, WayToReach
from tejido.network.services.outbox import tell
from tejido.network.services.sending import send_due
from tejido.network.services.ways import WayRefused, give_address
from tejido.network.testing import a_person

# A Friday: 10 in the morning, and 11 at night, in California.
MORNING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def somebody(member, *roles, username="rosa", language="en", is_active=True):
    account = an_account(username, language=language, is_active=is_active)
    return a_person(member, *(roles or [Role.STEWARD]), id=account.id)


def reached(person, channel=Channel.MAIL, address="rosa@example.org", **wishes):
    wanted = {"kinds": [each.value for each in Kind], "confirmed_at": MORNING} | wishes
    with person_scope(person.id):
        return WayToReach.objects.create(
            person=person,
            channel=channel,
            address=address,
            code_hash="",
            code_at=MORNING,
            **wanted,
        )


def told(person, member, kind=Kind.HOURS_WAIT, at=MORNING, once=""):
    return tell(person_id=person.id, member_id=member.id, kind=kind, at=at, once=once)


def sent(at=MORNING, seed=1):
    return dict(send_due(at=at, draw=Random(seed)))


def rows(member):
    with member_scope(member.id):
        return list(OutMessage.objects.order_by("made_at", "id"))


def given(person, channel=Channel.MAIL, address="rosa@example.org", at=MORNING):
    give_address(person_id=person.id, channel=channel, address=address, language="en", at=at)


def code_in(words):
    return re.search(r"\b\d{6}\b", words).group()


def refused(act, **given_to):
    with pytest.raises(WayRefused) as refusal:
        act(**given_to)
    return refusal.value.code
