"""What fields are called, and a service that would be imported, in words."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.drafts import AddressDraft, PhoneDraft, ServiceDraft
from tejido.directory.queries.concepts import labels
from tejido.foundation.phones import written_phone
from tejido.ui.languages import language_name

# field of a mapping -> what a person calls it.
FIELD_WORDS: dict[str, Promise] = {
    "name": _("Name"),
    "organization": _("Organization"),
    "description": _("Description"),
    "before_you_go": _("Before you go"),
    "hours_text": _("Hours"),
    "url": _("Website"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "address_1": _("Street"),
    "address_2": _("Suite or room"),
    "city": _("City"),
    "state": _("State"),
    "postal_code": _("ZIP code"),
    "zip4": _("ZIP code, last four"),
    "county": _("County"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "languages": _("Languages"),
    "needs": _("Needs"),
}


def draft_words(draft: ServiceDraft) -> list[tuple[str, str]]:
    """Return what a service would show, as (label, text); what is empty is left out.

    At most two queries.
    """
    place = draft.places[0].location if draft.places else None
    point = f"{place.latitude}, {place.longitude}" if place and place.latitude else ""
    said = (
        ("organization", draft.organization.name if draft.organization.name != draft.name else ""),
        ("address_1", _address(place.address) if place and place.address else ""),
        ("phone", ", ".join(map(_phone, draft.phones))),
        ("hours_text", draft.hours_text),
        ("before_you_go", draft.before_you_go),
        ("description", draft.description),
        ("url", draft.url),
        ("email", draft.email),
        ("languages", ", ".join(map(language_name, draft.languages))),
        ("needs", _needs(draft)),
    )
    words = [(str(FIELD_WORDS[name]), text[:120]) for name, text in said if text]
    more = ((_("Words"), ", ".join(draft.keywords)[:120]), (_("Point"), point))
    return [*words, *((str(label), text) for label, text in more if text)]


def _address(draft: AddressDraft) -> str:
    state = f"{draft.state} {draft.postal_code}".strip()
    return ", ".join(filter(None, (draft.address_1, draft.address_2, draft.city, state)))


def _phone(draft: PhoneDraft) -> str:
    number = written_phone(draft.number)
    if not draft.extension:
        return number
    said = {"number": number, "extension": draft.extension}
    return gettext("%(number)s, extension %(extension)s") % said


def _needs(draft: ServiceDraft) -> str:
    if not draft.needs:
        return ""
    names = labels((get_language() or "en")[:2])
    return ", ".join(names.get(need, need) for need in draft.needs)
