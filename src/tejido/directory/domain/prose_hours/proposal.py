"""What a sentence about hours was read as, or why it was not."""

from dataclasses import dataclass, field
from enum import StrEnum

from tejido.directory.domain.schedule import Rule


class Note(StrEnum):
    """What a steward should know beside a proposal, or why there is none."""

    IMPLIED_AM_PM = "implied-am-pm"
    CLOSED_ON_HOLIDAYS = "closed-on-holidays"
    APPOINTMENT_AT_OTHER_TIMES = "appointment-at-other-times"
    MORE_AT_TIMES = "more-at-times"
    CALL_FIRST = "call-first"
    HOURS_OF_A_PART = "hours-of-a-part"

    NOT_UNDERSTOOD = "not-understood"
    AMBIGUOUS_DAYS = "ambiguous-days"
    AMBIGUOUS_TIME = "ambiguous-time"
    CONTRADICTION = "contradiction"
    DAYLIGHT = "daylight"
    NEEDS_START_DATE = "needs-start-date"
    NO_DAYS = "no-days"
    NO_HOURS = "no-hours"
    PARTLY_BY_APPOINTMENT = "partly-by-appointment"
    SEASON = "season"
    SEVERAL_PARTS = "several-parts"
    VARIES = "varies"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Opening rules that a sentence states, or the parts that kept it from being understood.

    Attributes:
        rules: regular openings; empty when nothing is proposed, or nothing but appointments.
        by_appointment: nobody is seen without an appointment, in `rules` or at all.
        always: open day and night, every day; `rules` say so too.
        leftovers: the parts that were not understood, as they were written. Where there is one,
            nothing is proposed.
        notes: what to know beside the rules, or why there are none, each once.
        understood: the parts beside the leftovers that were understood, as they were written.
    """

    rules: tuple[Rule, ...] = ()
    by_appointment: bool = False
    always: bool = False
    leftovers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    understood: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_proposed(self) -> bool:
        """Say whether there is something for a steward to confirm."""
        return bool(self.rules) or self.by_appointment


class NotRead(ValueError):
    """A part of a sentence has no single meaning.

    Attributes:
        note: why.
        place: start and end of the words that it is about, or None for the whole part.
    """

    def __init__(self, note: Note, place: tuple[int, int] | None = None) -> None:
        super().__init__(note.value)
        self.note = note
        self.place = place
