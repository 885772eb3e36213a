"""Taking in what anybody says is wrong. Nothing here changes a listing."""

from datetime import date
from enum import StrEnum

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.suggestions import (
    LONGEST_INSTEAD,
    LONGEST_NOTE,
    MOST_A_DAY,
    MOST_OF_A_KIND,
    Answer,
    Said,
)
from tejido.directory.models import Suggestion
from tejido.foundation.errors import Refused

_DAY_S = 86_400


class SuggestionRefused(Refused):
    """Words that cannot be taken in; nothing was kept."""


class Taken(StrEnum):
    """How it was taken in; who sent it is thanked in each case."""

    KEPT = "kept"
    AGAIN = "again"
    COUNTED = "counted"


def suggest(said: Said, *, on: date) -> Taken:
    """Keep what somebody says is wrong with a listing, for a steward to look at.

    What one form sends twice is one, and its last words hold until somebody answered. Of one
    thing that is wrong with one listing three are kept a day, and the rest is counted. A form that
    is sent again as another thing becomes that only where there is room for it.

    Args:
        said: what was sent.
        on: the local day.

    Raises:
        SuggestionRefused: `too-many`: more came today in the whole network than people send.
        django.db.Error: the database is away; nothing was kept.
    """
    with transaction.atomic():
        row = Suggestion.objects.select_for_update().filter(id=said.id).first()
        if row is not None:
            return _again(row, said)
        today = Suggestion.objects.filter(day=on, call=None)
        alike = today.filter(listing=said.listing, wrong=said.wrong.value)
        if alike.count() >= MOST_OF_A_KIND:
            return _counted(alike.order_by("id").first(), said)
        if today.count() >= MOST_A_DAY:
            sentence = _("Too many reports came today. Try again tomorrow, or call the place.")
            raise SuggestionRefused("too-many", sentence)
        fixed = {"listing": said.listing, "service": said.service, "day": on}
        Suggestion.objects.get_or_create(id=said.id, defaults=fixed | _words(said))
    return Taken.KEPT


def _again(row: Suggestion, said: Said) -> Taken:
    if (row.listing, row.answer) != (said.listing, Answer.WAITS.value):
        return Taken.AGAIN
    words = _words(said)
    if not _may_become(row, said):
        # It was counted as what it was first, and so it stays: else one form after another could
        # be filled in as a thing that has room, and then moved to the one that has none.
        words["wrong"] = row.wrong
    Suggestion.objects.filter(id=row.id).update(**words)
    return Taken.AGAIN


def _may_become(row: Suggestion, said: Said) -> bool:
    """Say whether the other thing that is wrong now has room for it on the day that it came."""
    if row.wrong == said.wrong.value:
        return True
    that_day = Suggestion.objects.filter(day=row.day, call=None)
    alike = that_day.filter(listing=row.listing, wrong=said.wrong.value)
    return row.further == 0 and alike.count() < MOST_OF_A_KIND


def _counted(row: Suggestion | None, said: Said) -> Taken:
    # The form that was counted is remembered for a day and nowhere written down.
    if row is None or not cache.add(f"wrong-{said.id}", 1, _DAY_S):
        return Taken.AGAIN
    Suggestion.objects.filter(id=row.id).update(further=F("further") + 1)
    return Taken.COUNTED


def _words(said: Said) -> dict[str, str]:
    return {
        "wrong": said.wrong.value,
        "note": said.note[:LONGEST_NOTE],
        "instead": said.instead[:LONGEST_INSTEAD],
        "language": said.language,
    }
