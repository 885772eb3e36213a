"""Builders for tests: members, people and what they do there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tejido.accounts.queries import who_can_sign_in
from tejido.accounts.services import turn_on_app
from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import Basis, EndReason, Sharing, Terms, digest_of
from tejido.network.domain.consents import Channel, Purpose, Way
from tejido.network.domain.members import MemberKind, slug_of
from tejido.network.domain.roles import Role, need_second_step
from tejido.network.models import (
    Agreement,
    AgreementSignature,
    AgreementVersion,
    Member,
    Membership,
    Person,
    RoleGrant,
)
from tejido.network.queries.agreements import AgreementSeen, agreed, agreement_at
from tejido.network.services.agreements import (
    change_agreement,
    close_proposal,
    end_agreement,
    propose_agreement,
    sign_agreement,
)
from tejido.network.services.consents import ConsentIn

MORNING = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TODAY = date(2026, 11, 20)
LATER = MORNING + timedelta(hours=1)
SUMMER = (date(2026, 7, 1), date(2026, 9, 30))


def a_member(name: str = "Valley Harm Reduction", kind: MemberKind = MemberKind.PROGRAM) -> Member:
    """Store a member."""
    return Member.objects.create(kind=kind, name=name, slug=slug_of(name), county_fips="06019")


def a_tribal_partner(name: str = "Invented Tribal Partner") -> Member:
    """Store a member that is marked as a tribal partner."""
    member = a_member(name)
    member.tribal_partner_since = TODAY
    member.save()
    return member


def a_person(member: Member, *roles: Role, name: str = "Rosa", id: UUID | None = None) -> Person:  # noqa: A002
    """Store a person who works for the member in these roles, with the sign-in that they need."""
    person = Person(id=id or uuid4(), display_name=name)
    with member_scope(member.id):
        Person.objects.bulk_create([person], ignore_conflicts=True)
        membership = Membership.objects.create(member=member, person=person, since=TODAY)
        for role in roles:
            RoleGrant.objects.create(
                member=member, membership=membership, role=role, granted_at=MORNING
            )
    if id and need_second_step(roles) and who_can_sign_in([id]):
        turn_on_app(account_id=id, secret=APP_SECRET, at=MORNING)
    return person


def some_terms(**changed: Any) -> Terms:
    """Return terms about people by role, for one member, for a year from today."""
    said: dict[str, Any] = {
        "tables": ("people-by-role",),
        "sharing": Sharing.MEMBER,
        "covers_from": date(2026, 1, 1),
        "covers_until": None,
        "valid_from": TODAY,
        "valid_until": date(2027, 11, 19),
        "basis": Basis.PLANNING,
        "text_en": "We share these tables.",
        "text_es": "Compartimos estas tablas.",
    }
    return Terms(**(said | changed))


def an_agreement(giver: Member, receiver: Member, **changed: Any) -> Agreement:
    """Store an agreement that both members have signed."""
    terms = some_terms(**changed)
    sides = {"from_member": giver, "to_member": receiver}
    digest = digest_of(terms, giver=giver.id, receiver=receiver.id, number=1)
    with member_scope(giver.id):
        row: Agreement = Agreement.objects.create(**sides, opened_at=MORNING)
        stored = {name: getattr(terms, name) for name in terms.__slots__}
        version = AgreementVersion.objects.create(
            **sides,
            **(stored | {"tables": list(terms.tables)}),
            agreement=row,
            number=1,
            digest=digest,
            side=giver.id,
            proposed_by=uuid4(),
            proposed_at=MORNING,
        )
        for side in (giver.id, receiver.id):
            AgreementSignature.objects.create(
                **sides,
                version=version,
                side=side,
                person=uuid4(),
                signed_as="Ana",
                signed_at=MORNING,
                digest=digest,
            )
    return row


def a_consent(person_id: UUID, **changed: Any) -> ConsentIn:
    """Return that somebody agreed on paper to a photo on public pages."""
    said: dict[str, Any] = {
        "purpose": Purpose.PHOTO,
        "channel": Channel.WEB,
        "text_en": "You may show my photo.",
        "text_es": "Pueden mostrar mi foto.",
        "way": Way.PAPER,
        "given_on": TODAY,
    }
    return ConsentIn(person_id=person_id, **(said | changed))


class Two:
    """Two members with a manager each, and what they do with an agreement about people."""

    def __init__(self, kind: MemberKind = MemberKind.PROGRAM) -> None:
        """Store both, the reader of a kind."""
        word = uuid4().hex[:8]
        self.giver = a_member(f"Giver {word}")
        self.reader = a_member(f"Reader {word}", kind)
        self.people = {
            self.giver.id: a_person(self.giver, Role.PROGRAM_MANAGER, name="Ana").id,
            self.reader.id: a_person(self.reader, Role.PROGRAM_MANAGER, name="Luz").id,
        }

    def propose(self, at: datetime = MORNING, **changed: Any) -> UUID:
        """Propose that the reader sees what the giver has; return the agreement's id."""
        self.id = propose_agreement(
            acting_for=self.giver.id,
            giver=self.giver.id,
            receiver=self.reader.id,
            terms=some_terms(**changed),
            by=self.people[self.giver.id],
            at=at,
        )
        return self.id

    def change(self, at: datetime = MORNING, **changed: Any) -> int:
        """Propose another version; return its number."""
        return change_agreement(
            acting_for=self.giver.id,
            agreement_id=self.id,
            terms=some_terms(**changed),
            by=self.people[self.giver.id],
            at=at,
        )

    def sign(
        self, member: Member, at: datetime = MORNING, digest: str = "", name: str = "Ana Invented"
    ) -> None:
        """Sign the newest version for one of them; another one where a digest says so."""
        agreement = agreement_at(member.id, self.id, at=at)
        newest = agreement.newest.digest if agreement else ""
        sign_agreement(
            acting_for=member.id,
            agreement_id=self.id,
            digest=digest or newest,
            signed_as=name,
            by=self.people[member.id],
            at=at,
        )

    def sign_both(self, at: datetime = MORNING) -> None:
        """Sign the newest version for both."""
        self.sign(self.giver, at)
        self.sign(self.reader, at)

    def close(self, member: Member, at: datetime = MORNING, words: str = "") -> None:
        """Turn the newest version down, or take it back, for one of them."""
        agreement = agreement_at(member.id, self.id, at=at)
        close_proposal(
            acting_for=member.id,
            agreement_id=self.id,
            digest=agreement.newest.digest if agreement else "",
            words=words,
            by=self.people[member.id],
            at=at,
        )

    def end(self, member: Member, at: datetime = LATER) -> None:
        """End it for one of them."""
        end_agreement(
            acting_for=member.id,
            agreement_id=self.id,
            reason=EndReason.PEOPLE_OBJECT,
            by=self.people[member.id],
            at=at,
        )

    def may(self, at: datetime = LATER, period: tuple[date, date] = SUMMER) -> bool:
        """Return whether the reader may see it now."""
        found = agreed(giver=self.giver.id, reader=self.reader.id, table="people-by-role", at=at)
        return found is not None and found.permit.covers(*period)

    def seen(self, at: datetime = LATER) -> AgreementSeen:
        """Return it as the giver sees it."""
        agreement = agreement_at(self.giver.id, self.id, at=at)
        assert agreement is not None
        return agreement
