"""The closed word lists of a listing: HSDS where HSDS has the word, ours where it has none."""

from enum import StrEnum


class Tier(StrEnum):
    """Whether a service is harm reduction itself or stands around it."""

    CORE = "core"
    CONTEXT = "context"


class Mode(StrEnum):
    """How a person reaches the service."""

    FIXED = "fixed"
    MOBILE = "mobile"
    MAIL = "mail"
    VENDING = "vending"
    PHONE = "phone"


class Visibility(StrEnum):
    """Who may see a location, from everybody to partners."""

    PUBLIC = "public"
    WITHOUT_PLACE = "public-without-place"
    PARTNERS = "partners-only"


class Precision(StrEnum):
    """How exact a point is."""

    EXACT = "exact"
    APPROXIMATE = "approximate"


class Fact(StrEnum):
    """What a person asks before going; each is yes, no, or not known (absent)."""

    NO_ID = "no-id"
    WALK_IN = "walk-in"
    WHEELCHAIR = "wheelchair"
    FREE = "free"
    ALL_AGES = "all-ages"
    NO_INSURANCE = "no-insurance"
    PETS = "pets-welcome"
    ANONYMOUS = "anonymous"


class Status(StrEnum):
    """HSDS service status."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class ConfirmedBy(StrEnum):
    """Who last said that a listing is right."""

    PROGRAM = "program"
    NETWORK = "network"
    SOURCE = "source"
