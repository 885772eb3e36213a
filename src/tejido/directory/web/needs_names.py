"""What needs are called, and new needs."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tejido.directory.queries.concepts import labels
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.needs import add_need, edit_shown
from tejido.directory.web.needs import actor_of, need_or_404, render_needs, to_need
from tejido.directory.web.needs_forms import PLACES, NamesForm, NeedForm
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_NEEDS)
def edit(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Change the name and the explanation of a need in both languages."""
    need = need_or_404(key)
    form = NamesForm(
        request.POST if request.method == "POST" else None, initial=NamesForm.first(need.row)
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = edit_shown(
                need=key, shown=form.shown(), actor=actor_of(request, member), at=timezone.now()
            )
        except NeedRefused as refusal:
            form.add_error(PLACES.get(refusal.field), str(refusal.sentence))
        else:
            return to_need(member, key, done)
    name = need.row.label((get_language() or "en")[:2])
    return _page(request, "directory/need_names.html", member, form, need=need, name=name)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_NEEDS)
def add(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Add a need."""
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        names=labels((get_language() or "en")[:2]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            key, done = add_need(
                draft=form.draft(), actor=actor_of(request, member), at=timezone.now()
            )
        except NeedRefused as refusal:
            form.add_error(PLACES.get(refusal.field), str(refusal.sentence))
        else:
            return to_need(member, key, done)
    return _page(request, "directory/need_add.html", member, form)


def _page(
    request: "SignedInRequest", template: str, member: MemberSeen, form: NamesForm, **more: object
) -> HttpResponse:
    status = 400 if form.is_bound and form.errors else 200
    return render_needs(request, template, member, {"form": form, **more}, status=status)
