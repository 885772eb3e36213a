"""What every page of the directory's desk shares."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tejido.directory.domain.acts import ActState
from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.queries.history import act_by_id
from tejido.directory.queries.proposed import proposal_by_id
from tejido.directory.services.acts import Actor
from tejido.directory.web.section import Group, section_for
from tejido.network.desk import render_desk
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen, roles_of

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


def render_page(
    request: "SignedInRequest",
    template: str,
    member: MemberSeen,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of the directory's desk, with what was just done and its undo."""
    told = {
        **section_context(request, member),
        "done": just_done(request),
        "proposed": just_proposed(request),
        **context,
    }
    return render_desk(request, template, member, told, status=status)


def section_context(request: "SignedInRequest", member: MemberSeen) -> dict[str, Any]:
    """Return what the menus need; the section's own asks for roles only where it is shown."""

    def section() -> list[Group]:
        return section_for(roles_of(request.user.pk, member.id), member.slug)

    return {"rail_directory": True, "section": section}


def actor_of(
    request: "SignedInRequest",
    member: MemberSeen,
    permission: Permission = Permission.EDIT_LISTING,
) -> Actor:
    """Return the person in the role that lets them do this here. One query."""
    held = roles_of(request.user.pk, member.id) & MATRIX[permission]
    role = next((role for role in (Role.STEWARD, *Role) if role in held), None)
    return Actor(request.user.pk, member.id, role.value if role else "")


def back_to(
    name: str,
    member: MemberSeen,
    *arguments: object,
    done: UUID | None = None,
    waits: UUID | None = None,
    carried: str = "",
) -> HttpResponse:
    """Go to a page of the directory, which then says what was done, and what waits.

    `carried` is its search.
    """
    address = reverse(f"directory:{name}", args=[member.slug, *arguments])
    told = {name: key for name, key in (("done", done), ("waits", waits)) if key}
    said = "&".join(filter(None, (carried, urlencode(told))))
    return redirect(f"{address}?{said}" if said else address)


def just_proposed(request: "SignedInRequest") -> UUID | None:
    """Return the change that the address says was just proposed, if it waits."""
    try:
        found = proposal_by_id(UUID(request.GET.get("waits", "")))
    except ValueError:
        return None
    is_waiting = found is not None and found.state is ProposalState.WAITING
    return found.id if found is not None and is_waiting else None


def just_done(request: "SignedInRequest") -> Any:
    """Return the act that the address says was just done, if it stands."""
    try:
        act = act_by_id(UUID(request.GET.get("done", "")))
    except ValueError:
        return None
    return act if act is not None and act.state is ActState.DONE else None
