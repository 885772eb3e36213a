"""A form of a listing that was opened from the queue answers what waits there once it is saved."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from tejido.directory.domain.suggestions import Wrong
from tejido.directory.queries.suggestions import Words, words_of_told
from tejido.directory.services.suggestion_answers import mark_written
from tejido.directory.web.frame import actor_of
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


def mark_of(listing: UUID, wrong: Wrong) -> str:
    """Return what is wrong with which listing, as an address carries it."""
    return f"{wrong.value}.{listing}"


def written(request: "SignedInRequest", member: MemberSeen, act: UUID | None) -> None:
    """Keep that what the address names was written by this act; without an act nothing was."""
    named = _named(request)
    if act is None or named is None:
        return
    listing, wrong = named
    actor = actor_of(request, member)
    mark_written(listing=listing, wrong=wrong, actor=actor, on=timezone.localdate(), act=act)


def words_told(request: "SignedInRequest") -> list[Words]:
    """Return what people said of what the address names, to be read beside the form."""
    named = _named(request)
    said = words_of_told(*named) if named else []
    return [each for each in said if each.note or each.instead]


def _named(request: "SignedInRequest") -> tuple[UUID, Wrong] | None:
    wrong, _dot, listing = request.GET.get("told", "").partition(".")
    try:
        return UUID(listing), Wrong(wrong)
    except ValueError:
        return None
