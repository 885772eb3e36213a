"""The list of listings at the desk."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tejido.directory.domain.desk import DeskRow, DeskSearch, Freshness
from tejido.directory.domain.vocabulary import Status, Tier, Visibility
from tejido.directory.queries.desk import all_sources, find_at_desk
from tejido.directory.queries.wording import spanish_names
from tejido.directory.web.frame import render_page
from tejido.directory.web.wording import FRESHNESSES, STATUSES, TIERS, VISIBILITIES, word_of
from tejido.foundation.paging import page_in
from tejido.network.desk import for_member
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import MemberSeen

if TYPE_CHECKING:
    from tejido.network.desk import SignedInRequest

ANY = ("", _("All"))


class SearchForm(forms.Form):
    """What narrows the list; what is not understood does not narrow it."""

    words = forms.CharField(
        label=_("Words"),
        help_text=_("Of a name, a town, a street or a phone number"),
        required=False,
        max_length=200,
    )
    source = forms.ChoiceField(label=_("From"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who finds it"), required=False, choices=[ANY, *VISIBILITIES.items()]
    )
    tier = forms.ChoiceField(
        label=_("Kind of listing"), required=False, choices=[ANY, *TIERS.items()]
    )
    freshness = forms.ChoiceField(
        label=_("Confirmed"), required=False, choices=[ANY, *FRESHNESSES.items()]
    )
    status = forms.ChoiceField(
        label=_("Listed or not"), required=False, choices=[ANY, *STATUSES.items()]
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the sources that there are."""
        super().__init__(*arguments, **named)
        self.fields["source"].choices = [ANY, *all_sources()]  # type: ignore[attr-defined]

    def search(self) -> DeskSearch:
        """Return the search; a field that is not understood does not narrow it."""
        self.is_valid()
        said = self.cleaned_data
        return DeskSearch(
            words=said.get("words", ""),
            source=said.get("source", ""),
            visibility=Visibility(said["visibility"]) if said.get("visibility") else None,
            tier=Tier(said["tier"]) if said.get("tier") else None,
            freshness=Freshness(said["freshness"]) if said.get("freshness") else None,
            status=Status(said["status"]) if said.get("status") else None,
        )

    def chosen(self, sent: QueryDict) -> DeskSearch:
        """Return the search, or only what was chosen from it one by one."""
        if "chosen" not in sent:
            return self.search()
        return replace(self.search(), ids=tuple(_ids(sent.getlist("pick"))))

    def carried(self, **more: Any) -> str:
        """Return the search as the end of an address."""
        self.is_valid()
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode({**kept, **more})


@require_GET
@for_member(Permission.EDIT_LISTING)
def show_search(request: "SignedInRequest", member: MemberSeen) -> HttpResponse:
    """Show the listings that fit, 25 at a time."""
    form = SearchForm(request.GET)
    today = timezone.localdate()
    found = find_at_desk(form.search(), page=page_in(request.GET.get("page", "")), today=today)
    spanish = spanish_names("directory.service", (row.id for row in found.rows))
    context = {
        "form": form,
        "found": found,
        "lines": [_line(row, is_spanish=row.id in spanish) for row in found.rows],
        "carried": form.carried(),
        "before": form.carried(page=found.page - 1) if found.page > 1 else "",
        "after": form.carried(page=found.page + 1) if found.page < found.pages else "",
        "fields": form.cleaned_data,
        "is_narrowed": bool(form.carried()),
    }
    return render_page(request, "directory/search.html", member, context)


def _line(row: DeskRow, *, is_spanish: bool) -> dict[str, Any]:
    return {
        "row": row,
        "is_spanish": is_spanish,
        "towns": ", ".join(row.towns),
        "tier": TIERS[row.tier],
        "status": STATUSES[row.status] if row.status is not Status.ACTIVE else "",
        "seen_by": VISIBILITIES[row.visibility or Visibility.PUBLIC],
        "is_usual": row.status is Status.ACTIVE and row.visibility in (None, Visibility.PUBLIC),
        "is_confirmed": row.confirmed is not None and row.confirmed.on is not None,
        "word": word_of(row.confirmed, row.source),
    }


def _ids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        with suppress(ValueError):
            yield UUID(text)
