"""What is asked of the HSDS API, once it is known to make sense."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds_of(at: datetime) -> int:
    """Return an instant as microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant_of(microseconds: int) -> str:
    """Return microseconds since 1970 as an instant in ISO 8601."""
    at = _EPOCH + timedelta(microseconds=microseconds)
    return at.isoformat().replace("+00:00", "Z")


class Kind(StrEnum):
    """What can be asked for."""

    SERVICE = "service"
    PLACE = "service_at_location"
    ORGANIZATION = "organization"
    TAXONOMY = "taxonomy"
    TERM = "taxonomy_term"


class Shape(StrEnum):
    """How much of each is answered; `WITH_SERVICES` is an organization with whole services."""

    MINIMAL = "minimal"
    PLAIN = "plain"
    FULL = "full"
    WITH_SERVICES = "with services"


class Sort(StrEnum):
    """In which order; ids decide where the order does not."""

    NONE = ""
    DISTANCE = "distance"
    NAME = "name"
    MODIFIED = "modified"


@dataclass(frozen=True, slots=True)
class Around:
    """A circle.

    Attributes:
        latitude, longitude: its middle, degrees.
        radius_m: metres; None for no end, where only the distance counts.
    """

    latitude: float
    longitude: float
    radius_m: float | None = None


@dataclass(frozen=True, slots=True)
class FeedQuestion:
    """Filters that all hold together; what is None or empty does not narrow.

    Attributes:
        words: the stems of each word; one of each has to be there.
        term, taxonomy, organization, parent: ids.
        needs: numbers of terms in the file, of which one has to be there.
        modified_from: microseconds since 1970; changed then or later.
        around: near a point.
        county: FIPS code; what is bounded to other counties is left out.
        open_at: known to be open at this instant.
        language: a code; the service has it.
        top_only: terms without a broader one.
        sort: the order.
    """

    words: tuple[tuple[str, ...], ...] = ()
    term: str = ""
    taxonomy: str = ""
    organization: str = ""
    parent: str = ""
    needs: tuple[int, ...] | None = None
    modified_from: int | None = None
    around: Around | None = None
    county: str = ""
    open_at: datetime | None = None
    language: str = ""
    top_only: bool = False
    sort: Sort = field(default=Sort.NONE)
