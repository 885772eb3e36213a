"""The roles that a member gives to its people."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person does for a member; a person can have several."""

    NETWORK_COORDINATOR = "network-coordinator"
    PROGRAM_MANAGER = "program-manager"
    STEWARD = "steward"
    RECRUITER = "recruiter"
    TRAINER = "trainer"
    ANALYST = "analyst"
    TRANSLATOR = "translator"
    COUNTY_OFFICIAL = "county-official"
    CARE_PROVIDER = "care-provider"
    ADVOCATE = "advocate"
    OUTREACH_WORKER = "outreach-worker"
    EMPLOYER_CONTACT = "employer-contact"
    ALUMNA = "alumna"
    TRAINEE = "trainee"


# How far a role reaches over other people's roles, not how much a person is worth: whoever may
# grant roles grants those that reach no further than their own.
REACH = dict.fromkeys(Role, 1) | {Role.PROGRAM_MANAGER: 2, Role.NETWORK_COORDINATOR: 3}

# From coordinator up a password alone is not enough: whoever has it could let others in.
NEED_SECOND_STEP = frozenset(role for role in Role if REACH[role] > 1)


def need_second_step(roles: Iterable[Role]) -> bool:
    """Return whether any of the roles asks for more than a password at sign-in."""
    return not NEED_SECOND_STEP.isdisjoint(roles)


def reach_of(roles: Iterable[Role]) -> int:
    """Return how far the widest of the roles reaches; 0 without a role."""
    return max((REACH[role] for role in roles), default=0)


def is_above(roles: Iterable[Role], *, own: Iterable[Role]) -> bool:
    """Return whether any of the roles reaches further than the person's own."""
    return reach_of(roles) > reach_of(own)
