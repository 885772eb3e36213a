"""The words for what is stored about a listing, at the desk."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tejido.directory.domain.acts import ActKind, ActState, FindingKind
from tejido.directory.domain.desk import Freshness
from tejido.directory.domain.provenance import Confirmation
from tejido.directory.domain.vocabulary import (
    ConfirmedBy,
    Fact,
    Mode,
    Precision,
    Status,
    Tier,
    Visibility,
)
from tejido.directory.queries.concepts import labels
from tejido.directory.services.publishing import Publicity
from tejido.directory.web.hours_words import schedules_words
from tejido.foundation.phones import written_phone
from tejido.network.domain.roles import Role
from tejido.network.wording import ROLES
from tejido.ui.domain.wording import clock_words, day_words, number_words

TIERS = {Tier.CORE: gettext_lazy("Harm reduction itself"), Tier.CONTEXT: gettext_lazy("Around it")}
MODES = {
    Mode.FIXED: gettext_lazy("At a fixed place"),
    Mode.MOBILE: gettext_lazy("A van or an outreach route"),
    Mode.MAIL: gettext_lazy("By mail"),
    Mode.VENDING: gettext_lazy("Vending machine"),
    Mode.PHONE: gettext_lazy("By phone, or brought to the person"),
}
VISIBILITIES = {
    Visibility.PUBLIC: gettext_lazy("Everybody"),
    Visibility.WITHOUT_PLACE: gettext_lazy("Everybody, without the exact place"),
    Visibility.PARTNERS: gettext_lazy("Partners only"),
}
STATUSES = {
    Status.ACTIVE: gettext_lazy("Listed"),
    Status.TEMPORARILY_CLOSED: gettext_lazy("Closed for a time"),
    Status.INACTIVE: gettext_lazy("Hidden"),
    Status.DEFUNCT: gettext_lazy("Gone"),
}
PRECISIONS = {
    Precision.EXACT: gettext_lazy("Exact"),
    Precision.APPROXIMATE: gettext_lazy("Approximate"),
}
ZONES = {
    "America/Los_Angeles": gettext_lazy("Pacific"),
    "America/Denver": gettext_lazy("Mountain"),
    "America/Phoenix": gettext_lazy("Arizona"),
    "America/Chicago": gettext_lazy("Central"),
    "America/New_York": gettext_lazy("Eastern"),
    "America/Anchorage": gettext_lazy("Alaska"),
    "Pacific/Honolulu": gettext_lazy("Hawaii"),
}
FRESHNESSES = {
    Freshness.FRESH: gettext_lazy("In the last 90 days"),
    Freshness.OLD: gettext_lazy("90 days to a year ago"),
    Freshness.VERY_OLD: gettext_lazy("More than a year ago"),
    Freshness.NEVER: gettext_lazy("Never"),
}
FACTS = {
    Fact.NO_ID: gettext_lazy("No ID asked"),
    Fact.WALK_IN: gettext_lazy("Walk in"),
    Fact.FREE: gettext_lazy("Free"),
    Fact.NO_INSURANCE: gettext_lazy("No insurance needed"),
    Fact.ALL_AGES: gettext_lazy("Any age"),
    Fact.ANONYMOUS: gettext_lazy("No name asked"),
    Fact.WHEELCHAIR: gettext_lazy("Wheelchair access"),
    Fact.PETS: gettext_lazy("Pets welcome"),
}
PUBLICITIES = {
    Publicity.PUBLISH: gettext_lazy("Publish it: everybody finds it with its place"),
    Publicity.WITHOUT_PLACE: gettext_lazy("Everybody finds it, without the exact place"),
    Publicity.PARTNERS: gettext_lazy("Partners only: nobody else finds it"),
    Publicity.CLOSED: gettext_lazy("Closed for a time: everybody finds it, and that it is closed"),
    Publicity.GONE: gettext_lazy("Closed for good: nobody finds it"),
    Publicity.HIDE: gettext_lazy("Hide it: nobody finds it"),
}
ACTS = {
    ActKind.IMPORT: gettext_lazy("Import"),
    ActKind.EDIT: gettext_lazy("Edit"),
    ActKind.BULK: gettext_lazy("Edit of several listings"),
    ActKind.PUBLISH: gettext_lazy("Publish"),
    ActKind.HIDE: gettext_lazy("Change of who finds it"),
    ActKind.UNDO: gettext_lazy("Undo"),
    ActKind.MERGE: gettext_lazy("Two records made one"),
}
ACT_STATES = {
    ActState.RUNNING: gettext_lazy("Running"),
    ActState.DONE: gettext_lazy("Done"),
    ActState.CANCELLED: gettext_lazy("Cancelled"),
    ActState.UNDONE: gettext_lazy("Undone"),
}
FINDINGS = {
    FindingKind.KEPT: gettext_lazy("A person's word was kept; the list says something else"),
    FindingKind.REPLACED: gettext_lazy("The list is newer and replaced a person's word"),
    FindingKind.VANISHED: gettext_lazy("No longer in the list; still listed here"),
    FindingKind.SINCE: gettext_lazy("Changed since, and left as it is"),
}
COUNTS: Mapping[str, Callable[[int], str]] = {
    "created": lambda n: ngettext("%(count)s new", "%(count)s new", n),
    "updated": lambda n: ngettext("%(count)s changed", "%(count)s changed", n),
    "unchanged": lambda n: ngettext("%(count)s as before", "%(count)s as before", n),
    "vanished": lambda n: ngettext(
        "%(count)s no longer in the list", "%(count)s no longer in the list", n
    ),
    "conflicts": lambda n: ngettext(
        "%(count)s left out: its id is taken", "%(count)s left out: their ids are taken", n
    ),
    "differences": lambda n: ngettext(
        "%(count)s difference between a person and the list",
        "%(count)s differences between a person and the list",
        n,
    ),
    "records": lambda n: ngettext("%(count)s record", "%(count)s records", n),
    "fields": lambda n: ngettext("%(count)s field", "%(count)s fields", n),
    "restored": lambda n: ngettext("%(count)s field as before", "%(count)s fields as before", n),
    "removed": lambda n: ngettext("%(count)s record removed", "%(count)s records removed", n),
    "brought_back": lambda n: ngettext(
        "%(count)s record brought back", "%(count)s records brought back", n
    ),
    "kept": lambda n: ngettext(
        "%(count)s left, because it changed since",
        "%(count)s left, because they changed since",
        n,
    ),
}
FIELDS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "before_you_go": gettext_lazy("Before you go"),
    "status": gettext_lazy("Listed or not"),
    "tier": gettext_lazy("Kind of listing"),
    "mode": gettext_lazy("How people reach it"),
    "url": gettext_lazy("Web address"),
    "website": gettext_lazy("Web address"),
    "email": gettext_lazy("Email (for the desk only)"),
    "languages": gettext_lazy("Languages"),
    "reach": gettext_lazy("Counties that it serves"),
    "hours_text": gettext_lazy("Hours in words"),
    "schedules": gettext_lazy("Hours"),
    "phones": gettext_lazy("Phone numbers"),
    "attributes": gettext_lazy("Needs and facts"),
    "address": gettext_lazy("Address"),
    "landmark": gettext_lazy("Landmark"),
    "transportation": gettext_lazy("How to get there"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "precision": gettext_lazy("How exact the point is"),
    "visibility": gettext_lazy("Who finds the place"),
    "timezone": gettext_lazy("Time zone"),
    "organization": gettext_lazy("Organization"),
    "texts": gettext_lazy("Spanish text"),
    "records": gettext_lazy("Other records of the source"),
    "published_on": gettext_lazy("Date of the list"),
    "licence": gettext_lazy("Licence"),
    "trusted": gettext_lazy("Trusted source"),
    "days": gettext_lazy("Days"),
    "since": gettext_lazy("Since"),
    "why": gettext_lazy("Why"),
    "minutes_a_sheet": gettext_lazy("Minutes for one call"),
    "minutes_a_week": gettext_lazy("Minutes a week"),
    "": gettext_lazy("The whole record"),
}
TEXT_STATES = {
    "source": gettext_lazy("original"),
    "machine": gettext_lazy("by a machine, not read yet"),
    "translated": gettext_lazy("translated"),
    "reviewed": gettext_lazy("reviewed"),
    "stale": gettext_lazy("the English changed since"),
}
CODES: Mapping[str, Mapping[Any, Any]] = {
    "tier": TIERS,
    "mode": MODES,
    "visibility": VISIBILITIES,
    "status": STATUSES,
    "precision": PRECISIONS,
    "timezone": ZONES,
}
USUAL_PHONE = "voice"
PHONES: Mapping[str, Any] = {
    USUAL_PHONE: gettext_lazy("Voice"),
    "text": gettext_lazy("Text"),
    "fax": gettext_lazy("Fax"),
    "tty": gettext_lazy("TTY"),
}


def field_words(name: str) -> str:
    """Return what a field is called; one that has no words here keeps its own name."""
    return str(FIELDS.get(name, name.replace("_", " ")))


def value_words(name: str, value: Any, *, needs: Mapping[str, str] | None = None) -> str:
    """Return what a field holds, for a person; `needs` is id -> label in their language."""
    if name in CODES and value in CODES[name]:
        return str(CODES[name][value])
    if value in (None, "", [], {}):
        return _("nothing")
    if name in ("published_on", "since"):
        return short_day(date.fromisoformat(value))
    if isinstance(value, list):
        return _list_words(name, value, needs or {})
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("one record") if isinstance(value, dict) else str(value)


def _list_words(name: str, value: list[Any], needs: Mapping[str, str]) -> str:
    if name == "schedules":
        return "; ".join(schedules_words(value))
    rows = partial(_attribute_words, needs=needs) if name == "attributes" else _ROWS.get(name)
    if rows is None:
        return ", ".join(map(str, value))
    return "; ".join(filter(None, map(rows, value))) or _("nothing")


def counts_words(counts: Mapping[str, int]) -> list[str]:
    """Return what an act counted, without what it counted none of."""
    return [
        words(counts[name]) % {"count": number_words(counts[name])}
        for name, words in COUNTS.items()
        if counts.get(name)
    ]


def need_names() -> dict[str, str]:
    """Return id -> label in the page's language of every need, in use or not. Two queries."""
    return labels((get_language() or "en")[:2], with_retired=True)


def word_of(confirmed: Confirmation | None, source: str) -> str:
    """Return who confirmed and when: "Directory steward, Nov 20, 2026"."""
    if confirmed is None or confirmed.on is None:
        return _("not confirmed")
    who = source
    if confirmed.by is not ConfirmedBy.SOURCE:
        who = role_words(confirmed.role) or _("A person of the network")
        if confirmed.by is ConfirmedBy.PROGRAM:
            who = _("The program")
    return f"{who}, {short_day(confirmed.on)}"


def role_words(role: str) -> str:
    """Return a role in words, or ''."""
    return str(ROLES[Role(role)]) if role in set(Role) else ""


def short_day(day: date) -> str:
    """Return a date as `Nov 20, 2026`."""
    return day_words(day, language=get_language() or "en", form="short")


def clock(at: time) -> str:
    """Return a time of day: `5:00 pm`, `noon`."""
    return clock_words(datetime.combine(date.min, at), language=get_language() or "en")


def _phone_words(row: Mapping[str, Any]) -> str:
    extension, kind = row.get("extension"), str(row.get("type") or USUAL_PHONE)
    words = [
        written_phone(str(row.get("number") or "")),
        f"ext. {extension}" if extension else "",
        "" if kind == USUAL_PHONE else str(PHONES.get(kind, kind)),
        str(row.get("description") or ""),
    ]
    return ", ".join(filter(None, words))


def _address_words(row: Mapping[str, Any]) -> str:
    names = ("address_1", "address_2", "city", "state_province", "postal_code")
    return ", ".join(str(row[name]) for name in names if row.get(name))


def _attribute_words(row: Mapping[str, Any], *, needs: Mapping[str, str]) -> str:
    term = row.get("term", "")
    if row.get("label") == "fact":
        words = FACTS[Fact(term)] if term in set(Fact) else term
        return f"{words}: {_('yes') if row.get('value') == 'yes' else _('no')}"
    return needs.get(term, str(term)) if row.get("label") == "need" else str(term)


def _text_words(row: Mapping[str, Any]) -> str:
    return f"{field_words(str(row.get('field')))} ({row.get('language')}): {row.get('text')}"


def _record_words(row: Mapping[str, Any]) -> str:
    kind, fields = str(row.get("kind", "")), row.get("fields")
    is_phone = kind == "phones" and isinstance(fields, Mapping)
    return _phone_words(fields) if is_phone and fields is not None else kind


_ROWS = {
    "phones": _phone_words,
    "address": _address_words,
    "texts": _text_words,
    "records": _record_words,
}
