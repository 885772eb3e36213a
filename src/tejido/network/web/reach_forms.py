"""What the page on how a person is reached sends."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.messages import Channel, Kind
from tejido.network.message_words import KINDS
from tejido.network.queries.ways import WaySeen
from tejido.ui.domain.wording import clock_words

Sent = QueryDict | None


class WayForm(forms.Form):
    """The channel that a form is about."""

    channel = forms.ChoiceField(choices=[(each.value, each.value) for each in Channel])


class AddressForm(forms.Form):
    """An address, for one channel; whether it is one the service says."""

    address = forms.CharField(max_length=254, label=_("E-mail address"))

    def __init__(self, sent: Sent = None, *, channel: Channel) -> None:
        """Ask for what the channel needs."""
        super().__init__(sent, prefix=channel.value)
        field = self.fields["address"]
        field.error_messages["required"] = _("Type your e-mail address")
        field.widget.attrs |= {"autocomplete": "email", "inputmode": "email"}
        if channel is Channel.TEXT:
            field.label = _("Mobile number")
            field.error_messages["required"] = _("Type your mobile number")
            field.widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        max_length=12,
        label=_("Code"),
        help_text=_("6 digits. It holds for 15 minutes."),
        error_messages={"required": _("Type the code")},
    )

    def __init__(self, sent: Sent = None, *, channel: Channel) -> None:
        """Let the phone offer the code."""
        super().__init__(sent, prefix=channel.value)
        self.fields["code"].widget.attrs |= {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
        }


class WishesForm(forms.Form):
    """What a person wants by one channel, and when."""

    kinds = forms.MultipleChoiceField(
        label=_("What for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    when = forms.ChoiceField(label=_("When"))
    quiet_from = forms.ChoiceField(label=_("Quiet from"))
    quiet_until = forms.ChoiceField(
        label=_("Quiet until"),
        help_text=_("Nothing is sent in between. The same hour twice means never quiet."),
    )

    def __init__(
        self,
        sent: Sent = None,
        *,
        channel: Channel,
        kinds: Iterable[Kind],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Offer the kinds that the person can get, and the hours in words."""
        super().__init__(sent, prefix=channel.value, initial=initial)
        hours = _hours()
        daily = [(value, _("Once a day, at %(hour)s") % {"hour": words}) for value, words in hours]
        self._choose("kinds", [(kind.value, KINDS[kind]) for kind in kinds])
        self._choose("when", [("", _("At once")), *daily])
        self.fields["when"].required = False
        for name in ("quiet_from", "quiet_until"):
            self._choose(name, hours)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (all three are)
        field.choices = choices


def wishes_now(way: WaySeen) -> dict[str, Any]:
    """Return what the form shows of an address that is there."""
    return {
        "kinds": [kind.value for kind in way.kinds],
        "when": "" if way.daily_at is None else str(way.daily_at),
        "quiet_from": str(way.quiet_from),
        "quiet_until": str(way.quiet_until),
    }


def _hours() -> list[tuple[str, str]]:
    """Return each hour of a day with its words in the language of the page."""
    language = get_language() or "en"
    day = [datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(24)]
    return [(str(each.hour), clock_words(each, language=language)) for each in day]
