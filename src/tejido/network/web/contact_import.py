"""Bringing a table of contacts: what its columns are, what it would do, taking it in, undo."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tejido.foundation.bodies import takes_file
from tejido.foundation.paging import page_in
from tejido.foundation.problem_file import table_text
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.contact_table import Column
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.contact_imports import (
    Brought,
    ImportSeen,
    contact_import,
    contact_imports,
    stays,
)
from tejido.network.services.contact_files import MOST_BYTES
from tejido.network.services.contact_import import (
    bring_contacts,
    choose_columns,
    look_at,
    take_in,
    undo_import,
)
from tejido.network.services.contact_look import Look
from tejido.network.services.contacts import ContactRefused
from tejido.network.web.contacts import note_look_at_book
from tejido.network.wording import COLUMNS, CONTACT_KINDS, people_and_organizations

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

SHOWN = 10
# Taken a little larger than it may be, so that the page itself says what is too large.
_ROOM = 5 * MOST_BYTES


class BringForm(forms.Form):
    """A table."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("A table of contacts"),
        help_text=_("CSV or XLSX, the first row says what the columns are; 2,000 rows at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another."),
        },
    )


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    def __init__(self, found: ImportSeen, *args: Any, **kwargs: Any) -> None:
        """Ask about each column, the proposed answer chosen."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave it out")), *((each.value, COLUMNS[each]) for each in Column)]
        for number, heading in enumerate(found.header):
            meant = found.columns[number]
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or str(number + 1),
                required=False,
                choices=choices,
                initial=meant.value if meant else "",
            )

    def chosen(self) -> list[Column | None]:
        """Return what was chosen, in the order of the columns."""
        given = (self.cleaned_data[name] for name in self.fields)
        return [Column(each) if each else None for each in given]


@require_http_methods(["GET", "POST"])
@takes_file(_ROOM)
@for_member(Permission.EDIT_CONTACTS)
def bring(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for a table; a POST keeps it to look at."""
    form, status = BringForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        form, status = BringForm(request.POST, request.FILES), 400
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                brought = bring_contacts(
                    member_id=member.id,
                    file_name=file.name,
                    content=file.read(MOST_BYTES + 1),
                    by=request.user.pk,
                    at=timezone.now(),
                )
            except ContactRefused as refusal:
                form.add_error("file", str(refusal.sentence))
            else:
                return redirect("network:look-at-contacts", member.slug, brought)
    tables, page, pages = contact_imports(member.id, page=page_in(request.GET.get("page", "")))
    context = {
        "form": form,
        "tables": [(each, _added(each)) for each in tables],
        "before": f"page={page - 1}" if page > 1 else "",
        "after": f"page={page + 1}" if page < pages else "",
        "rail_contacts": True,
    }
    return render_desk(request, "network/contacts_bring.html", member, context, status=status)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_CONTACTS)
def look(request: "SignedInRequest", member: MemberSeen, import_id: UUID) -> HttpResponse:
    """Show what a table would do, or did; a POST says what its columns are."""
    found, status = _found(member, import_id), 200
    form = ColumnsForm(found, request.POST or None)
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                choose_columns(
                    member_id=member.id,
                    import_id=import_id,
                    columns=form.chosen(),
                    by=request.user.pk,
                )
            except ContactRefused as refusal:
                form.add_error(None, str(refusal.sentence))
            else:
                return redirect("network:look-at-contacts", member.slug, import_id)
    brought = found.brought
    context: dict[str, Any] = {"found": brought, "form": form, "rail_contacts": True}
    context |= {"added": _added(brought), "stay": stays(member.id, import_id)}
    if not brought.is_done:
        note_look_at_book(request, member)
        context |= _shown(look_at(member.id, import_id))
    return render_desk(request, "network/contacts_look.html", member, context, status=status)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def take(request: "SignedInRequest", member: MemberSeen, import_id: UUID) -> HttpResponse:
    """Add what is new to the book."""
    _found(member, import_id)
    # It is done where somebody tapped twice: the page says what came of it.
    with suppress(ContactRefused):
        take_in(member_id=member.id, import_id=import_id, by=request.user.pk, at=timezone.now())
    return redirect("network:look-at-contacts", member.slug, import_id)


@require_POST
@for_member(Permission.EDIT_CONTACTS)
def undo(request: "SignedInRequest", member: MemberSeen, import_id: UUID) -> HttpResponse:
    """Remove what a table brought and nobody changed since."""
    try:
        undo_import(
            member_id=member.id, import_id=import_id, by=request.user.pk, at=timezone.now()
        )
    except ContactRefused as refusal:
        raise Http404 from refusal
    return redirect("network:look-at-contacts", member.slug, import_id)


@require_GET
@for_member(Permission.EDIT_CONTACTS)
def problems(request: "SignedInRequest", member: MemberSeen, import_id: UUID) -> HttpResponse:
    """Return the rows that are not taken in as a table: row, column, value, what to do."""
    try:
        bad = look_at(member.id, import_id).bad
    except ContactRefused as refusal:
        raise Http404 from refusal
    note_look_at_book(request, member)
    rows = [[str(_("Row")), str(_("Column")), str(_("Value")), str(_("What to do"))]]
    rows += [
        [str(row.number), str(COLUMNS[fault.column]), fault.value, str(fault.todo)]
        for row in bad
        for fault in row.faults
    ]
    answer = HttpResponse(table_text(rows), content_type="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="contacts-to-mend.csv"'
    return answer


def _found(member: MemberSeen, import_id: UUID) -> ImportSeen:
    found = contact_import(member.id, import_id)
    if found is None:
        raise Http404
    return found


def _added(brought: Brought) -> str:
    """Return what a table added, in words."""
    if brought.organizations is None:
        words = ngettext("%(total)s contact", "%(total)s contacts", brought.added)
        return words % {"total": brought.added}
    return people_and_organizations(brought.people, brought.organizations)


def _shown(seen: Look) -> dict[str, Any]:
    bad = [(row.number, [(each, COLUMNS[each.column]) for each in row.faults]) for row in seen.bad]
    return {
        "look": seen,
        "would_add": people_and_organizations(seen.people, seen.organizations),
        "first": [(row, CONTACT_KINDS[row.kind]) for row in seen.new[:SHOWN]],
        "bad": bad[:SHOWN],
        "twice": seen.twice[:SHOWN],
        "more_twice": len(seen.twice[SHOWN:]),
        "unnamed": seen.unnamed[:SHOWN],
        "more_unnamed": len(seen.unnamed[SHOWN:]),
    }
