"""The words of one listing: its texts by language, facts, languages and phones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.directory.domain.public import PublicListing, PublicPhone
from tejido.directory.domain.vocabulary import Fact
from tejido.translation.domain.texts import State
from tejido.ui.languages import language_name, two_letters

# Yes, no, not known.
FACT_WORDS: Mapping[Fact, tuple[Promise, Promise, Promise]] = {
    Fact.NO_ID: (
        gettext_lazy("No ID asked"),
        gettext_lazy("ID asked"),
        gettext_lazy("ID: not known"),
    ),
    Fact.ANONYMOUS: (
        gettext_lazy("No name asked"),
        gettext_lazy("Name asked"),
        gettext_lazy("Name: not known"),
    ),
    Fact.WALK_IN: (
        gettext_lazy("Walk in"),
        gettext_lazy("Call for a time"),
        gettext_lazy("Walk in: not known"),
    ),
    Fact.FREE: (
        gettext_lazy("Free"),
        gettext_lazy("Costs money"),
        gettext_lazy("Cost: not known"),
    ),
    Fact.NO_INSURANCE: (
        gettext_lazy("No insurance needed"),
        gettext_lazy("Insurance asked"),
        gettext_lazy("Insurance: not known"),
    ),
    Fact.ALL_AGES: (
        gettext_lazy("Any age"),
        gettext_lazy("Age limit"),
        gettext_lazy("Age: not known"),
    ),
    Fact.WHEELCHAIR: (
        gettext_lazy("Wheelchair access"),
        gettext_lazy("No wheelchair access"),
        gettext_lazy("Wheelchair access: not known"),
    ),
    Fact.PETS: (
        gettext_lazy("Pets welcome"),
        gettext_lazy("No pets"),
        gettext_lazy("Pets: not known"),
    ),
}
# What nobody has reviewed says so; the least certain first.
_TRANSLATION_WORDS: Mapping[State, Promise] = {
    State.MACHINE: gettext_lazy(
        "A machine translated the words about this place. Nobody has reviewed the translation yet."
    ),
    State.STALE: gettext_lazy(
        "The words about this place are translated from an older text. Call to make sure."
    ),
    State.TRANSLATED: gettext_lazy(
        "The words about this place are translated. Nobody has reviewed the translation yet."
    ),
}
_CARD_FACTS = (Fact.NO_ID, Fact.WALK_IN, Fact.WHEELCHAIR)


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its language; `other` when it is not the page's; `state` as in translation.

    `rest` is the part of it that exists in the other language alone, where a part exists in this.
    """

    text: str
    language: str
    other: bool
    state: str
    rest: "Said | None" = None


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in words; `known` is False when nobody has said, `yes` when it is good news."""

    words: str
    known: bool
    yes: bool


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A number as people write it and as a phone dials it."""

    shown: str
    dial: str
    description: str
    texts: bool


def said(listing: PublicListing, field: str, *, language: str) -> Said:
    """Return a text in the page's language, or in the language that it exists in, marked."""
    ordered = sorted(listing.texts, key=lambda text: text.language != language)
    for text in ordered:
        words = getattr(text, field)
        if words:
            other = text.language != language
            rest = text.rest.get(field)
            beside = Said(rest[1], rest[0], other=rest[0] != language, state="") if rest else None
            return Said(words, text.language, other, text.states.get(field, ""), beside)
    return Said("", language, other=False, state="")


def translation_line(texts: Iterable[Said]) -> str:
    """Return what to know about the translation of a place's texts, '' where there is nothing."""
    states = {said.state for said in texts if not said.other}
    return next((str(words) for state, words in _TRANSLATION_WORDS.items() if state in states), "")


def fact_line(listing: PublicListing, fact: Fact) -> FactLine:
    """Return a fact of a listing in words: yes, no or not known."""
    return _fact_line(fact, listing.facts.get(fact), get_language())


@cache
def _fact_line(fact: Fact, value: bool | None, _language: str | None) -> FactLine:  # noqa: FBT001
    yes, no, unknown = FACT_WORDS[fact]
    if value is None:
        return FactLine(str(unknown), known=False, yes=False)
    return FactLine(str(yes if value else no), known=True, yes=value)


def card_facts(
    listing: PublicListing, *, asked: tuple[Fact, ...], spoken: str
) -> tuple[FactLine, ...]:
    """Return the facts of a card: ID always, others where known, asked ones also when unknown."""
    lines = [
        fact_line(listing, fact)
        for fact in _CARD_FACTS
        if fact is Fact.NO_ID
        or fact in asked
        or listing.facts.get(fact)
        or (fact is Fact.WALK_IN and fact in listing.facts)
    ]
    spanish = spanish_line(listing)
    if spanish.yes or spoken == "es":
        lines.insert(1, spanish)
    return tuple(lines)


def spanish_line(listing: PublicListing) -> FactLine:
    """Return whether Spanish is spoken, in words; no list of languages means not known."""
    codes = {two_letters(code) for code in listing.languages}
    if "es" in codes:
        return FactLine(_("Spanish spoken"), known=True, yes=True)
    if codes:
        return FactLine(_("No Spanish listed"), known=True, yes=False)
    return FactLine(_("Spanish: not known"), known=False, yes=False)


def language_names(listing: PublicListing) -> list[str]:
    """Return the names of the languages spoken there; a code without a name stays a code."""
    return [language_name(code) for code in listing.languages]


def phone_link(phone: PublicPhone) -> PhoneLink:
    """Return a number to show and to dial; what cannot be read stays as it was stored."""
    shown, dial = _written(phone.number)
    if phone.extension:
        shown = _("%(number)s, extension %(extension)s") % {
            "number": shown,
            "extension": phone.extension,
        }
        dial = f"{dial};ext={''.join(c for c in phone.extension if c.isdigit())}"
    return PhoneLink(shown, dial, phone.description, texts=phone.kind in {"sms", "text"})


@lru_cache(maxsize=4_096)
def _written(number: str) -> tuple[str, str]:
    """Return a number as people write it and as a phone dials it."""
    try:
        parsed = phonenumbers.parse(number, "US")
    except phonenumbers.NumberParseException:
        return number, "".join(c for c in number if c.isdigit() or c == "+")
    formats = phonenumbers.PhoneNumberFormat
    return (
        phonenumbers.format_number(parsed, formats.NATIONAL),
        phonenumbers.format_number(parsed, formats.E164),
    )


def voice_phone(listing: PublicListing) -> PhoneLink | None:
    """Return the first number that a person can call, or None."""
    callable_ = [phone for phone in listing.phones if phone.kind not in {"fax", "tty", "sms"}]
    return phone_link(callable_[0]) if callable_ else None
