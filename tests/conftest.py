"""Two members with one row in every table, for the tests of who reaches what."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.models import ImportRun
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import (
    AgreementEnd,
    Consent,
    ConsentWithdrawal,
    Contact,
    ContactImport,
    ContactTie,
    Departure,
    Event,
    HandedOver,
    Invitation,
    Member,
    Membership,
    OutMessage,
    PartnerCard,
    PartnerListing,
    Person,
    ProposalEnd,
    Recovery,
    ReleaseAnswer,
    ReleaseRule,
    Seal,
    SealedEvent,
    SentBatch,
    ServedCounty,
    SharedContact,
)
from tejido.network.testing import a_member, a_person, an_agreement
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
    plant_agreement(valley, coast)
    for member, name in ((valley, "Rosa"), (coast, "Iván")):
        person = a_person(member, Role.OUTREACH_WORKER, name=name)
        with member_scope(member.id):
            event = Event.objects.create(
                member=member, act="add.member", object_id=member.id, happened_at=MORNING
            )
            seal = Seal.objects.create(
                member=member, number=1, sealed_at=MORNING, generation=1, count=1, seal="0" * 64
            )
            SealedEvent.objects.create(member=member, seal=seal, event=event, place=1)
            Invitation.objects.create(
                member=member,
                called=name,
                roles=["steward"],
                token_hash="0" * 64,
                made_by=member.id,
                made_at=MORNING,
                expires_at=MORNING + timedelta(days=14),
                used_at=MORNING,
                membership=Membership.objects.get(),
            )
            ContactImport.objects.create(
                member=member, file_name="list.csv", brought_by=member.id, brought_at=MORNING
            )
            contact = Contact.objects.create(
                member=member, kind="person", name=name, added_by=member.id, added_at=MORNING
            )
            ContactTie.objects.create(
                member=member,
                contact=contact,
                kind="works-for",
                at_member=member,
                since=MORNING.date(),
            )
            SharedContact.objects.create(
                member=member,
                contact=contact,
                consented_on=MORNING.date(),
                noted_by=member.id,
            )
            PartnerCard.objects.create(member=member)
            PartnerListing.objects.create(
                member=member, consented_at=MORNING, consented_by=member.id
            )
            ImportRun.objects.create(
                member=member,
                by=member.id,
                at=MORNING,
                file_name="list.csv",
                kind=RunKind.TABLE,
                state=RunState.NEW,
            )
            OutMessage.objects.create(
                member=member,
                person=person,
                channel="mail",
                kind="tasks-wait",
                state="waiting",
                made_at=MORNING,
                due_at=MORNING,
            )
            plant_consent(member, person)
            plant_release_rule(member)
            Recovery.objects.create(
                member=member,
                membership=Membership.objects.get(),
                started_by=member.id,
                started_at=MORNING,
            )
            ServedCounty.objects.create(member=member, county_fips="06019", since=MORNING.date())
            Departure.objects.create(
                member=member,
                reason="closes",
                last_day=MORNING.date(),
                started_by=member.id,
                started_at=MORNING,
            )
            HandedOver.objects.create(
                member=member,
                membership=Membership.objects.get(),
                kind="invitations",
                object_id=member.id,
                handed_by=member.id,
                handed_at=MORNING,
            )
            for model in OF_ONE:
                kept[f"{member.slug} {model.__name__}"] = model.objects.get().pk
    return kept


def plant_agreement(valley: Member, coast: Member) -> None:
    """Store an agreement that was signed and ended, and rows that went out under it."""
    row = an_agreement(valley, coast)
    sides = {"from_member": valley, "to_member": coast}
    with member_scope(valley.id):
        ProposalEnd.objects.create(
            **sides,
            version=row.versions.get(),
            side=coast.id,
            person=coast.id,
            words="",
            ended_at=MORNING,
        )
        AgreementEnd.objects.create(
            **sides,
            agreement=row,
            side=coast.id,
            person=coast.id,
            reason="no-reason",
            ended_at=MORNING,
        )
        SentBatch.objects.create(
            **sides,
            agreement=row.id,
            table="people-by-role",
            cells=[],
            person=coast.id,
            sent_at=MORNING,
        )


def plant_consent(member: Member, person: Person) -> None:
    """Store a consent that was taken back, in the member's scope."""
    consent = Consent.objects.create(
        member=member,
        person=person,
        purpose="photo",
        channel="web",
        text_en="Yes.",
        text_es="Sí.",
        digest="0" * 64,
        way="paper",
        given_on=MORNING.date(),
        noted_by=person.id,
        noted_at=MORNING,
    )
    ConsentWithdrawal.objects.create(
        member=member,
        consent=consent,
        person=person,
        withdrawn_by=person.id,
        withdrawn_at=MORNING,
    )


def plant_release_rule(member: Member) -> None:
    """Store what a partner asks of releases, and an answer, in the member's scope."""
    ReleaseRule.objects.create(
        member=member,
        holds=True,
        counties=["06019"],
        threshold=11,
        set_by=member.id,
        set_at=MORNING,
    )
    ReleaseAnswer.objects.create(
        member=member,
        subject="unmet-searches",
        period="2026-Q3",
        says_yes=True,
        signed_as="Ana",
        person=member.id,
        answered_at=MORNING,
    )
