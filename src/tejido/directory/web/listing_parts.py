"""The parts of a listing's page: what each says, who said it, and where it is edited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.directory.domain.desk import DeskListing, DeskPlace, Held
from tejido.directory.domain.provenance import REST
from tejido.directory.domain.vocabulary import Fact
from tejido.directory.queries.concepts import labels
from tejido.directory.services.carried_phones import carried_phones
from tejido.directory.web.hours_words import schedules_words
from tejido.directory.web.wording import (
    FACTS,
    TEXT_STATES,
    field_words,
    value_words,
    word_of,
)
from tejido.geography.queries.places import county_labels
from tejido.network.queries.access import MemberSeen
from tejido.ui.languages import language_name

# The facts of each form, at most seven fields each.
FACTS_BEFORE = (
    *(Fact.NO_ID, Fact.ANONYMOUS, Fact.WALK_IN, Fact.FREE),
    *(Fact.NO_INSURANCE, Fact.ALL_AGES),
)
FACTS_THERE = (Fact.WHEELCHAIR, Fact.PETS)
HEADINGS: Mapping[str, Any] = {
    "words": gettext_lazy("Name and words"),
    "needs": gettext_lazy("What people find there"),
    "facts": gettext_lazy("Before a person goes"),
    "about": gettext_lazy("How it works"),
    "reach": gettext_lazy("How and where it serves"),
    "phones": gettext_lazy("Phone numbers"),
    "hours": gettext_lazy("Hours"),
    "organization": gettext_lazy("Organization"),
    "organization-phones": gettext_lazy("Phone numbers of the organization"),
    "address": gettext_lazy("Address"),
    "point": gettext_lazy("Point on the map"),
    "there": gettext_lazy("At this place"),
}
# What stands in which part of the page, by kind of record. After a colon: some rows of a field.
PARTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "directory.service": (
        ("words", ("name", "description", "before_you_go")),
        ("needs", ("attributes:need", "attributes:keyword")),
        ("facts", tuple(f"attributes:{fact.value}" for fact in FACTS_BEFORE)),
        (
            "about",
            (
                *("tier", "url", "email", "languages"),
                *(f"attributes:{fact.value}" for fact in FACTS_THERE),
            ),
        ),
        ("reach", ("mode", "reach")),
        ("phones", ("phones",)),
        ("hours", ("schedules", "hours_text")),
    ),
    "directory.organization": (
        ("organization", ("name", "description", "website")),
        ("organization-phones", ("records:phones",)),
    ),
    "directory.serviceatlocation": (
        ("there", ("description",)),
        ("phones", ("phones",)),
        ("hours", ("schedules", "hours_text")),
    ),
    "directory.location": (
        ("address", ("name", "address", "landmark")),
        ("point", ("latitude", "longitude", "precision", "transportation", "timezone")),
        ("phones", ("phones",)),
        ("hours", ("schedules", "hours_text")),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field on the page; `word` is who said it, where not who said the rest of its part."""

    label: str
    value: str
    word: str
    spanish: str
    spanish_state: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields that are edited together, and where.

    `word` is who said them, where not who said the whole listing; `empty` names the fields that
    say nothing.
    """

    heading: str
    lines: list[Line]
    empty: str
    word: str
    keys: list[str]
    edit: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of some records: those that say something, and those that say nothing yet."""

    filled: list[Part]
    empty: list[Part]


def parts_of(member: MemberSeen, listing: DeskListing, *records: Held) -> Parts:
    """Return the parts of records, in order."""
    parts = [part for held in records for part in _parts_of(member, listing, held)]
    return Parts(
        [each for each in parts if each.lines], [each for each in parts if not each.lines]
    )


def _parts_of(member: MemberSeen, listing: DeskListing, held: Held) -> Iterator[Part]:
    """Return the parts of one record, in order."""
    whole = word_of(listing.service.provenance.provenance_of(REST), listing.source)
    for group, names in PARTS[held.kind]:
        words = [word_of(held.provenance.provenance_of(_field(n)), listing.source) for n in names]
        common = max(words, key=words.count)
        lines = [
            _line(listing, held, name, "" if word == common else word)
            for name, word in zip(names, words, strict=True)
        ]
        yield Part(
            heading=_heading(group, held),
            lines=[line for line in lines if line.value or line.spanish],
            empty=", ".join(line.label for line in lines if not (line.value or line.spanish)),
            word="" if common == whole else common,
            keys=[key_of(held, name) for name in dict.fromkeys(map(_field, names))],
            edit=_edit(member, listing, held, group),
        )


def key_of(held: Held, name: str) -> str:
    """Return a field of a record as a form sends it."""
    return f"{held.kind} {held.id} {name}"


def fields_of(held: Held) -> list[str]:
    """Return the fields of a record that the page shows."""
    return list(dict.fromkeys(_field(n) for _group, names in PARTS[held.kind] for n in names))


def _heading(group: str, held: Held) -> str:
    heading = str(HEADINGS[group])
    if held.kind == "directory.location" and group in {"phones", "hours"}:
        return _("%(what)s of the whole place") % {"what": heading}
    return heading


def _edit(member: MemberSeen, listing: DeskListing, held: Held, group: str) -> str:
    arguments = [member.slug, listing.service.id, group, held.id]
    if group == "hours":
        del arguments[2]
    return reverse(f"directory:{'hours' if group == 'hours' else 'edit'}", args=arguments)


def _field(name: str) -> str:
    return name.split(":")[0]


def _line(listing: DeskListing, held: Held, name: str, word: str) -> Line:
    spanish, state = held.texts.get((name, "es"), ("", ""))
    return Line(
        label=_label(name),
        value="" if held.is_spanish(name) else _value(listing, held, name),
        word=word,
        spanish=spanish,
        spanish_state=str(TEXT_STATES.get(state, "")),
    )


def _label(name: str) -> str:
    field, _colon, rows = name.partition(":")
    if rows in set(Fact):
        return str(FACTS[Fact(rows)])
    named = {"need": _("Needs"), "keyword": _("Other words to find it by")}
    return named.get(rows, field_words(rows if field == "records" else field))


def _value(listing: DeskListing, held: Held, name: str) -> str:
    field, _colon, rows = name.partition(":")
    value = held.values.get(field)
    if field == "attributes":
        return _attributes(value or (), rows)
    if field == "precision" and held.values.get("latitude") is None:
        # Without a point there is nothing to be exact about.
        return ""
    if field == "reach":
        return _reach(value or (), has_places=bool(listing.places))
    if field == "languages":
        return ", ".join(map(language_name, value or ()))
    if field in {"schedules", "phones", "records"}:
        return _rows(held, field)
    return "" if value in (None, "", [], {}) else value_words(field, value)


def _rows(held: Held, field: str) -> str:
    """Return hours or numbers, one a line; of an organization's records only its numbers."""
    if field == "records":
        return "\n".join(value_words("phones", [row]) for row in carried_phones(held))
    value = held.values.get(field) or ()
    if field == "schedules":
        return "\n".join(schedules_words(value))
    value = sorted(value, key=lambda row: int(row["position"] or 0))
    return "\n".join(value_words(field, [row]) for row in value)


def _attributes(rows: Any, which: str) -> str:
    if which in set(Fact):
        said = [row["value"] for row in rows if row["term"] == which and row["label"] == "fact"]
        return {"yes": _("Yes"), "no": _("No")}[said[0]] if said else ""
    terms = [row["term"] for row in rows if row["label"] == which]
    known = labels(get_language() or "en") if which == "need" and terms else {}
    return ", ".join(sorted(str(known.get(term, term)) for term in terms))


def _reach(fips: Any, *, has_places: bool) -> str:
    if not fips:
        return "" if has_places else _("All of California")
    names = county_labels()
    return ", ".join(sorted(names.get(code, code) for code in fips))


def heading_of(listing: DeskListing, held: Held) -> str:
    """Return the place that a record stands for, or '' for the service and its organization."""
    for place in listing.places:
        if held.id in {place.place.id, place.location.id}:
            return place_name(place)
    return ""


def place_name(place: DeskPlace) -> str:
    """Return what a place is called: its name, else its street or town."""
    address: dict[str, Any] = next(iter(place.location.values.get("address", ())), {})
    return str(
        place.location.values["name"] or address.get("address_1") or address.get("city") or ""
    )
