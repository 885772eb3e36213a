"""Who must have a second step: areas above say it, this area only keeps it in place."""

from collections.abc import Callable
from uuid import UUID

Asks = Callable[[UUID], bool]
_asked: list[Asks] = []


def oblige_second_step(asks: Asks) -> None:
    """Ask an area whether somebody must have a second step; called once, when it starts.

    Args:
        asks: takes the id of an account; returns whether what it may do asks for more than a
            password.
    """
    if asks not in _asked:
        _asked.append(asks)


def must_have_second_step(account_id: UUID) -> bool:
    """Return whether any area asks for more than a password of this account."""
    return any(asks(account_id) for asks in _asked)
