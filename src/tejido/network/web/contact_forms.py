"""What is asked about contacts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.contacts import LONGEST_NOTE, TIES_OF, ContactKind
from tejido.network.queries.access import MemberSeen
from tejido.network.web.fields import chosen, coded, example_day, first_day, last_day, offer
from tejido.network.wording import CONTACT_KINDS, CONTACT_TIES

_KINDS = coded(CONTACT_KINDS)


class SearchForm(forms.Form):
    """What of the book is looked for."""

    words = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("People and organizations")), *_KINDS]
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Any language")), *settings.LANGUAGES]
    )


class ContactForm(forms.Form):
    """A contact; only kind and name are asked for."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person or an organization")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write a name"), "max_length": _("Write a shorter name")},
    )
    also_called = forms.CharField(
        label=_("Also called"),
        help_text=_("Another form of the name: in another language, short, or before."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Write a shorter name")},
    )
    phone = forms.CharField(
        label=_("Phone at work"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail at work"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write an address such as name@example.org")},
    )
    language = forms.ChoiceField(
        label=_("In which language to write"),
        required=False,
        choices=[("", _("Not known")), *settings.LANGUAGES],
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_(
            "About the work only, 300 letters at most. Nothing about anybody's health, drug use, "
            "past or family. Your colleagues read it."
        ),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
        error_messages={"max_length": _("Write the note in 300 letters or fewer")},
    )


class TieForm(forms.Form):
    """What a contact is to an organization of the book, or to a member."""

    use_required_attribute = False

    kind = chosen(_("What"), missing=_("Choose what"))
    other = chosen(_("Organization or member"), missing=_("Choose one organization or member."))
    title = forms.CharField(
        label=_("In which role"),
        help_text=_("Such as program director, or nurse."),
        required=False,
        max_length=80,
        error_messages={"max_length": _("Write it in 80 letters or fewer")},
    )
    since = first_day()
    until = last_day()

    def __init__(
        self,
        kind: ContactKind,
        organizations: Iterable[tuple[UUID, str]],
        members: Iterable[MemberSeen],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Offer what the kind of contact can be, and to whom."""
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(each, CONTACT_TIES[each]) for each in TIES_OF[kind]])
        groups = [
            (_("In your contact book"), [(f"contact:{key}", name) for key, name in organizations]),
            (_("Members of the network"), [(f"member:{each.id}", each.name) for each in members]),
        ]
        offer(self, "other", groups, empty=_("Choose"))


class ShareForm(forms.Form):
    """On which day a contact agreed."""

    use_required_attribute = False

    on = example_day(_("On which day did they agree?"))
