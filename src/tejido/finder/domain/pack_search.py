"""What a phone needs to understand a search as the server does: forms by their stems, numbers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tejido.directory.domain.concepts import Concept, FormKind
from tejido.directory.domain.freshness import CHECK_HOLDS_DAYS, LISTING_HOLD_DAYS
from tejido.directory.domain.small_words import SMALL_WORDS
from tejido.finder.domain import ranking
from tejido.finder.domain.answer import Open
from tejido.finder.domain.crisis import crisis_table
from tejido.finder.domain.lexicon import Lexicon, Tree, lexicon_of
from tejido.finder.domain.lines import HOLDS, Line
from tejido.finder.domain.near import NEAR_KM
from tejido.finder.domain.outside import outside_table
from tejido.finder.domain.packs import line_of
from tejido.finder.domain.people import people_table
from tejido.finder.domain.related import INSTEAD
from tejido.finder.domain.slots import DAY_SLOTS, SOON_SLOTS
from tejido.finder.domain.text_times import time_table
from tejido.finder.domain.wishes import wish_table
from tejido.geography.domain.landmarks import landmark_table
from tejido.geography.domain.names import name_table
from tejido.geography.domain.places import Place, PlaceKind


def search_lines(concepts: Sequence[Concept], *, language: str) -> Iterator[str]:
    """Yield needs in their order, then their forms, then the numbers of the order of results."""
    lexicon = lexicon_of(concepts)
    for concept in concepts:
        broader = lexicon.broader[concept.id][1:]
        instead = [other for other in INSTEAD.get(concept.id, ()) if other in lexicon.broader]
        yield line_of(["need", concept.id, _label(concept, language), broader, instead])
    yield from _form_lines(lexicon)
    yield line_of(["written", " ".join(lexicon.words)])
    yield line_of(["known", *(" ".join(sorted(stems)) for stems in lexicon.known)])
    yield line_of(["small", " ".join(sorted(SMALL_WORDS))])
    yield line_of(["wishes", wish_table()])
    yield line_of(["people", people_table()])
    yield line_of(["urgent", crisis_table()])
    yield line_of(["names", {**name_table(), **landmark_table(), "outside": outside_table()}])
    yield line_of(["times", _for_phone(time_table())])
    yield line_of(["ranking", ranking_numbers()])


def ranking_numbers() -> dict[str, Any]:
    """Return the numbers of `domain.ranking`, so that they stand nowhere else."""
    return {
        "open": ranking.TIMES_AS_FAR_WHEN[Open.OPEN],
        "unknown": ranking.TIMES_AS_FAR_WHEN[Open.UNKNOWN],
        "closed": ranking.TIMES_AS_FAR_WHEN[Open.CLOSED],
        "soon": ranking.TIMES_AS_FAR_WHEN_SOON_OPEN,
        "inADay": ranking.TIMES_AS_FAR_WHEN_OPEN_IN_A_DAY,
        "byName": ranking.TIMES_AS_FAR_BY_NAME,
        "inPassingByKin": ranking.TIMES_AS_FAR_IN_PASSING_BY_KIN,
        "inPassing": ranking.TIMES_AS_FAR_IN_PASSING,
        "someWords": ranking.TIMES_AS_FAR_WITH_SOME_WORDS,
        "withoutWords": ranking.TIMES_AS_FAR_WITHOUT_WORDS,
        "somePeople": ranking.TIMES_AS_FAR_FOR_SOME_PEOPLE,
        "anybody": ranking.TIMES_AS_FAR_FOR_ANYBODY,
        "forAPart": ranking.TIMES_AS_FAR_FOR_A_PART,
        "instead": ranking.TIMES_AS_FAR_INSTEAD,
        "insteadBroadly": ranking.TIMES_AS_FAR_INSTEAD_BROADLY,
        "context": ranking.TIMES_AS_FAR_AS_CONTEXT,
        "stale": ranking.TIMES_AS_FAR_WHEN_STALE,
        "forOthers": ranking.TIMES_AS_FAR_FOR_OTHERS,
        "forEachUnknown": ranking.TIMES_AS_FAR_FOR_EACH_UNKNOWN,
        "softKm": ranking.SOFT_KM,
        "moreBeyondKm2": [*ranking.MORE_BEYOND_KM2.items()],
        "withoutPlaceKm": ranking.WITHOUT_PLACE_KM,
        "somewhereKm": ranking.SOMEWHERE_KM,
        "nearKm": NEAR_KM,
        "soonSlots": SOON_SLOTS,
        "daySlots": DAY_SLOTS,
        "listingHoldDays": LISTING_HOLD_DAYS,
        "checkHoldDays": CHECK_HOLDS_DAYS,
        "lineHoldDays": HOLDS.days,
    }


def place_line(place: Place, *, language: str) -> str:
    """Return a place by which a person can say where they are."""
    shown = place.spanish if language == "es" and place.spanish else ""
    at = [place.latitude, place.longitude, int(place.approximate), place.weight]
    names = [place.town, *place.also] if place.kind is PlaceKind.LANDMARK else []
    return line_of(["place", place.kind.value, place.name, shown, place.county_fips, *at, *names])


def call_line(line: Line, *, language: str) -> str:
    """Return a line to call, in a language."""
    words = line.words[language]
    values = {
        "id": line.id,
        "number": line.number,
        "dial": line.dial,
        "by": list(line.by),
        "hours": line.hours,
        "languages": list(line.languages),
        "interpreters": int(line.interpreters),
        "name": words.name,
        "about": words.about,
        "text": words.text,
        "urgent": words.urgent,
        "site": line.site,
        "checked": line.checked_on.isoformat(),
    }
    return line_of(["line", values])


def _for_phone(table: Any) -> Any:
    """Return a table with its patterns as old phones read them, which cannot look behind."""
    if isinstance(table, dict):
        return {name: _for_phone(value) for name, value in table.items()}
    if isinstance(table, list | tuple):
        return [_for_phone(value) for value in table]
    # A phone tries only where a word begins (times.js: runsOf).
    return (
        table.replace("(?P<", "(?<").replace(r"(?<!\S)", "") if isinstance(table, str) else table
    )


def _label(concept: Concept, language: str) -> str:
    labels = {form.language: form.text for form in concept.forms if form.kind is FormKind.LABEL}
    return labels.get(language) or labels.get("en") or concept.id


def _form_lines(lexicon: Lexicon) -> Iterator[str]:
    numbers = {concept: number for number, concept in enumerate(lexicon.broader)}
    for name, tree in (("en", lexicon.english), ("es", lexicon.spanish)):
        for stems, concepts in _phrases(tree, ()):
            yield line_of(["form", name, " ".join(stems), [numbers[each] for each in concepts]])


def _phrases(
    tree: Tree, begun: tuple[str, ...]
) -> Iterable[tuple[tuple[str, ...], Sequence[str]]]:
    """Yield every phrase of a tree by its stems, with what it stands for."""
    for stem, branch in tree.items():
        if stem is None:
            yield begun, branch
        else:
            yield from _phrases(branch, (*begun, stem))
