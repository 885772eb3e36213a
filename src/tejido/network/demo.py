"""The invented network: members, people, one person to sign in for each role."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL as NAMESPACE
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.accounts.queries import account_id, has_second_step
from tejido.accounts.services import create_account, turn_on_app
from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.network.demo_agreements import plant_agreement, plant_consent
from tejido.network.demo_contacts import plant_cards, plant_contacts
from tejido.network.domain.agreements import Sharing
from tejido.network.domain.consents import Channel, Purpose
from tejido.network.domain.members import MemberKind, RelationshipKind, slug_of
from tejido.network.domain.roles import Role, need_second_step
from tejido.network.queries.access import roles_of
from tejido.network.queries.members import has_members, member_named, works_with
from tejido.network.services.members import (
    MemberIn,
    add_member,
    found_network,
)
from tejido.network.services.people import PersonIn, join
from tejido.network.services.relationships import add_relationship

# fmt: off
WORDS = (
    "acorn", "agave", "almond", "arroyo", "bracken", "canyon", "cedar", "clover", "coyote",
    "estuary", "fennel", "finch", "granite", "heron", "juniper", "kelp", "lagoon", "lupine",
    "maple", "meadow", "mesa", "minnow", "oriole", "otter", "pebble", "quail", "raven",
    "saffron", "sage", "tule", "violet", "willow",
)
# fmt: on


class NotInvented(Refused):
    """Invented people would be put among real ones."""

    def __init__(self) -> None:
        """Say where they belong."""
        super().__init__(
            "not-the-demonstration", _("Invented people belong to the demonstration: tejido demo.")
        )


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody invented who can sign in; the password is for the demonstration only."""

    username: str
    name: str
    role: Role
    member: str
    language: str = "en"

    @property
    def password(self) -> str:
        """Return three words and a number that always come out the same."""
        drawn = hashlib.sha256(f"tejido demonstration {self.username}".encode()).digest()
        words = "-".join(WORDS[byte % len(WORDS)] for byte in drawn[:3])
        return f"{words}-{drawn[3] % 90 + 10}"

    @property
    def app_secret(self) -> str:
        """Return the secret for an authenticator app, always the same; '' where none is needed."""
        drawn = hashlib.sha256(f"tejido demonstration app {self.username}".encode()).digest()
        return base64.b32encode(drawn[:20]).decode() if need_second_step([self.role]) else ""


COALITION = "Golden Thread Coalition"
TRAINING = "Camino Training Center"
ASSISTANCE = "Loom Assistance Center"
DIVISION = "Valley County Harm Reduction Division"
CLINIC = "Tower Street Clinic"
EMPLOYER = "Harvest Street Works"
ADVOCATES, FUND = "Open Window Advocates", "Poppy Hill Fund"
FRESNO, OAKLAND = "Orchard Row Outreach", "Estuary Blue Door"
ANGELES, EUREKA = "Noche Larga Outreach", "Spruce Lantern Project"

PERSONAS = [
    Persona("inez", "Inez", Role.NETWORK_COORDINATOR, COALITION),
    Persona("bo", "Bo", Role.ADVOCATE, COALITION),
    Persona("dolores", "Dolores", Role.PROGRAM_MANAGER, FRESNO),
    Persona("rosa", "Rosa", Role.OUTREACH_WORKER, FRESNO, "es"),
    Persona("theo", "Theo", Role.STEWARD, OAKLAND),
    Persona("marisol", "Marisol", Role.RECRUITER, TRAINING),
    Persona("dre", "Dre", Role.TRAINER, TRAINING),
    Persona("kai", "Kai", Role.TRAINEE, TRAINING),
    Persona("yesenia", "Yesenia", Role.ALUMNA, TRAINING, "es"),
    Persona("omar", "Omar", Role.EMPLOYER_CONTACT, EMPLOYER),
    Persona("linh", "Linh", Role.COUNTY_OFFICIAL, DIVISION),
    Persona("amara", "Amara", Role.CARE_PROVIDER, CLINIC),
    Persona("lucia", "Lucía", Role.TRANSLATOR, ASSISTANCE, "es"),
    Persona("wei", "Wei", Role.ANALYST, ASSISTANCE),
]

# name, kind, county, what its first manager is called; the first founds the network.
MEMBERS = [
    (COALITION, MemberKind.COALITION, "06067", "Inez"),
    (FRESNO, MemberKind.PROGRAM, "06019", "Dolores"),
    (OAKLAND, MemberKind.PROGRAM, "06001", "Mateo"),
    (ANGELES, MemberKind.PROGRAM, "06037", "Simone"),
    (EUREKA, MemberKind.PROGRAM, "06023", "Wren"),
    (TRAINING, MemberKind.TRAINING_CENTER, "06037", "Aurora"),
    (ASSISTANCE, MemberKind.TA_CENTER, "06001", "Gil"),
    (DIVISION, MemberKind.COUNTY_DIVISION, "06019", "Farah"),
    (CLINIC, MemberKind.PROVIDER, "06019", "Noor"),
    (EMPLOYER, MemberKind.EMPLOYER, "06037", "Ruth"),
    (ADVOCATES, MemberKind.ADVOCACY_GROUP, "06001", "Sol"),
    (FUND, MemberKind.FUNDER, "06067", "Neva"),
]

# A person can work for several members.
ALSO = [
    ("theo", Role.STEWARD, FRESNO),
    ("bo", Role.ADVOCATE, ADVOCATES),
    ("yesenia", Role.OUTREACH_WORKER, ANGELES),
]

TIES = [
    (COALITION, RelationshipKind.SUPPORTS, ASSISTANCE),
    *(
        (ASSISTANCE, RelationshipKind.SUPPORTS, program)
        for program in (FRESNO, OAKLAND, ANGELES, EUREKA)
    ),
    (TRAINING, RelationshipKind.PLACES_WITH, EMPLOYER),
    (TRAINING, RelationshipKind.PLACES_WITH, ANGELES),
    (DIVISION, RelationshipKind.AUTHORIZES, FRESNO),
    (FRESNO, RelationshipKind.REFERS_TO, CLINIC),
    (FUND, RelationshipKind.FUNDS, FRESNO),
    (FUND, RelationshipKind.FUNDS, OAKLAND),
    (ADVOCATES, RelationshipKind.PARTNERS_WITH, COALITION),
    (EUREKA, RelationshipKind.RECEIVED_TA_FROM, ASSISTANCE),
]

# Who shows who works there to whom.
SHARED = [
    (OAKLAND, COALITION, Sharing.NETWORK),
    (FRESNO, DIVISION, Sharing.AUTHORIZER),
]
AGREED = [
    (FRESNO, "rosa", Purpose.PHOTO, Channel.WEB),
    (FRESNO, "rosa", Purpose.MESSAGES, Channel.TEXT),
    (TRAINING, "yesenia", Purpose.PLACEMENT, Channel.PHONE),
]


def plant(*, report: Callable[[str], None], at: datetime) -> None:
    """Store the invented members, people and ties. Safe to repeat: what is there stays.

    Raises:
        NotInvented: this is not the demonstration.
    """
    if not settings.DEMONSTRATION:
        raise NotInvented
    with transaction.atomic():
        accounts = {persona.username: _account(persona, at) for persona in PERSONAS}
        managers = {name: _manager(name, called, accounts) for name, _k, _c, called in MEMBERS}
        members = _members(managers, at)
        _people(members, managers, accounts, at)
        _ties(members, managers, at)
        _agreements(members, managers, accounts, at)
        plant_contacts(members, managers, at=at)
        plant_cards(members, managers, at=at)
    report(f"network: {len(members)} invented members, {len(PERSONAS)} people who can sign in")


def _account(persona: Persona, at: datetime) -> UUID:
    stored = account_id(persona.username)
    if stored is None:
        account = create_account(
            username=persona.username, password=persona.password, language=persona.language
        )
        stored = account.id
    if persona.app_secret and not has_second_step(stored):
        turn_on_app(account_id=stored, secret=persona.app_secret, at=at)
    return stored


def _manager(member: str, called: str, accounts: dict[str, UUID]) -> PersonIn:
    """Return the first manager: somebody who can sign in, or only a name."""
    known = accounts.get(called.lower())
    return PersonIn(known or uuid5(NAMESPACE, f"tejido demonstration {member} {called}"), called)


def _members(managers: dict[str, PersonIn], at: datetime) -> dict[str, UUID]:
    members: dict[str, UUID] = {}
    for name, kind, county, _called in MEMBERS:
        draft = MemberIn(name, kind, county)
        stored = member_named(slug_of(name))
        if stored:
            members[name] = stored.id
        elif not has_members():
            members[name] = found_network(member=draft, coordinator=managers[name], at=at)
        else:
            members[name] = add_member(
                member=draft,
                manager=managers[name],
                acting_for=members[COALITION],
                by=managers[COALITION].id,
                at=at,
            )
    return members


def _people(
    members: dict[str, UUID],
    managers: dict[str, PersonIn],
    accounts: dict[str, UUID],
    at: datetime,
) -> None:
    names = {persona.username: persona.name for persona in PERSONAS}
    first = [(persona.username, persona.role, persona.member) for persona in PERSONAS]
    for username, role, member in [*first, *ALSO]:
        person = PersonIn(accounts[username], names[username])
        if not roles_of(person.id, members[member]):
            join(
                member_id=members[member],
                person=person,
                roles=[role],
                since=local_day(at),
                by=managers[member].id,
                at=at,
            )


def _ties(members: dict[str, UUID], managers: dict[str, PersonIn], at: datetime) -> None:
    for ours, kind, other in TIES:
        known = {(tie.kind, tie.other.id) for tie in works_with(members[ours]) if tie.outward}
        if (kind, members[other]) not in known:
            add_relationship(
                from_member=members[ours],
                to_member=members[other],
                kind=kind,
                since=local_day(at),
                by=managers[ours].id,
                at=at,
            )


def _agreements(
    members: dict[str, UUID],
    managers: dict[str, PersonIn],
    accounts: dict[str, UUID],
    at: datetime,
) -> None:
    leading = {members[name]: manager for name, manager in managers.items()}
    for giver, receiver, sharing in SHARED:
        plant_agreement(members[giver], members[receiver], sharing, leading, at)
    for member, username, purpose, channel in AGREED:
        plant_consent(
            members[member], accounts[username], purpose, channel, by=managers[member].id, at=at
        )
