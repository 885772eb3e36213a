"""What a member is and how two members can stand to each other."""

import re
import unicodedata
from enum import StrEnum


class MemberKind(StrEnum):
    """What kind of organization a member is."""

    PROGRAM = "program"
    TRAINING_CENTER = "training-center"
    TA_CENTER = "ta-center"
    COUNTY_DIVISION = "county-division"
    PROVIDER = "provider"
    EMPLOYER = "employer"
    COALITION = "coalition"
    ADVOCACY_GROUP = "advocacy-group"
    FUNDER = "funder"


class RelationshipKind(StrEnum):
    """What one member (from) does for another (to)."""

    SUPPORTS = "supports"
    PLACES_WITH = "places-with"
    AUTHORIZES = "authorizes"
    REFERS_TO = "refers-to"
    PARTNERS_WITH = "partners-with"
    FUNDS = "funds"
    RECEIVED_TA_FROM = "received-ta-from"


RESERVED_SLUGS = frozenset({"consents", "invited", "language", "reach", "second-step"})
LONGEST_SLUG = 60
_FIPS = re.compile(r"06\d{3}")


def is_california_county(fips: str) -> bool:
    """Return whether a code has the form of a California county's: 06 and three digits."""
    return _FIPS.fullmatch(fips) is not None


def slug_of(name: str) -> str:
    """Return a name as part of an address: small letters without accents, digits, dashes.

    Empty when the name has none of these, or when it would hide one of the desk's own pages.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    return "" if slug in RESERVED_SLUGS else slug
