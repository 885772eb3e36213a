"""Agreements at the desk: propose, read, sign, change and end them."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.network.desk import for_member, render_desk
from tejido.network.domain.agreements import OPEN, AgreementState, Terms
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.agreements import (
    AgreementSeen,
    VersionSeen,
    agreement_at,
    agreements_of,
    sent_under,
)
from tejido.network.queries.release_rules import may_keep_back
from tejido.network.services.agreement_checks import AgreementRefused
from tejido.network.services.agreements import (
    change_agreement,
    close_proposal,
    end_agreement,
    propose_agreement,
    sign_agreement,
)
from tejido.network.shared_tables import SharedTable, table_of
from tejido.network.sharing_words import BASES, END_REASONS, SHARING, STATES
from tejido.network.web.agreement_forms import (
    GIVE,
    CloseForm,
    EndForm,
    ProposeForm,
    SignForm,
    TermsForm,
    standard_words,
)

if TYPE_CHECKING:
    from django.http import QueryDict

    from tejido.network.desk import SignedInRequest

A_YEAR = timedelta(days=364)


@require_GET
@for_member(Permission.VIEW_AGREEMENTS)
def show_agreements(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the agreements of the member: those that count first."""
    found = agreements_of(member.id, at=timezone.now())
    lines = [_line(each, member) for each in found]
    context = {
        "rail_agreements": True,
        "open": [line for line in lines if line["agreement"].state in OPEN],
        "past": [line for line in lines if line["agreement"].state not in OPEN],
        "may_propose": request.user.has_perm(Permission.PROPOSE_AGREEMENT, member),
        "may_release_own": request.user.has_perm(Permission.RELEASE_OWN, member)
        and may_keep_back(member.id),
        "may_view_shared": request.user.has_perm(Permission.VIEW_SHARED, member),
    }
    return render_desk(request, "network/agreements.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.PROPOSE_AGREEMENT)
def propose(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask what would be shared with whom; a POST proposes it."""
    form = ProposeForm(_sent(request), member=member, initial=_first_words())
    problem = ""
    if form.is_valid() and not _is_one_sided(request, form):
        try:
            agreement_id = _propose(request, member, form)
        except AgreementRefused as refusal:
            problem = str(refusal.sentence)
        else:
            return _to(member, agreement_id, just="proposed")
    return _form_page(request, member, form, problem)


@require_http_methods(["GET", "POST"])
@for_member(Permission.PROPOSE_AGREEMENT)
def change(request: "SignedInRequest", member: MemberSeen, agreement_id: UUID) -> HttpResponse:
    """Show what it says now, to change; a POST proposes another version."""
    agreement = _found(member, agreement_id)
    if agreement.end and request.method == "GET":
        raise Http404
    form = TermsForm(_sent(request), initial=_as_fields(agreement.newest.terms))
    problem = ""
    if form.is_valid() and (agreement.end or not _is_one_sided(request, form)):
        try:
            change_agreement(
                acting_for=member.id,
                agreement_id=agreement_id,
                terms=form.terms(),
                by=request.user.pk,
                at=timezone.now(),
            )
        except AgreementRefused as refusal:
            problem = str(refusal.sentence)
        else:
            return _to(member, agreement_id, just="changed")
    return _form_page(request, member, form, problem, agreement=agreement)


@require_GET
@for_member(Permission.VIEW_AGREEMENTS)
def show_agreement(
    request: "SignedInRequest", member: MemberSeen, agreement_id: UUID
) -> HttpResponse:
    """Show what an agreement says, who signed it, and what went out under it."""
    return _page(request, member, _found(member, agreement_id))


@require_POST
@for_member(Permission.SIGN_AGREEMENT)
def sign(request: "SignedInRequest", member: MemberSeen, agreement_id: UUID) -> HttpResponse:
    """Sign what was read; where it changed meanwhile, show it with the name kept."""
    agreement = _found(member, agreement_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, member, agreement, form=form, status=400)
    try:
        sign_agreement(
            acting_for=member.id,
            agreement_id=agreement_id,
            at=timezone.now(),
            by=request.user.pk,
            **form.cleaned_data,
        )
    except AgreementRefused as refusal:
        again = _found(member, agreement_id)
        words = str(refusal.sentence)
        return _page(request, member, again, form=form, problem=words, status=409)
    return _to(member, agreement_id, just="signed")


@require_http_methods(["GET", "POST"])
@for_member(Permission.REVOKE_AGREEMENT)
def close(request: "SignedInRequest", member: MemberSeen, agreement_id: UUID) -> HttpResponse:
    """Ask why a proposal is turned down, or one's own taken back; a POST does it."""
    agreement = _found(member, agreement_id)
    if not agreement.is_proposal:
        return _to(member, agreement_id)
    form, problem = CloseForm(_sent(request)), ""
    if form.is_valid():
        try:
            close_proposal(
                acting_for=member.id,
                agreement_id=agreement_id,
                by=request.user.pk,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except AgreementRefused as refusal:
            problem = str(refusal.sentence)
            agreement = _found(member, agreement_id)
        else:
            return _to(member, agreement_id, just="closed")
    context = {"rail_agreements": True, "form": form, "problem": problem}
    context |= _line(agreement, member) | _closing(agreement, member)
    status = 409 if problem else (400 if form.errors else 200)
    return render_desk(request, "network/agreement_close.html", member, context, status=status)


@require_http_methods(["GET", "POST"])
@for_member(Permission.REVOKE_AGREEMENT)
def end(request: "SignedInRequest", member: MemberSeen, agreement_id: UUID) -> HttpResponse:
    """Ask what ends and what stays; a POST ends it at once."""
    agreement = _found(member, agreement_id)
    if agreement.end:
        return _to(member, agreement_id)
    if agreement.state is AgreementState.PROPOSED and request.method == "GET":
        return redirect("network:close-proposal", member.slug, agreement_id)
    form = EndForm(_sent(request))
    if form.is_valid():
        end_agreement(
            acting_for=member.id,
            agreement_id=agreement_id,
            reason=form.reason_code(),
            by=request.user.pk,
            at=timezone.now(),
        )
        return _to(member, agreement_id, just="ended")
    context = {"rail_agreements": True, "form": form, **_line(agreement, member)}
    status = 400 if form.errors else 200
    return render_desk(request, "network/agreement_end.html", member, context, status=status)


def _sent(request: "SignedInRequest") -> "QueryDict | None":
    return request.POST if request.method == "POST" else None


def _is_one_sided(request: "SignedInRequest", form: TermsForm) -> bool:
    """Return whether only one language was changed, and nobody said that this is meant."""
    return bool(form.changed_alone()) and "anyway" not in request.POST


def _propose(request: "SignedInRequest", member: MemberSeen, form: ProposeForm) -> UUID:
    other = UUID(form.cleaned_data["other"])
    gives = form.cleaned_data["direction"] == GIVE
    giver, receiver = (member.id, other) if gives else (other, member.id)
    return propose_agreement(
        acting_for=member.id,
        giver=giver,
        receiver=receiver,
        terms=form.terms(),
        by=request.user.pk,
        at=timezone.now(),
    )


def _found(member: MemberSeen, agreement_id: UUID) -> AgreementSeen:
    agreement = agreement_at(member.id, agreement_id, at=timezone.now())
    if agreement is None:
        raise Http404
    return agreement


def _to(member: MemberSeen, agreement_id: UUID, *, just: str = "") -> HttpResponse:
    address = reverse("network:agreement", args=[member.slug, agreement_id])
    return redirect(f"{address}?{urlencode({'just': just})}" if just else address)


def _first_words() -> dict[str, Any]:
    today = timezone.localdate()
    begins = today.replace(month=1, day=1)
    days = {"covers_from": begins, "valid_from": today, "valid_until": today + A_YEAR}
    return days | standard_words()


def _as_fields(terms: Terms) -> dict[str, Any]:
    return {field: getattr(terms, field) for field in terms.__slots__}


def _form_page(
    request: "SignedInRequest",
    member: MemberSeen,
    form: TermsForm,
    problem: str,
    agreement: AgreementSeen | None = None,
) -> HttpResponse:
    context = {
        "rail_agreements": True,
        "form": form,
        "problem": problem,
        "agreement": agreement,
        "other": agreement.other(member.id) if agreement else None,
        "changed_alone": form.changed_alone() if not problem else "",
    }
    is_wrong = form.errors or context["changed_alone"]
    status = 409 if problem else (400 if is_wrong else 200)
    return render_desk(request, "network/agreement_form.html", member, context, status=status)


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    agreement: AgreementSeen,
    *,
    form: SignForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    may_sign = request.user.has_perm(Permission.SIGN_AGREEMENT, member)
    is_mine = agreement.waits_for(member.id)
    context = {
        "rail_agreements": True,
        "form": form or SignForm(),
        "problem": problem,
        "just": _just(request, agreement, member),
        "versions": [_version(each) for each in agreement.versions],
        "waits": is_mine and may_sign,
        "waits_for_others_here": is_mine and not may_sign,
        "waits_for_them": agreement.waits_for(agreement.other(member.id).id),
        "may_propose": request.user.has_perm(Permission.PROPOSE_AGREEMENT, member),
        "may_end": request.user.has_perm(Permission.REVOKE_AGREEMENT, member),
        "is_open": agreement.state in OPEN,
        "sent": [(each, _table_name(each.table)) for each in sent_under(member.id, agreement.id)],
        **_closing(agreement, member),
        **_line(agreement, member),
    }
    return render_desk(request, "network/agreement.html", member, context, status=status)


def _just(request: "SignedInRequest", agreement: AgreementSeen, member: MemberSeen) -> str:
    """Return what the address says has just happened, if it did."""
    just = request.GET.get("just", "")
    newest = agreement.newest
    is_so = {
        "proposed": not newest.signatures and newest.number == 1 and agreement.end is None,
        "changed": not newest.signatures and newest.number > 1 and agreement.end is None,
        "signed": newest.is_signed_by(member.id) and agreement.end is None,
        "closed": newest.closed is not None and newest.closed.member.id == member.id,
        "ended": agreement.end is not None,
    }
    return just if is_so.get(just) else ""


def _closing(agreement: AgreementSeen, member: MemberSeen) -> dict[str, Any]:
    """Return whether there is a proposal to answer, whose, and whether it changes one in force."""
    return {
        "newest": agreement.newest,
        "is_proposal": agreement.is_proposal,
        "is_own": agreement.newest.proposed_by.id == member.id,
        "is_change": any(each.is_signed for each in agreement.versions),
        "is_shared": agreement.state in {AgreementState.IN_FORCE, AgreementState.COMING},
    }


def _line(agreement: AgreementSeen, member: MemberSeen) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "state": STATES[agreement.state],
        "other": agreement.other(member.id),
        "gives": agreement.giver.id == member.id,
        "names": [_table_name(code) for code in agreement.shown.terms.tables],
        "waits_here": agreement.waits_for(member.id),
        "end_reason": END_REASONS[agreement.end.reason] if agreement.end else "",
    }


def _version(version: VersionSeen) -> dict[str, Any]:
    terms = version.terms
    found = [table_of(code) for code in terms.tables]
    tables: list[SharedTable] = [table for table in found if table]
    return {
        "version": version,
        "terms": terms,
        "tables": tables,
        "sharing": SHARING[terms.sharing],
        "basis": BASES[terms.basis],
    }


def _table_name(code: str) -> object:
    table = table_of(code)
    return table.name if table else code
