"""What our own attributes say, read into drafts: they speak for everything that they can say."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.drafts import AtLocationDraft, LocationDraft, ServiceDraft, TextIn
from tejido.directory.domain.hsds.ours import OurWords, parts_of
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.reading import MAX_NAME, MAX_TEXT, Reading
from tejido.directory.domain.vocabulary import Fact, Mode, Precision, Tier, Visibility

SERVICE_TEXTS = frozenset({"name", "description", "before_you_go"})
LOCATION_TEXTS = frozenset({"landmark"})
PLACE_TEXTS = frozenset({"description"})
LANGUAGES = frozenset({"es"})
_FACTS = {fact.value: fact for fact in Fact}
# As in translation.State, which knows nothing of feeds.
SOURCE, MACHINE = "source", "machine"
Word = TypeVar("Word", bound=StrEnum)
WithTexts = TypeVar("WithTexts", ServiceDraft, LocationDraft, AtLocationDraft)


def with_our_service(draft: ServiceDraft, ours: OurWords, reading: Reading) -> ServiceDraft:
    """Return the service with what our attributes say; unchanged where it has none."""
    if not ours:
        return draft
    said = replace(
        draft,
        tier=_word(Tier, ours.one("tier"), draft.tier, reading, "tier"),
        mode=_word(Mode, ours.one("mode"), draft.mode, reading, "mode"),
        before_you_go=ours.one("before-you-go"),
        hours_text=ours.one("hours"),
        needs=tuple(_needs(ours, reading)),
        keywords=ours.all("keyword"),
        facts=_facts(ours, reading),
        reach=tuple(fips for fips in ours.all("reach") if _is_fips(fips)),
        translations=read_texts(ours, SERVICE_TEXTS),
    )
    return with_texts_alone(said, reading, "")


def with_our_place(
    draft: LocationDraft, ours: OurWords, reading: Reading, where: str
) -> LocationDraft:
    """Return the location with what our attributes say; unchanged where it has none."""
    if not ours:
        return draft
    zone, county, address = ours.one("timezone"), ours.one("county"), draft.address
    if address is not None:
        address = replace(address, county_fips=county if _is_fips(county) else "")
    said = ours.one("visibility") or Visibility.PUBLIC.value
    place = replace(
        draft,
        address=address,
        # A word that we do not know hides the place rather than showing it.
        visibility=_word(Visibility, said, Visibility.PARTNERS, reading, f"{where}visibility"),
        precision=_word(
            Precision,
            ours.one("precision") or Precision.EXACT.value,
            Precision.APPROXIMATE,
            reading,
            f"{where}precision",
        ),
        timezone=zone if zone in _zones() else draft.timezone,
        landmark=ours.one("landmark"),
        hours_text=ours.one("hours"),
        facts=_facts(ours, reading),
        translations=read_texts(ours, LOCATION_TEXTS),
    )
    return with_texts_alone(place, reading, where)


def read_texts(ours: OurWords, fields: frozenset[str]) -> dict[str, tuple[TextIn, ...]]:
    """Return the texts in other languages by field, those of other fields left out."""
    found: dict[str, tuple[TextIn, ...]] = {}
    for parts in map(parts_of, ours.all("text")):
        name, language = parts.get("field", ""), parts.get("language", "")
        words = clean_text(parts.get("text", ""))
        if name in fields and language in LANGUAGES and words:
            text = TextIn(language, words, parts.get("state", ""))
            found[name] = (*found.get(name, ()), text)
    return found


def with_texts_alone(draft: WithTexts, reading: Reading, where: str) -> WithTexts:
    """Return the draft with each text that it has only in another language as its source.

    A machine's words are nobody's original: without theirs they are left out.
    """
    if not draft.translations:
        return draft
    fields: dict[str, Any] = {}
    texts = dict(draft.translations)
    for name, said in draft.translations.items():
        own = getattr(draft, name)
        alone = None if own and not _is_original(own, said) else _original(said)
        if alone is not None:
            fields[name] = _cut(alone.text, name, reading, where)
            texts[name] = (replace(alone, text=fields[name], state=SOURCE),)
            reading.note(IssueCode.TEXT_ALONE, f"{where}{name}", alone.language)
        elif own:
            texts[name] = tuple(map(_as_translation, said))
        else:
            del texts[name]
            reading.note(IssueCode.MACHINE_ALONE, f"{where}{name}", said[0].language)
    return replace(draft, translations=texts, **fields)


def name_alone(ours: OurWords) -> str:
    """Return the name that a record has only in another language than English, or ''."""
    text = _original(read_texts(ours, frozenset({"name"})).get("name", ()))
    return text.text if text is not None else ""


def _is_original(own: str, said: tuple[TextIn, ...]) -> bool:
    """Say whether a field holds what one of its texts says to be the original."""
    return any(text.state == SOURCE and text.text == own for text in said)


def _original(said: tuple[TextIn, ...]) -> TextIn | None:
    by_people = [text for text in said if text.state != MACHINE]
    return min(by_people, key=lambda text: text.state != SOURCE, default=None)


def _as_translation(text: TextIn) -> TextIn:
    return replace(text, state="translated") if text.state == SOURCE else text


def _cut(text: str, name: str, reading: Reading, where: str) -> str:
    limit = MAX_NAME if name == "name" else MAX_TEXT
    return reading.text({name: text}, name, where, limit)


def _needs(ours: OurWords, reading: Reading) -> Iterator[str]:
    for need in ours.all("need"):
        if need in reading.concepts:
            yield need
        else:
            reading.note(IssueCode.WORD_UNKNOWN, "attributes.need", need)


def _facts(ours: OurWords, reading: Reading) -> dict[Fact, bool]:
    facts: dict[Fact, bool] = {}
    for said in ours.all("fact"):
        name, _, answer = said.partition("=")
        if name in _FACTS and answer in ("yes", "no"):
            facts[_FACTS[name]] = answer == "yes"
        else:
            reading.note(IssueCode.WORD_UNKNOWN, "attributes.fact", said)
    return facts


def _word(kind: type[Word], said: str, otherwise: Word, reading: Reading, where: str) -> Word:
    try:
        return kind(said) if said else otherwise
    except ValueError:
        reading.note(IssueCode.WORD_UNKNOWN, where, said)
    return otherwise


@cache
def _zones() -> frozenset[str]:
    """Return the names of all zones; looking for them walks through the zone files."""
    return frozenset(available_timezones())


def _is_fips(text: str) -> bool:
    return len(text) == 5 and text.isascii() and text.isdigit()
