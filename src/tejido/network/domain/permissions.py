"""Who may do what: the matrix of roles and permissions (docs/roles.md is made from it)."""

from collections.abc import Iterable
from enum import StrEnum

from tejido.network.domain.roles import Role


class Permission(StrEnum):
    """`verb.object.scope`; only what code enforces stands here."""

    VIEW_DESK = "view.desk.member"
    VIEW_PEOPLE = "view.people.member"
    VIEW_EVENTS = "view.events.member"
    ADD_MEMBERSHIP = "add.membership.member"
    END_MEMBERSHIP = "end.membership.member"
    GRANT_ROLE = "grant.role.member"
    WITHDRAW_ROLE = "withdraw.role.member"
    ADD_RELATIONSHIP = "add.relationship.member"
    ADD_MEMBER = "add.member.network"
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


_STEWARDS = frozenset({Role.STEWARD, Role.NETWORK_COORDINATOR})
_EVERYBODY = frozenset(Role)
_LEADING = frozenset({Role.PROGRAM_MANAGER, Role.NETWORK_COORDINATOR})
# People who are trained or hired are not shown who else works at the place that helps them.
_STAFF = _EVERYBODY - {Role.TRAINEE, Role.ALUMNA, Role.EMPLOYER_CONTACT}

MATRIX: dict[Permission, frozenset[Role]] = {
    Permission.VIEW_DESK: _EVERYBODY,
    Permission.VIEW_PEOPLE: _STAFF,
    Permission.VIEW_EVENTS: _LEADING,
    Permission.ADD_MEMBERSHIP: _LEADING,
    Permission.END_MEMBERSHIP: _LEADING,
    Permission.GRANT_ROLE: _LEADING,
    Permission.WITHDRAW_ROLE: _LEADING,
    Permission.ADD_RELATIONSHIP: _LEADING,
    Permission.ADD_MEMBER: frozenset({Role.NETWORK_COORDINATOR}),
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
}


def is_allowed(roles: Iterable[Role], permission: Permission) -> bool:
    """Return whether any of the roles holds the permission."""
    return not MATRIX[permission].isdisjoint(roles)
