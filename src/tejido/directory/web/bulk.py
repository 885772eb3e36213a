"""One change of all the listings that a search finds, shown before it is done."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tejido.directory.queries.concepts import labels
from tejido.directory.services.bulk import NEEDS_NEED, Bulk, Plan, do_bulk, plan_bulk
from tejido.directory.services.editing import EditRefused
from tejido.directory.services.publishing import Publicity
from tejido.directory.web.frame import actor_of, back_to, render_page
from tejido.directory.web.search import SearchForm
from tejido.directory.web.wording import PUBLICITIES
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SHOWN = 50
WHAT = {
    Bulk.CONFIRM: _("They are still right: confirm them today"),
    Bulk.CORE: _("Mark them as harm reduction itself"),
    Bulk.CONTEXT: _("Mark them as around it"),
    Bulk.PUBLISH: PUBLICITIES[Publicity.PUBLISH],
    Bulk.PARTNERS: PUBLICITIES[Publicity.PARTNERS],
    Bulk.HIDE: PUBLICITIES[Publicity.HIDE],
    Bulk.ADD_NEED: _("Add a need"),
    Bulk.TAKE_NEED: _("Take a need away"),
}


class BulkForm(forms.Form):
    """What to do with them."""

    what = forms.ChoiceField(
        label=_("What to do with them"),
        choices=[(what.value, words) for what, words in WHAT.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what to do with them"),
            "invalid_choice": _("Choose what to do with them"),
        },
    )
    need = forms.ChoiceField(
        label=_("Need"), required=False, error_messages={"invalid_choice": _("Choose the need")}
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer every need."""
        super().__init__(*arguments, **named)
        offered = labels(get_language() or "en").items()
        self.fields["need"].choices = [("", _("Choose the need")), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a change of a need without the need."""
        said = super().clean() or self.cleaned_data
        if said.get("what") in NEEDS_NEED and not said.get("need"):
            self.add_error("need", forms.ValidationError(_("Choose the need")))
        return said


@require_http_methods(["GET", "POST"])
@for_member(Permission.PUBLISH_LISTING)
def edit_many(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask what to do, show what would change, and do it once the person said yes."""
    search = SearchForm(request.GET)
    form = BulkForm(request.POST if request.method == "POST" else None)
    problem, plan = "", None
    if form.is_bound and form.is_valid():
        try:
            plan = _plan(request, search, form)
            if "mark" in request.POST and plan.listings:
                outcome = do_bulk(
                    plan=plan,
                    mark=request.POST["mark"],
                    actor=actor_of(request, member),
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
                return back_to(
                    "search",
                    member,
                    done=outcome.act,
                    waits=outcome.waiting,
                    carried=search.carried(),
                )
        except EditRefused as refusal:
            problem = str(refusal.sentence)
    return _page(request, member, search, form, plan, problem)


def _plan(request: "SignedInRequest", search: SearchForm, form: BulkForm) -> Plan:
    return plan_bulk(
        search=search.chosen(request.GET),
        what=Bulk(form.cleaned_data["what"]),
        need=form.cleaned_data["need"],
        today=timezone.localdate(),
    )


def _page(
    request: "SignedInRequest",
    member: MemberSeen,
    search: SearchForm,
    form: BulkForm,
    plan: Plan | None,
    problem: str,
) -> HttpResponse:
    context = {
        "form": form,
        "plan": plan,
        "shown": plan.listings[:SHOWN] if plan else (),
        "more": max(0, len(plan.listings) - SHOWN) if plan else 0,
        "what": WHAT[Bulk(form.cleaned_data["what"])] if plan else "",
        "carried": search.carried(),
        "here": request.GET.urlencode(),
        "has_chosen_none": search.chosen(request.GET).ids == (),
        "problem": problem,
    }
    status = 409 if problem else (400 if form.is_bound and plan is None else 200)
    return render_page(request, "directory/bulk.html", member, context, status=status)
