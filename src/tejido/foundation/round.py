"""Rounds: work that is done again and again without anybody asking, such as a nightly tidying.

An area lists its own as `ROUNDS` in a module `rounds.py`. Whoever keeps the rounds asks every
minute which are due; the database says who makes one, so that several servers make it once.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tejido.foundation.errors import Refused
from tejido.foundation.models import RoundMade

log = logging.getLogger(__name__)
# A round that failed, or whose maker died, is made again after this.
AGAIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Round:
    """Work that is done again and again.

    Attributes:
        name: stable, such as `seal-record`.
        make: does it, given the moment; safe to repeat.
        every: so much time lies between two that were done.
        hour: the local hour from which it is made, once a day; None for the whole day.
    """

    name: str
    make: Callable[[datetime], object]
    every: timedelta = timedelta(hours=1)
    hour: int | None = None


def is_due(
    work: Round, *, done_at: datetime | None, begun_at: datetime | None, at: datetime
) -> bool:
    """Tell whether a round is to be made.

    Args:
        work: the round.
        done_at: when it was last done, None for never.
        begun_at: when it was last begun, whether or not it was done.
        at: now.
    """
    is_open = begun_at is not None and (done_at is None or begun_at > done_at)
    if begun_at and is_open and at - begun_at < AGAIN:
        return False
    if work.hour is None:
        return done_at is None or at - done_at >= work.every
    here = timezone.localtime(at)
    is_done_today = done_at is not None and timezone.localtime(done_at).date() >= here.date()
    return here.hour >= work.hour and not is_done_today


def make_rounds(rounds: Iterable[Round], *, at: Callable[[], datetime]) -> list[str]:
    """Make what is due and nobody else makes; return the names of what was done.

    A round that fails keeps no other from being made, and is made again later.

    Args:
        rounds: those that there are.
        at: tells the time.
    """
    return [work.name for work in rounds if _claimed(work, at=at()) and _made(work, at=at)]


def _claimed(work: Round, *, at: datetime) -> bool:
    """Take a round that is due, unless another process took it meanwhile."""
    kept, _is_new = RoundMade.objects.get_or_create(name=work.name)
    if not is_due(work, done_at=kept.done_at, begun_at=kept.begun_at, at=at):
        return False
    mine = RoundMade.objects.filter(name=work.name, begun_at=kept.begun_at)
    return bool(mine.update(begun_at=at))


def _made(work: Round, *, at: Callable[[], datetime]) -> bool:
    kept = RoundMade.objects.filter(name=work.name)
    try:
        work.make(at())
    except Exception as error:  # noqa: BLE001  (whatever it is, the others have to be made)
        # Its text may hold somebody's words; its kind does not.
        problem = error.code if isinstance(error, Refused) else type(error).__name__
        log.warning("the round %s failed: %s", work.name, problem)
        kept.update(problem=problem)
        return False
    kept.update(done_at=at(), problem="")
    return True


def failed_rounds() -> list[str]:
    """Return the names of the rounds that failed when they were last made. One query."""
    failed = RoundMade.objects.exclude(problem="").order_by("name")
    return list(failed.values_list("name", flat=True))


def unread(_sentence: str) -> None:
    """Take what is reported of progress, where nobody reads it."""
