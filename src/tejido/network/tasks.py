"""What needs a person today: areas above say it, the first page of a member's desk shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen

TASKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why, and the address of the page where it is done."""

    words: str
    why: str
    href: str


Asks = Callable[[MemberSeen, frozenset[Role]], Iterable[Task]]
_asked: list[Asks] = []


def offer_tasks(asks: Asks) -> None:
    """Ask an area for its tasks whenever the first page is shown; called once, at the start.

    Args:
        asks: takes the member, in whose scope it runs, and the person's roles there; returns
            tasks in the language of the page, the most harmful to leave undone first.
    """
    _asked.append(asks)


def tasks_for(member: MemberSeen, roles: frozenset[Role]) -> list[Task]:
    """Return what needs a person with these roles at a member, at most five."""
    return [task for asks in _asked for task in asks(member, roles)][:TASKS_SHOWN]
