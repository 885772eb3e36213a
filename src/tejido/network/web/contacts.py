"""The contact book: search it, add to it, take it out as a table; what other members share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tejido.foundation.paging import page_asked, page_in
from tejido.foundation.phones import read_phone, written_phone
from tejido.foundation.problem_file import table_text
from tejido.foundation.sheet_file import XLSX, sheet_bytes
from tejido.network.desk import for_member, render_desk
from tejido.network.domain.contacts import ContactKind, Known
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.contact_imports import has_brought
from tejido.network.queries.contacts import (
    ContactSeen,
    TieSeen,
    Wanted,
    all_contacts,
    contact_at,
    contacts_of,
    doubles_of,
    shared_contacts,
)
from tejido.network.services.contacts import ContactIn, ContactRefused, add_contact
from tejido.network.services.events import note_event
from tejido.network.services.sharing import note_looked
from tejido.network.web.contact_forms import ContactForm, SearchForm
from tejido.network.web.looking import note_look
from tejido.network.wording import CONTACT_KINDS, CONTACT_TIES

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

NEW = UUID(int=0)
_FIELD_OF = {"phone-unread": "phone", "name-empty": "name", "note-long": "note"}


@require_GET
@for_member(Permission.VIEW_CONTACTS)
def show_contacts(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the book by name, narrowed to what was asked for."""
    note_look_at_book(request, member)
    wanted = wanted_of(request)
    found = contacts_of(member.id, wanted, page=page_in(request.GET.get("page", "")))
    may_edit = request.user.has_perm(Permission.EDIT_CONTACTS, member)
    context = {
        "form": SearchForm(request.GET or None, use_required_attribute=False),
        "found": found,
        "lines": [(row, _where(row.ties), shown_phone(row)) for row in found.rows],
        "is_narrowed": wanted != Wanted(),
        "removed": _removed(request, member),
        "may_edit": may_edit,
        "has_brought": may_edit and has_brought(member.id),
        "may_export": request.user.has_perm(Permission.EXPORT_CONTACTS, member),
        "asked": urlencode(_asked(wanted)),
        **pages(found.page, found.pages, wanted),
    }
    return render_desk(request, "network/contacts.html", member, context)


@require_GET
@for_member(Permission.VIEW_CONTACTS)
def show_shared(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the contacts that members share with the network; each of them reads who looked."""
    wanted = wanted_of(request)
    asked = page_in(request.GET.get("page", ""))
    rows, page, number, total = shared_contacts(wanted, page=asked)
    note_looked(
        reader=member.id,
        under={(row.by.id, None) for row in rows},
        by=request.user.pk,
        at=timezone.now(),
        act="view.shared-contacts",
    )
    context = {
        "form": SearchForm(request.GET or None, use_required_attribute=False),
        "lines": [(row, shown_phone(row)) for row in rows],
        "total": total,
        "is_narrowed": wanted != Wanted(),
        "rail_contacts": True,
        **pages(page, number, wanted),
    }
    return render_desk(request, "network/contacts_shared.html", member, context)


@require_http_methods(["GET", "POST"])
@for_member(Permission.EDIT_CONTACTS)
def add(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Ask for a contact; a POST stores it, unless it may be there already."""
    form = ContactForm(request.POST or None, initial={"kind": ContactKind.PERSON.value})
    if request.method != "POST":
        return _add_page(request, member, form)
    if not form.is_valid():
        return _add_page(request, member, form, status=400)
    doubles = [] if "anyway" in request.POST else doubles_of(member.id, _known(form))
    if doubles:
        note_look_at_book(request, member)
        return _add_page(request, member, form, doubles=doubles)
    try:
        added = add_contact(
            member_id=member.id, draft=draft_of(form), by=request.user.pk, at=timezone.now()
        )
    except ContactRefused as refusal:
        add_problem(form, refusal)
        return _add_page(request, member, form, status=400)
    return redirect("network:contact", member.slug, added)


@require_GET
@for_member(Permission.EXPORT_CONTACTS)
def take_out(request: "SignedInRequest", member: MemberSeen, form: str) -> HttpResponse:
    """Return what was asked for as a table in which nothing is computed."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    note_event(
        member_id=member.id,
        act="export.contacts",
        object_id=member.id,
        by=request.user.pk,
        at=timezone.now(),
    )
    rows = list(_table(all_contacts(member.id, wanted_of(request))))
    if form == "csv":
        answer = HttpResponse(table_text(rows), content_type="text/csv")
    else:
        answer = HttpResponse(sheet_bytes(rows, title=str(_("Contacts"))), content_type=XLSX)
    name = f"contacts-{timezone.localdate().isoformat()}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def note_look_at_book(request: "SignedInRequest", member: MemberSeen) -> None:
    """Write down that a person looked at somebody in the book."""
    note_look(request, member, "view.contacts")


def wanted_of(request: "SignedInRequest") -> Wanted:
    """Return what the address asks for; what it may not say asks nothing."""
    form = SearchForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    return Wanted(given.get("words", ""), given.get("kind", ""), given.get("language", ""))


def draft_of(form: ContactForm) -> ContactIn:
    """Return what was written."""
    return ContactIn(**form.cleaned_data | {"kind": ContactKind(form.cleaned_data["kind"])})


def add_problem(form: ContactForm, refusal: ContactRefused) -> None:
    """Say a refusal at its field."""
    form.add_error(_FIELD_OF.get(refusal.code), str(refusal.sentence))


def shown_phone(row: Any) -> str:
    """Return a number with its extension as people write them, or ''."""
    number = written_phone(row.phone) if row.phone else ""
    if not row.extension:
        return number
    said = {"number": number, "extension": row.extension}
    return _("%(number)s, extension %(extension)s") % said


def pages(page: int, number: int, wanted: Wanted) -> dict[str, Any]:
    """Return the addresses of the page before and after, as far as there are."""
    before, after = (page_asked(_asked(wanted), other, number) for other in (page - 1, page + 1))
    return {"page": page, "pages": number, "before": before, "after": after}


def _asked(wanted: Wanted) -> dict[str, Any]:
    asked = {"words": wanted.words, "kind": wanted.kind, "language": wanted.language}
    return {name: value for name, value in asked.items() if value}


def _known(form: ContactForm) -> Known:
    given = form.cleaned_data
    read = read_phone(given["phone"])
    return Known(
        NEW,
        ContactKind(given["kind"]),
        given["name"],
        given["also_called"],
        read.number if read else "",
        given["email"],
    )


def _add_page(
    request: "SignedInRequest",
    member: MemberSeen,
    form: ContactForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "rail_contacts": True, **more}
    return render_desk(request, "network/contact_add.html", member, context, status=status)


def _removed(request: "SignedInRequest", member: MemberSeen) -> ContactSeen | None:
    try:
        found = contact_at(member.id, UUID(request.GET.get("removed", "")))
    except ValueError:
        return None
    return found if found and found.is_removed else None


def _where(ties: tuple[TieSeen, ...]) -> str:
    """Return where a contact works or what it does now, in one line."""
    today = timezone.localdate()
    current = [tie for tie in ties if tie.until is None or tie.until >= today]
    return "; ".join(", ".join(part for part in (tie.other, tie.title) if part) for tie in current)


def _table(rows: list[ContactSeen]) -> Iterator[list[str]]:
    yield [
        *(_("Kind"), _("Name"), _("Also called"), _("Phone"), _("Extension")),
        *(_("E-mail"), _("Language"), _("What they do where"), _("Note")),
    ]
    for row in rows:
        yield [
            str(CONTACT_KINDS[row.kind]),
            *(row.name, row.also_called, written_phone(row.phone) if row.phone else ""),
            *(row.extension, row.email, row.language),
            "; ".join(_tie(tie) for tie in row.ties),
            row.note,
        ]


def _tie(tie: TieSeen) -> str:
    said = [str(CONTACT_TIES[tie.kind]), tie.other, tie.title and f"({tie.title})"]
    days = f"{tie.since.isoformat()}/{tie.until.isoformat() if tie.until else ''}"
    return " ".join([*filter(None, said), days])


def back_to_book(member: MemberSeen, **asked: object) -> HttpResponse:
    """Return the way back to the book."""
    where = reverse("network:contacts", args=[member.slug])
    return redirect(f"{where}?{urlencode(asked)}" if asked else where)
