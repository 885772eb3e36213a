"""Hours that a person writes at the desk, read whole: regular ones and those of certain days."""

from dataclasses import dataclass
from datetime import date

from tejido.directory.domain.prose_hours.dated import dated_in
from tejido.directory.domain.prose_hours.proposal import Proposal
from tejido.directory.domain.prose_hours.reading import propose_hours
from tejido.directory.domain.schedule import DatedException


@dataclass(frozen=True, slots=True)
class Written:
    """What was read.

    Attributes:
        regular: the regular openings, or why they were not read; None where nothing is said of
            them, only of certain days.
        dated: the hours of certain days.
    """

    regular: Proposal | None
    dated: tuple[DatedException, ...] = ()


def read_hours(text: str, *, today: date) -> Written:
    """Read what a person wrote, or copied from a page of the desk, English or Spanish.

    All of it or nothing, as `propose_hours`; the person sees what was read before it counts.

    Args:
        text: sentences about regular hours; certain days each on a line of its own.
        today: the local day.
    """
    dated, others = dated_in(text, today)
    is_dated_only = bool(dated) and not others.strip()
    regular = None if is_dated_only else propose_hours(others, today=today)
    return Written(regular, tuple(dated))
