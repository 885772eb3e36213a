"""The one public projection (DESIGN 4.5): what may leave the directory, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Fact, Mode, Precision, Tier

VERSION = 1


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A point in WGS 84 degrees and how exact it is."""

    latitude: float
    longitude: float
    precision: Precision


@dataclass(frozen=True, slots=True)
class PublicPhone:
    """A number to call or to text; `number` as stored, E.164 where it could be read."""

    number: str
    extension: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class PublicContact:
    """A person to ask for, who agreed to be shown: name, title and numbers, nothing else."""

    name: str
    title: str
    phones: tuple[PublicPhone, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicConfirmation:
    """Who confirmed a field that everybody sees, and when: a role or a list, never a person.

    Attributes:
        record: `service`, `place` (the service there) or `location`.
        field: its name; `*` is each field of the record without its own word.
        role: of a person of the network, or ''.
    """

    record: str
    field: str
    on: date
    by: ConfirmedBy
    role: str = ""


@dataclass(frozen=True, slots=True)
class PublicText:
    """What a person reads, in one language; a field without text in it is ''.

    Attributes:
        language: of these texts: `en` or `es`.
        states: field -> translation.State: `source`, `translated`, `reviewed`, `machine`, `stale`.
        rest: field -> language and words of the parts that are not written in this language,
            where others are: what a service says of itself, and not what it says of a place.
    """

    language: str
    name: str
    description: str
    before_you_go: str
    landmark: str
    states: Mapping[str, str]
    rest: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublicListing:
    """One service at one place, or one service without a place, as everybody may see it.

    `id` is the service_at_location's, or the service's where it has no place. `point` and
    `address_lines` are empty where the place is not public. `hours_known` is False when nobody
    has stated hours that can be computed with: the answer is then "call first", never "closed".
    `texts` always has English first, with '' for what exists only in another language; another
    only where something is written in it. `contacts`
    are only those who agreed to be shown. `hours_hold_days` is for how long stated hours are
    believed (domain.clocks). `confirmations` say who confirmed which field of it: of a place that
    is not public nothing but its hours and numbers.
    """

    version: int
    id: UUID
    service_id: UUID
    organization: str
    tier: Tier
    mode: Mode
    texts: tuple[PublicText, ...]
    needs: tuple[str, ...]
    keywords: tuple[str, ...]
    point: PublicPoint | None
    address_lines: tuple[str, ...]
    city: str
    postal_code: str
    reach: tuple[str, ...]
    phones: tuple[PublicPhone, ...]
    url: str
    languages: tuple[str, ...]
    facts: Mapping[Fact, bool]
    rules: tuple[Rule, ...]
    exceptions: tuple[DatedException, ...]
    timezone: str
    hours_known: bool
    hours_text: str
    temporarily_closed: bool
    confirmed_on: date | None
    confirmed_by: ConfirmedBy | None
    hours_hold_days: int
    source: str
    is_invented: bool
    contacts: tuple[PublicContact, ...] = ()
    confirmations: tuple[PublicConfirmation, ...] = ()

    def original(self, field: str) -> str:
        """Return a text in the language in which it was written; English where there is any."""
        return next((words for text in self.texts if (words := getattr(text, field))), "")

    @property
    def hours_hold_until(self) -> date | None:
        """Return the last day on which the stated hours may be believed, None if they never may.

        After it nobody says "open": the state is unknown, and pages say "call first".
        """
        if self.confirmed_on is None:
            return None
        return self.confirmed_on + timedelta(days=self.hours_hold_days)
