"""A form of a listing that was opened from the queue answers what waits there once it is saved.

What the program itself said stands beside its form however somebody came there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tejido.directory.domain.suggestions import PARTS, Wrong
from tejido.directory.queries.suggestions import Told, told_about, told_of
from tejido.directory.services.suggestion_answers import (
    Beside,
    beside_each,
    mark_written,
    read_mark,
)
from tejido.directory.web.frame import actor_of
from tejido.directory.web.listing_parts import heading_of
from tejido.directory.web.wording import short_day
from tejido.directory.web.wrong_wording import CLOSED_LONGER, WRITE, WRONGS
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# The form of a listing in which each is written.
_FORMS = {Wrong.PHONE: "phones", Wrong.ADDRESS: "address", Wrong.OFFER: "needs"}


@dataclass(frozen=True, slots=True)
class Way:
    """A form in which something is written: its address, what the link says, and the record."""

    href: str
    words: str
    where: str


def ways_of(member: MemberSeen, shown: Beside) -> Iterator[Way]:
    """Yield the forms in which it is written, each once.

    A door that was closed may be a day, the hours, or the end: hours first, then who finds it.
    """
    desk = shown.desk
    if desk is None or shown.wrong not in PARTS:
        return
    where = [member.slug, desk.service.id]
    for line in shown.hours if shown.wrong is Wrong.CLOSED else shown.lines:
        if shown.wrong in _FORMS:
            form = reverse("directory:edit", args=[*where, _group(shown), line.held.id])
        else:
            form = reverse("directory:hours", args=[*where, line.held.id])
        yield _way(shown, form, WRITE[shown.wrong], heading_of(desk, line.held))
    if shown.wrong is Wrong.CLOSED:
        form = reverse("directory:publicity", args=where)
        yield _way(shown, form, CLOSED_LONGER, "")


def _way(shown: Beside, form: str, words: Any, where: str) -> Way:
    return Way(f"{form}?told={_mark_of(shown.listing, shown.wrong)}", str(words), where)


def _group(shown: Beside) -> str:
    # A program that says that whom it serves changed was asked about the facts.
    is_asked = any(each.by_program for each in shown.words)
    return "facts" if is_asked and shown.wrong is Wrong.OFFER else _FORMS[shown.wrong]


def told_here(request: "SignedInRequest", member: MemberSeen) -> Beside | None:
    """Return what the address says was told, or what the program said that this form writes."""
    named = _named(request)
    told = [told_of(*named)] if named else _by_program(request)
    for shown in beside_each([each for each in told if each is not None]):
        ways = {way.href.partition("?")[0] for way in ways_of(member, shown)}
        if request.path in ways:
            return shown
    return None


def _by_program(request: "SignedInRequest") -> list[Told]:
    match = request.resolver_match
    listing = match.kwargs["listing_id"] if match is not None else None
    return [each for each in told_about([listing]) if each.by_program] if listing else []


def written(
    request: "SignedInRequest", member: MemberSeen, told: Beside | None, act: UUID | None
) -> None:
    """Keep that what the form showed was written by this act; without an act nothing was.

    What was said while the form was open was read by nobody and waits on.
    """
    if act is None or told is None:
        return
    read = request.POST.get("read", "").split()
    actor, on = actor_of(request, member), timezone.localdate()
    mark_written(listing=told.listing, wrong=told.wrong, read=read, actor=actor, on=on, act=act)


def told_context(
    request: "SignedInRequest", member: MemberSeen, told: Beside | None
) -> dict[str, Any]:
    """Return what people said, to be read beside the form, and the marks of all of it.

    With them what is wrong, in words, and the other forms in which it may be written.
    """
    words = told.words if told else ()
    others = ways_of(member, told) if told else ()
    return {
        "said_by_program": any(each.by_program for each in words),
        "told_wrong": WRONGS[told.wrong] if told else "",
        "told_days": [short_day(each.day) for each in words],
        "told_others": [way for way in others if way.href.partition("?")[0] != request.path],
        "said": [each for each in words if each.note or each.instead],
        "read": " ".join(map(read_mark, words)),
    }


def _mark_of(listing: UUID, wrong: Wrong) -> str:
    return f"{wrong.value}.{listing}"


def _named(request: "SignedInRequest") -> tuple[UUID, Wrong] | None:
    wrong, _dot, listing = request.GET.get("told", "").partition(".")
    try:
        return UUID(listing), Wrong(wrong)
    except ValueError:
        return None
