"""What is asked of a member's record, as an address says it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tejido.network.queries.record_wanted import (
    Lines,
    Wanted,
    members_in_record,
    people_in_record,
)
from tejido.network.web.fields import CHOOSE_ONE, EXAMPLE_DAY, day, offer

SOFTWARE, PERSON, MEMBER = "software", "person:", "member:"
LINES = [
    ("", _("Everything")),
    (Lines.LOOKED.value, _("Looked at, or taken as a file")),
    (Lines.LOOKED_BY_OTHERS.value, _("Looked at by other members")),
    (Lines.CHANGED.value, _("Done or changed")),
]
TURNED = _("The last day must not be before the first day")


class RecordForm(forms.Form):
    """Which lines, of whom, on which days."""

    use_required_attribute = False

    lines = forms.ChoiceField(
        label=_("Which lines"),
        required=False,
        choices=LINES,
        error_messages={"invalid_choice": CHOOSE_ONE},
    )
    who = forms.ChoiceField(
        label=_("Who did it"), required=False, error_messages={"invalid_choice": CHOOSE_ONE}
    )
    first = day(_("First day"), required=False, unread=EXAMPLE_DAY)
    last = day(_("Last day"), required=False, unread=EXAMPLE_DAY)

    def __init__(self, *args: Any, member_id: UUID, **named: Any) -> None:
        """Offer who works or worked here, and the other members."""
        super().__init__(*args, **named)
        people = [(f"{PERSON}{key}", name) for key, name in people_in_record(member_id)]
        members = [(f"{MEMBER}{key}", name) for key, name in members_in_record(member_id)]
        offered = [(SOFTWARE, _("The software")), (_("People here"), people)]
        if members:
            offered.append((_("For another member"), members))
        offer(self, "who", offered, empty=_("Everybody"))

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        said = self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", TURNED)
        return said

    def wanted(self) -> Wanted:
        """Return what is asked for; a field that is not understood asks nothing."""
        if not self.is_bound:
            return Wanted()
        self.full_clean()
        said = self.cleaned_data
        lines, who = said.get("lines"), said.get("who", "")
        return Wanted(
            lines=Lines(lines) if lines else None,
            person=_after(PERSON, who),
            member=_after(MEMBER, who),
            by_software=who == SOFTWARE,
            first=said.get("first"),
            last=said.get("last"),
        )

    def asked(self) -> dict[str, Any]:
        """Return what an address says to ask for the same."""
        if not self.is_bound:
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}


def _after(kind: str, who: str) -> UUID | None:
    return UUID(who.removeprefix(kind)) if who.startswith(kind) else None
