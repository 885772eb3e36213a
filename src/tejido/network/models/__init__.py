"""The tables of the network."""

from tejido.network.models.agreements import (
    Agreement,
    AgreementEnd,
    AgreementSignature,
    AgreementVersion,
    ProposalEnd,
    SentBatch,
)
from tejido.network.models.consents import Consent, ConsentWithdrawal
from tejido.network.models.contacts import Contact, ContactImport, ContactTie, SharedContact
from tejido.network.models.departures import Departure
from tejido.network.models.invitations import Invitation
from tejido.network.models.leaving import HandedOver
from tejido.network.models.members import Member, Membership, Person, Relationship, RoleGrant
from tejido.network.models.messages import OutMessage, WayToReach
from tejido.network.models.partners import PartnerCard, PartnerListing
from tejido.network.models.record import Event, Seal, SealedEvent
from tejido.network.models.recovery import Recovery
from tejido.network.models.release_rules import ReleaseAnswer, ReleaseRule
from tejido.network.models.served import ServedCounty

__all__ = [
    "Agreement",
    "AgreementEnd",
    "AgreementSignature",
    "AgreementVersion",
    "Consent",
    "ConsentWithdrawal",
    "Contact",
    "ContactImport",
    "ContactTie",
    "Departure",
    "Event",
    "HandedOver",
    "Invitation",
    "Member",
    "Membership",
    "OutMessage",
    "PartnerCard",
    "PartnerListing",
    "Person",
    "ProposalEnd",
    "Recovery",
    "Relationship",
    "ReleaseAnswer",
    "ReleaseRule",
    "RoleGrant",
    "Seal",
    "SealedEvent",
    "SentBatch",
    "ServedCounty",
    "SharedContact",
    "WayToReach",
]
