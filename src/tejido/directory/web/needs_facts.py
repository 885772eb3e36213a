"""The place of a need among the others, and taking one out of use."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from tejido.directory.domain.need_rules import ON_THE_FIRST_PAGE
from tejido.directory.queries.concepts import labels
from tejido.directory.queries.needs import listings_with
from tejido.directory.services.need_acts import NeedRefused
from tejido.directory.services.need_facts import bring_need_back, edit_facts, retire_need
from tejido.directory.web.needs import (
    actor_of,
    need_or_404,
    problem_page,
    render_needs,
    to_need,
)
from tejido.directory.web.needs_forms import FactsForm
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_NEEDS)
def edit(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Change the broader need, and whether the need is harm reduction itself."""
    row = need_or_404(key).row
    form = FactsForm(
        request.POST if request.method == "POST" else None,
        initial={"parent": row.parent, "core": row.core},
        names=labels(_language()),
        of=key,
    )
    if form.is_bound and form.is_valid():
        try:
            done = edit_facts(
                need=key,
                core=form.cleaned_data["core"],
                parent=form.cleaned_data["parent"],
                actor=actor_of(request, member),
                at=timezone.now(),
            )
        except NeedRefused as refusal:
            form.add_error("parent", str(refusal.sentence))
        else:
            return to_need(member, key, done)
    status = 400 if form.errors else 200
    return _page(request, "directory/need_facts.html", member, key, status=status, form=form)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_NEEDS)
def retire(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Say what would be found no more; a POST takes the need out of use."""
    if request.method == "GET":
        is_fixed = key in ON_THE_FIRST_PAGE
        return _page(request, "directory/need_retire.html", member, key, is_fixed=is_fixed)
    try:
        done = retire_need(need=key, actor=actor_of(request, member), at=timezone.now())
    except NeedRefused as refusal:
        if refusal.code == "need-unknown":
            raise Http404 from refusal
        return problem_page(request, member, key, refusal)
    address = reverse("directory_needs:list", args=[member.slug])
    return redirect(f"{address}?{urlencode({'need': key, 'done': done})}")


@require_POST
@for_member(Permission.EDIT_NEEDS)
def use_again(request: "SignedInRequest", member: MemberSeen, key: str) -> HttpResponse:
    """Bring a need back that was taken out of use, or say why not."""
    try:
        done = bring_need_back(need=key, actor=actor_of(request, member), at=timezone.now())
    except NeedRefused as refusal:
        if refusal.code == "need-unknown":
            raise Http404 from refusal
        return problem_page(request, member, key, refusal)
    return to_need(member, key, done)


def _page(
    request: "SignedInRequest",
    template: str,
    member: MemberSeen,
    key: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    need = need_or_404(key)
    context = {
        "need": need,
        "name": need.row.label(_language()),
        "listings": listings_with(key),
        "words": sum(need.row.words.values()),
        **more,
    }
    return render_needs(request, template, member, context, status=status)


def _language() -> str:
    return (get_language() or "en")[:2]
