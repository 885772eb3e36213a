"""The forms of agreements."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.agreements import (
    LONGEST_REASON,
    LONGEST_TEXT,
    Basis,
    EndReason,
    Sharing,
    Terms,
)
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.register import other_members
from tejido.network.shared_tables import shared_tables
from tejido.network.sharing_words import BASES, END_REASONS, SHARING, STANDARD_TEXT
from tejido.network.web.fields import (
    CHOOSE_ONE,
    chosen,
    coded,
    day,
    of_members,
    offer,
    radio,
    signature,
    text_in,
)

GIVE, GET = "give", "get"
TEXT: dict[str, Any] = {
    "rows": 8,
    "longest": LONGEST_TEXT,
    "missing": _("Write the words that both sides sign, in English and in Spanish"),
}


class TermsForm(forms.Form):
    """What an agreement says."""

    use_required_attribute = False

    tables = forms.MultipleChoiceField(
        label=_("What is shared"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what is shared")},
    )
    sharing = radio(_("Who may see it"), coded(SHARING))
    covers_from = day(_("Rows from"), hint=_("The first day that the counts are about"))
    covers_until = day(
        _("Rows until"),
        hint=_("Leave it empty for as long as the agreement lasts"),
        required=False,
    )
    valid_from = day(_("Agreement begins"))
    valid_until = day(_("Last day of the agreement"))
    basis = radio(_("Why"), coded(BASES))
    text_en = text_in("en", _("The words in English"), **TEXT)
    text_es = text_in("es", _("The words in Spanish"), **TEXT)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the tables that there are."""
        super().__init__(*args, **named)
        offer(self, "tables", [(table.code, table.name) for table in shared_tables()])

    def changed_alone(self) -> str:
        """Return the language whose words were changed while the other's stayed, or ''."""
        if not self.is_bound or self.errors:
            return ""
        terms = self.terms()
        is_new = {
            language: said != _plain(self.initial[f"text_{language}"])
            for language, said in (("en", terms.text_en), ("es", terms.text_es))
        }
        changed = [language for language, is_so in is_new.items() if is_so]
        return changed[0] if len(changed) == 1 else ""

    def terms(self) -> Terms:
        """Return what was sent, once it is found to be complete."""
        said = self.cleaned_data
        return Terms(
            tables=tuple(sorted(said["tables"])),
            sharing=Sharing(said["sharing"]),
            covers_from=said["covers_from"],
            covers_until=said["covers_until"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            basis=Basis(said["basis"]),
            text_en=_plain(said["text_en"]),
            text_es=_plain(said["text_es"]),
        )


def _plain(text: str) -> str:
    """Return text as it is compared and kept, however a browser ends its lines."""
    return text.strip().replace("\r\n", "\n")


class ProposeForm(TermsForm):
    """With whom, which way, and what."""

    other = chosen(_("With which member"), missing=CHOOSE_ONE)
    direction = radio(
        _("Which way"),
        [(GIVE, _("They may see ours")), (GET, _("We may see theirs"))],
    )
    field_order = ("other", "direction")

    def __init__(self, *args: Any, member: MemberSeen, **named: Any) -> None:
        """Offer the other members."""
        super().__init__(*args, **named)
        others = other_members(member.id)
        offer(self, "other", of_members(others), empty=_("Choose a member"))


class SignForm(forms.Form):
    """A signature under what was read."""

    use_required_attribute = False

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    signed_as = signature()


class CloseForm(forms.Form):
    """Why a proposal is not wanted; nobody has to say."""

    use_required_attribute = False

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Why"),
        help_text=_("The other side reads it."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Write at most 500 letters")},
    )


# Which reason a person gives; a departure gives its own.
_CHOSEN = [choice for choice in coded(END_REASONS) if choice[0] != EndReason.MEMBER_LEFT]


class EndForm(forms.Form):
    """Why it ends."""

    use_required_attribute = False

    reason = radio(_("Why does it end?"), _CHOSEN)

    def reason_code(self) -> EndReason:
        """Return the reason that was chosen."""
        return EndReason(self.cleaned_data["reason"])


def standard_words() -> dict[str, str]:
    """Return the words that are offered to begin with, in both languages."""
    told = {}
    for code in ("en", "es"):
        with translation.override(code):
            told[f"text_{code}"] = str(STANDARD_TEXT)
    return told
