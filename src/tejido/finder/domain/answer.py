"""What a search asks and what it answers: plain values that page, API and text message share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tejido.directory.domain.public import PublicListing
from tejido.finder.domain.drawbacks import Drawback


class Open(StrEnum):
    """Whether a place is open; unknown is an answer, never hidden and never 'closed'."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Where:
    """Where the search looks from: a point, what to call it, and how exact it is.

    `county_fips` is set where a whole county was asked for: what lies in it comes first.
    """

    latitude: float
    longitude: float
    label: str
    approximate: bool = False
    county_fips: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A search.

    Attributes:
        words: free text in any of our languages, or ''.
        need: a concept id chosen by tile, or ''.
        where: None searches the whole state without distance.
        at: the instant asked about, aware.
        language: `en` or `es`, for the texts of the answer.
        only_open: leave out what is closed at `at` (unknown stays, below open), unless nothing
            near is known to be open.
        facts: facts that must not be denied; unknown stays, below known.
        spoken: language code that must be offered, or ''.
        limit: at most so many results, 1 to 50.
    """

    at: datetime
    words: str = ""
    need: str = ""
    where: Where | None = None
    language: str = "en"
    only_open: bool = False
    facts: tuple[str, ...] = ()
    spoken: str = ""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hours:
    """Open, closed or unknown at the instant asked about, and what comes next.

    `closes_at` is set when open and known to close within the horizon, `opens_at` when closed and
    known to open again; both aware, in the place's zone. `always` is open without an end.
    """

    state: Open
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the listing, how far, which way, open or not, and why it is here.

    `distance_m` is None without a place; `bearing` is degrees from north. `why` is a tuple of
    codes: `need:<concept>`, `words:<word>`, `instead:<concept>`, `corrected:<typed>:<meant>`,
    `core`, `mail`, `phone`. `inside` is True where it lies in the county that was asked for.
    `instead` are needs that it offers and that may help, where it has none of what was asked for.
    `lower` is what speaks against it, and puts it lower. `near` is False for what lies more than
    25 miles away and not in the county asked for; by its ZIP or town where its place is hidden.
    """

    listing: PublicListing
    distance_m: float | None
    bearing: float | None
    hours: Hours
    matched_needs: tuple[str, ...]
    why: tuple[str, ...]
    inside: bool = False
    instead: tuple[str, ...] = ()
    lower: tuple[Drawback, ...] = ()
    near: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """Of the places near that filters leave: how many say yes to each; the others have not said.

    Attributes:
        every: how many there are, unknown hours included.
        facts: fact -> how many state it.
        spoken: how many speak the language asked for.
        known_open: how many are known to be open.
    """

    every: int
    facts: Mapping[str, int]
    spoken: int
    known_open: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The results in order, with what the search understood.

    Attributes:
        hits: best first.
        total: how many match before `limit`; with `only_open` those that are known to be open.
        needs: concepts understood from the words or the tile, best first.
        corrected: typed word -> word searched instead.
        built_at: when the snapshot was made.
        unknown_hours: with `only_open`, how many more match whose hours nobody knows: they are
            among the hits and not in `total`; otherwise 0.
        has_closed: only open ones were wanted and nothing near is known to be, so that closed
            ones are among the hits; they are not in `total`.
        wanted: the concepts of each thing asked for, in order: `naloxone and syringes` is
            `(("naloxone",), ("syringes",))`; of several in one tuple any will do.
    """

    hits: tuple[Hit, ...]
    total: int
    needs: tuple[str, ...]
    corrected: Mapping[str, str]
    built_at: datetime
    unknown_hours: int = 0
    wanted: tuple[tuple[str, ...], ...] = ()
    has_closed: bool = False

    @property
    def having(self) -> tuple[Hit, ...]:
        """The hits that have something of what was asked for, without what may help instead."""
        return tuple(hit for hit in self.hits if not hit.instead)
