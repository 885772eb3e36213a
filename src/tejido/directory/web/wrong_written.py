"""A form of a listing that was opened from the queue answers what waits there once it is saved."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tejido.directory.domain.suggestions import PARTS, Wrong
from tejido.directory.queries.suggestions import told_of
from tejido.directory.services.suggestion_answers import Beside, beside, mark_written, read_mark
from tejido.directory.web.frame import actor_of
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

# The form of a listing in which each is written.
_FORMS = {Wrong.PHONE: "phones", Wrong.ADDRESS: "address", Wrong.OFFER: "needs"}


def forms_of(member: MemberSeen, shown: Beside) -> Iterator[str]:
    """Yield the addresses of the forms in which it is written, each once."""
    desk = shown.desk
    if desk is None or shown.wrong not in PARTS:
        return
    mark = f"?told={_mark_of(shown.listing, shown.wrong)}"
    if shown.wrong is Wrong.CLOSED:
        yield reverse("directory:publicity", args=[member.slug, desk.service.id]) + mark
        return
    for line in shown.lines:
        where = [member.slug, desk.service.id]
        if shown.wrong is Wrong.HOURS:
            yield reverse("directory:hours", args=[*where, line.held.id]) + mark
        else:
            group = _FORMS[shown.wrong]
            yield reverse("directory:edit", args=[*where, group, line.held.id]) + mark


def told_here(request: "SignedInRequest", member: MemberSeen) -> Beside | None:
    """Return what the address says was told, None where this form does not write that."""
    named = _named(request)
    told = told_of(*named) if named else None
    if told is None:
        return None
    shown = beside(told)
    ways = {href.partition("?")[0] for href in forms_of(member, shown)}
    return shown if request.path in ways else None


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


def told_context(told: Beside | None) -> dict[str, Any]:
    """Return what people said, to be read beside the form, and the marks of all of it."""
    words = told.words if told else ()
    return {
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
