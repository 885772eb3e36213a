"""What is held, about whom, why and for how long: each area says it of its own tables.

An area lists what it holds as `HELD` in a module `held.py`, and the rules by which rows go as
`RULES`. The page *What we hold* is made from both; `tests/test_held.py` goes through every table
and fails where one is not named.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise


class About(StrEnum):
    """Whom something is about, those first whom it could hurt most."""

    SEEKERS = "seekers"
    WORKERS = "workers"
    MEMBERS = "members"
    PLACES = "places"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long something stays, and how it goes.

    Attributes:
        name: stable, such as `suggestions-answered`.
        what: what goes, in the reader's language.
        since: from when the days count, such as “after somebody dealt with it”.
        days: the longest; the network may shorten it, and only a change of code lengthens it.
        remove: removes at most so many that were over before a local day; returns how many went.
            Called again until fewer go. Safe to repeat.
        shortest: how far it may be shortened.
    """

    name: str
    what: "Promise | str"
    since: "Promise | str"
    days: int
    remove: Callable[[date, int], int]
    shortest: int = 1


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing that is held.

    Attributes:
        what: what it is, as its heading.
        holds: what stands in it, in plain words.
        about: whom it is about.
        why: what it is for.
        kept: until when, where no rule says it in days.
        models: the tables, as `area.Model`.
        rules: names of the rules by which it goes.
        words: columns in which somebody can write freely, or that name somebody, as
            `Model.column`.
        codes: columns of letters that hold only codes, hashes or words of ours.
    """

    what: "Promise | str"
    holds: "Promise | str"
    about: About
    why: "Promise | str"
    kept: "Promise | str" = ""
    models: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def all_held() -> list[Held]:
    """Return everything that is held, by whom it is about, then from the ground up."""
    order = list(About)
    found = [each for module in _modules() for each in getattr(module, "HELD", ())]
    return sorted(found, key=lambda each: order.index(each.about))


def all_rules() -> dict[str, Rule]:
    """Return every rule by its name, from the ground up."""
    return {rule.name: rule for module in _modules() for rule in getattr(module, "RULES", ())}


def time_words(days: int, since: "Promise | str") -> str:
    """Return how long something stays, in the language of the page.

    Args:
        days: whole years are said as years.
        since: from when they count.
    """
    if days % 365:
        time = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    else:
        years = days // 365
        time = ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    return f"{time} {since}"


def remove_some(rows: "QuerySet[Any]", limit: int) -> int:
    """Delete at most so many of some rows; return how many. Two queries."""
    over = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    if not over:
        return 0
    # Asked once more: what somebody has changed since is not over.
    _all, gone = rows.filter(pk__in=over).delete()
    return gone.get(rows.model._meta.label, 0)


def _modules() -> Iterator[object]:
    for area in settings.AREAS:
        path = f"tejido.{area}.held"
        if find_spec(path):
            yield import_module(path)
