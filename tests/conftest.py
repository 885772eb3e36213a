"""Two members with one row in every table, for the tests of who reaches what."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.models import ImportRun
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Member, Seal, SealedEvent
from tejido.network.testing import a_member, a_person
from tests.owned_tables import OF_ONE

MORNING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.fixture
def valley(db: None) -> Member:
    return a_member("Valley Harm Reduction")


@pytest.fixture
def coast(db: None) -> Member:
    return a_member("Coast Harm Reduction")


@pytest.fixture
def rows(valley: Member, coast: Member) -> dict[str, Any]:
    """Store, for each of two members, one row in each table."""
    kept: dict[str, Any] = {}
    for member, name in ((valley, "Rosa"), (coast, "Iván")):
        a_person(member, Role.OUTREACH_WORKER, name=name)
        with member_scope(member.id):
            event = Event.objects.create(
                member=member, act="add.member", object_id=member.id, happened_at=MORNING
            )
            seal = Seal.objects.create(
                member=member, number=1, sealed_at=MORNING, generation=1, count=1, seal="0" * 64
            )
            SealedEvent.objects.create(member=member, seal=seal, event=event, place=1)
            ImportRun.objects.create(
                member=member,
                by=member.id,
                at=MORNING,
                file_name="list.csv",
                kind=RunKind.TABLE,
                state=RunState.NEW,
            )
            for model in OF_ONE:
                kept[f"{member.slug} {model.__name__}"] = model.objects.get().pk
    return kept
