"""Checking a feed of HSDS at the desk: name an address or bring a file, read what was found."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.directory.domain.hsds_check.findings import Finding, Tally
from tejido.directory.domain.hsds_check.rules import Severity
from tejido.directory.services.check_report import place_words, verdict_words
from tejido.directory.services.check_runs import (
    CheckRefused,
    CheckState,
    check_address,
    check_file,
    check_seen,
    drop_check,
)
from tejido.directory.services.check_words import WORDS
from tejido.directory.services.run_files import UploadRefused
from tejido.directory.web.frame import render_page
from tejido.foundation.bodies import takes_file
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest


class CheckForm(forms.Form):
    """An address or a file, one of them."""

    use_required_attribute = False

    url = forms.CharField(
        label=gettext_lazy("Address of an API"),
        help_text=gettext_lazy("The one that tells its version, such as https://…/hsds/v3"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy(
            "JSON, ndjson, or a folder of HSDS tables as a zip file. 100 MB at most"
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.ndjson,.jsonl,.zip"}),
        allow_empty_file=True,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and both at once."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("url")) == bool(said.get("file")):
            both = bool(said.get("url"))
            self.add_error(
                "url",
                _("Give an address or a file, not both")
                if both
                else _("Write an address, or choose a file"),
            )
        return said


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One broken rule, as the page tells it."""

    id: str
    is_failure: bool
    count: int
    what: str
    fix: str
    places: list[str]
    more: int


@require_http_methods(["GET", "POST"])
@takes_file(settings.MAX_UPLOAD_BYTES)
@for_member(Permission.IMPORT_LISTINGS)
def ask(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for an address or a file; a POST checks it."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    if form.is_bound and form.is_valid():
        try:
            check_id = _begun(form, member)
        except UploadRefused as refusal:
            form.add_error("file", str(refusal.sentence))
        except CheckRefused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect("directory_check:show", member.slug, check_id)
    status = 400 if form.is_bound else 200
    return render_page(request, "directory/check_ask.html", member, {"form": form}, status=status)


def _begun(form: CheckForm, member: MemberSeen) -> UUID:
    today, file = timezone.localdate(), form.cleaned_data["file"]
    if file:
        return check_file(name=file.name, chunks=file.chunks(), member=member.id, today=today)
    return check_address(url=form.cleaned_data["url"], member=member.id, today=today)


@require_GET
@for_member(Permission.IMPORT_LISTINGS)
def show(request: "SignedInRequest", member: MemberSeen, check_id: UUID) -> HttpResponse:
    """Show how far a check is, or what it found."""
    check = check_seen(member.id, check_id)
    if check is None:
        raise Http404
    rules = _rules(check.tally) if check.tally else []
    context = {
        "check": check,
        "is_at_work": check.state is CheckState.WORKING,
        "failures": [rule for rule in rules if rule.is_failure],
        "warnings": [rule for rule in rules if not rule.is_failure],
        "verdict": verdict_words(check.tally) if check.tally else "",
        "checked": sorted(check.tally.checked.items()) if check.tally else [],
    }
    status = 422 if check.state is CheckState.REFUSED else 200
    return render_page(request, "directory/check.html", member, context, status=status)


@require_POST
@for_member(Permission.IMPORT_LISTINGS)
def forget(_request: "SignedInRequest", member: MemberSeen, check_id: UUID) -> HttpResponse:
    """Give a check up, and forget what it found."""
    drop_check(member.id, check_id)
    return redirect("directory_check:ask", member.slug)


def _rules(tally: Tally) -> list[RuleShown]:
    return [
        RuleShown(
            rule.id,
            rule.severity is Severity.FAILURE,
            tally.counts[rule.id],
            str(WORDS[rule.id][0]),
            str(WORDS[rule.id][1]),
            _places(tally.findings[rule.id]),
            tally.counts[rule.id] - len(tally.findings[rule.id]),
        )
        for rule in tally.rules()
    ]


def _places(findings: list[Finding]) -> list[str]:
    return [place_words(each) for each in findings]
