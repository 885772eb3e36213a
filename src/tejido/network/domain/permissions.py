"""Who may do what: the matrix of roles and permissions (docs/roles.md is made from it)."""

from collections.abc import Iterable
from enum import StrEnum

from tejido.network.domain.roles import Role


class Permission(StrEnum):
    """`verb.object.scope`; only what code enforces stands here."""

    VIEW_DESK = "view.desk.member"
    VIEW_PEOPLE = "view.people.member"
    VIEW_EVENTS = "view.events.member"
    VIEW_MESSAGES = "view.messages.member"
    RETRY_MESSAGES = "retry.messages.member"
    ADD_MEMBERSHIP = "add.membership.member"
    END_MEMBERSHIP = "end.membership.member"
    GRANT_ROLE = "grant.role.member"
    WITHDRAW_ROLE = "withdraw.role.member"
    RECOVER_ACCOUNT = "recover.account.member"
    RECOVER_ANYWHERE = "recover.account.network"
    ADD_RELATIONSHIP = "add.relationship.member"
    VIEW_AGREEMENTS = "view.agreements.member"
    PROPOSE_AGREEMENT = "propose.agreement.member"
    SIGN_AGREEMENT = "sign.agreement.member"
    REVOKE_AGREEMENT = "revoke.agreement.member"
    VIEW_SHARED = "view.shared.member"
    NOTE_CONSENT = "note.consent.member"
    RELEASE_OWN = "release.own-counts.member"
    VIEW_CONFLICTS = "view.conflicts.member"
    VIEW_CONTACTS = "view.contacts.member"
    EDIT_CONTACTS = "edit.contacts.member"
    EXPORT_CONTACTS = "export.contacts.member"
    VIEW_PARTNERS = "view.partners.member"
    EDIT_PARTNER_CARD = "edit.partner-card.member"
    LEAVE_NETWORK = "leave.network.member"
    ADD_MEMBER = "add.member.network"
    END_MEMBER = "end.member.network"
    MARK_TRIBAL_PARTNER = "mark.tribal-partner.network"
    REVIEW_TEXT = "review.text.network"
    CORRECT_TEXT = "edit.text.network"
    EDIT_LISTING = "edit.listing.network"
    PUBLISH_LISTING = "publish.listing.network"
    APPROVE_LISTING = "approve.listing.network"
    IMPORT_LISTINGS = "import.listings.network"
    EDIT_NEEDS = "edit.needs.network"
    EDIT_LANDMARKS = "edit.landmarks.network"
    TRUST_SOURCE = "trust.source.network"
    EDIT_CLOCKS = "edit.clocks.network"
    RELEASE_COUNTS = "release.counts.network"
    EDIT_RETENTION = "edit.retention.network"


_STEWARDS = frozenset({Role.STEWARD, Role.NETWORK_COORDINATOR})
_EVERYBODY = frozenset(Role)
_LEADING = frozenset({Role.PROGRAM_MANAGER, Role.NETWORK_COORDINATOR})
# People who are trained or hired are not shown who else works at the place that helps them.
_STAFF = _EVERYBODY - {Role.TRAINEE, Role.ALUMNA, Role.EMPLOYER_CONTACT}

MATRIX: dict[Permission, frozenset[Role]] = {
    Permission.VIEW_DESK: _EVERYBODY,
    Permission.VIEW_PEOPLE: _STAFF,
    Permission.VIEW_EVENTS: _LEADING,
    Permission.VIEW_MESSAGES: _LEADING,
    Permission.RETRY_MESSAGES: _LEADING,
    Permission.ADD_MEMBERSHIP: _LEADING,
    Permission.END_MEMBERSHIP: _LEADING,
    Permission.GRANT_ROLE: _LEADING,
    Permission.WITHDRAW_ROLE: _LEADING,
    Permission.RECOVER_ACCOUNT: _LEADING,
    # Where a member has nobody else who leads, or the person works for several.
    Permission.RECOVER_ANYWHERE: frozenset({Role.NETWORK_COORDINATOR}),
    Permission.ADD_RELATIONSHIP: _LEADING,
    # What their place gives away concerns all who work there.
    Permission.VIEW_AGREEMENTS: _STAFF,
    Permission.PROPOSE_AGREEMENT: _LEADING,
    Permission.SIGN_AGREEMENT: _LEADING,
    Permission.REVOKE_AGREEMENT: _LEADING,
    Permission.VIEW_SHARED: _LEADING | {Role.ANALYST, Role.COUNTY_OFFICIAL},
    # A partner's own yes, which nobody else can say for it.
    Permission.RELEASE_OWN: _LEADING,
    # Who asks people of their own place; each sees and withdraws their own without a role.
    Permission.NOTE_CONSENT: _LEADING | {Role.RECRUITER, Role.TRAINER},
    # It tells where else somebody works, so it is for who answers for a choice.
    Permission.VIEW_CONFLICTS: _LEADING,
    Permission.VIEW_CONTACTS: _STAFF,
    Permission.EDIT_CONTACTS: _STAFF - {Role.ANALYST, Role.TRANSLATOR},
    # A whole book in one file is more than whoever looks up one number needs.
    Permission.EXPORT_CONTACTS: _LEADING,
    Permission.VIEW_PARTNERS: _STAFF,
    Permission.EDIT_PARTNER_CARD: _LEADING,
    # Starts it or confirms it; never the same person both (`domain/departures.py`).
    Permission.LEAVE_NETWORK: _LEADING,
    Permission.ADD_MEMBER: frozenset({Role.NETWORK_COORDINATOR}),
    # The same for any member, and the undo.
    Permission.END_MEMBER: frozenset({Role.NETWORK_COORDINATOR}),
    # Whose counties are about it is no member's own word alone.
    Permission.MARK_TRIBAL_PARTNER: frozenset({Role.NETWORK_COORDINATOR}),
    Permission.REVIEW_TEXT: frozenset({Role.TRANSLATOR}),
    Permission.CORRECT_TEXT: frozenset({Role.TRANSLATOR}),
    # The directory belongs to the whole network, so a steward of any member keeps all of it.
    Permission.EDIT_LISTING: _STEWARDS,
    Permission.PUBLISH_LISTING: _STEWARDS,
    # A second person, never who proposed it (`directory/services/four_eyes.py`).
    Permission.APPROVE_LISTING: _STEWARDS,
    Permission.IMPORT_LISTINGS: _STEWARDS,
    Permission.EDIT_NEEDS: _STEWARDS,
    Permission.EDIT_LANDMARKS: _STEWARDS,
    # Whose word counts is decided for the network, not by whoever keeps one list.
    Permission.TRUST_SOURCE: frozenset({Role.NETWORK_COORDINATOR}),
    # How long the whole finder believes hours is no question of one list either.
    Permission.EDIT_CLOCKS: frozenset({Role.NETWORK_COORDINATOR}),
    # What has left stays out, so one person answers for it in the network's name.
    Permission.RELEASE_COUNTS: frozenset({Role.NETWORK_COORDINATOR}),
    # What is removed is removed for everybody, and so is what is held back.
    Permission.EDIT_RETENTION: frozenset({Role.NETWORK_COORDINATOR}),
}


def is_allowed(roles: Iterable[Role], permission: Permission) -> bool:
    """Return whether any of the roles holds the permission."""
    return not MATRIX[permission].isdisjoint(roles)
