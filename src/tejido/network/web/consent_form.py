"""The form on which somebody notes what a person here said yes to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.network.consent_words import CHANNELS, PURPOSES, WAYS
from tejido.network.domain import consents as domain
from tejido.network.domain.consents import Channel, ConsentFault, Purpose, Way
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.consents import consent_to
from tejido.network.queries.people import people_of
from tejido.network.services.consents import AGREED_ALREADY, FAULTS, LONGEST_TEXT, ConsentIn
from tejido.network.web.fields import chosen, coded, day, offer, radio, text_in

TOLD: dict[str, Any] = {"rows": 4, "longest": LONGEST_TEXT}
# Nobody says yes themself by a page that somebody else fills in.
NOTED_WAYS = [(way.value, words) for way, words in WAYS.items() if way is not Way.ONLINE]
FIELD_OF = {
    ConsentFault.CHANNEL_UNKNOWN: "channel",
    ConsentFault.LATER_THAN_TODAY: "given_on",
    ConsentFault.ENDS_BEFORE_IT_BEGINS: "until",
}


class ConsentForm(forms.Form):
    """What somebody here said yes to."""

    use_required_attribute = False

    person = chosen(_("Who agreed"), missing=_("Choose who agreed"))
    purpose = radio(
        _("To what, and which ways fit it"), coded(PURPOSES), missing=_("Choose to what")
    )
    channel = radio(_("By which way"), coded(CHANNELS), missing=_("Choose by which way"))
    text_en = text_in(
        "en",
        _("What the person was told, in English"),
        missing=_("Write what the person was told, in English"),
        **TOLD,
    )
    text_es = text_in(
        "es",
        _("What the person was told, in Spanish"),
        missing=_("Write what the person was told, in Spanish"),
        **TOLD,
    )
    way = radio(_("How they said yes"), NOTED_WAYS, missing=_("Choose how they said yes"))
    given_on = day(_("On which day"))
    until = day(
        _("Last day"),
        hint=_("Leave it empty if it counts until they take it back"),
        required=False,
    )

    def __init__(self, *args: Any, member: MemberSeen, at: datetime, **named: Any) -> None:
        """Offer the people who work here, and with each purpose the ways that fit it."""
        super().__init__(*args, **named)
        self.member_id, self.at = member.id, at
        people = [(str(each.person_id), each.name) for each in people_of(member.id)]
        offer(self, "person", people, empty=_("Choose a person"))
        offer(self, "purpose", [(each.value, _with_ways(each)) for each in Purpose])

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong at once, each at its field."""
        said = self.cleaned_data
        purpose, channel = _code(Purpose, said.get("purpose")), _code(Channel, said.get("channel"))
        for fault in domain.faults_of(
            purpose=purpose,
            channel=channel,
            given_on=said.get("given_on"),
            until=said.get("until"),
            today=local_day(self.at),
        ):
            self.add_error(FIELD_OF[fault], self._words(fault, purpose))
        if self._is_known(purpose, channel):
            self.add_error("person", AGREED_ALREADY)
        return said

    def draft(self) -> ConsentIn:
        """Return what was sent, once it is found to be complete."""
        said = dict(self.cleaned_data)
        return ConsentIn(
            person_id=UUID(said.pop("person")),
            purpose=Purpose(said.pop("purpose")),
            channel=Channel(said.pop("channel")),
            way=Way(said.pop("way")),
            **said,
        )

    def _is_known(self, purpose: Purpose | None, channel: Channel | None) -> bool:
        person = self.cleaned_data.get("person")
        if not person or purpose is None or channel is None:
            return False
        known = consent_to(
            member_id=self.member_id,
            person_id=UUID(person),
            purpose=purpose,
            channel=channel,
            at=self.at,
        )
        return known is not None

    def _words(self, fault: ConsentFault, purpose: Purpose | None) -> str:
        if fault is ConsentFault.CHANNEL_UNKNOWN and purpose is not None:
            said = {"purpose": PURPOSES[purpose], "ways": _ways(purpose)}
            return gettext("To “%(purpose)s” fits: %(ways)s") % said
        return str(FAULTS[fault])


def _with_ways(purpose: Purpose) -> str:
    return gettext("%(purpose)s (%(ways)s)") % {
        "purpose": PURPOSES[purpose],
        "ways": _ways(purpose),
    }


def _ways(purpose: Purpose) -> str:
    return "; ".join(str(CHANNELS[channel]) for channel in domain.CHANNELS[purpose])


def _code(kind: Any, value: str | None) -> Any:
    return kind(value) if value else None
