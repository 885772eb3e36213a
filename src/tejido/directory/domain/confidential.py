"""Places that a list names without telling where they are."""

import re
from dataclasses import replace

from tejido.directory.domain.drafts import LocationDraft
from tejido.directory.domain.telling_prose import sentences_of, tells_where
from tejido.directory.domain.vocabulary import Visibility

_HIDDEN = (
    r"(confidential|undisclosed|withheld|suppressed|unlisted|unpublished"
    r"|not (disclosed|published|listed)"
    r"|confidencial(es)?|reservad[ao]|no (se )?(divulga|revela|publica)(d[ao])?)"
)
_PLACE = r"(address|location|site|place|direcci[oó]n|ubicaci[oó]n|domicilio|lugar|sitio)"
_ASK = r"(call|contact|phone|ll[aá]m\w+|comun[ií]\w+)( \w+){0,3} (for|para)( \w+){0,2}"
# Without one of these no pattern below fits.
_HINT = re.compile(rf"{_HIDDEN}|call|contact|phone|ll[aá]m|comun", re.IGNORECASE)
_SECRET = re.compile(_HIDDEN, re.IGNORECASE)
# The word must be about the place: "Confidential Recovery" is the name of a program.
_PATTERNS = (
    re.compile(rf"\W*{_HIDDEN}\W*({_PLACE}\b.*)?", re.IGNORECASE),
    re.compile(rf"\W*{_HIDDEN}\s*[-–—:,(/].*", re.IGNORECASE),
    re.compile(
        rf".*\b{_PLACE}(e?s)?\b\W*(is |are |es |son |est[aá]n? )?(kept )?{_HIDDEN}\b.*",
        re.IGNORECASE,
    ),
    re.compile(rf".*\b{_ASK} {_PLACE}\b.*", re.IGNORECASE),
)
# In prose, "confidential" is said of testing and of counseling too: here it must be of the place.
_WHEREABOUTS = r"(address|location|whereabouts|direcci[oó]n|ubicaci[oó]n|domicilio)"
_IS = r"( (is|are|es|son|est[aá]n?)( kept| strictly| estrictamente)?|\s*[:(–-])\s*"
_IN_PROSE = (
    re.compile(rf"\b{_PLACE}(e?s)?{_IS}{_HIDDEN}\b", re.IGNORECASE),
    re.compile(rf"\b{_WHEREABOUTS}s? {_HIDDEN}\b", re.IGNORECASE),
    re.compile(rf"\b{_HIDDEN} {_WHEREABOUTS}\b", re.IGNORECASE),
)
# "Your name and address are confidential" is no word on the place.
_OF_PEOPLE = re.compile(
    r"\b(your|names?|clients?|participants?|callers?|tus?|nombres?|participantes?)\b",
    re.IGNORECASE,
)


def tells_confidential(prose: str) -> bool:
    """Say whether a sentence of a prose text says that the place is secret."""
    if _SECRET.search(prose) is None:
        return False
    return any(_confidential_from(each) is not None for each in sentences_of(prose))


def without_place(prose: str, street: str = "") -> str:
    """Return a prose text of a secret place without the sentences that may tell where it is.

    Args:
        prose: about the service, in English or Spanish.
        street: the first line of the address, where the list has it.
    """
    said = sentences_of(prose)
    kept = [each for each in said if not tells_where(each, street) and not _goes_on(each)]
    return prose if len(kept) == len(said) else " ".join(kept)


def _confidential_from(sentence: str) -> re.Match[str] | None:
    """Return where a sentence says that the place is secret."""
    for pattern in _IN_PROSE:
        found = pattern.search(sentence)
        if found and not _OF_PEOPLE.search(sentence[: found.start()]):
            return found
    return None


def _goes_on(sentence: str) -> bool:
    """Say whether the word names the place after all: `Address is confidential: the old mill`."""
    found = _confidential_from(sentence)
    return found is not None and bool(re.match(r"\s*[:(–—-]", sentence[found.end() :]))


def says_confidential(text: str) -> bool:
    """Say whether a line of an address, or a location's name, says that the place is secret."""
    return _HINT.search(text) is not None and any(
        pattern.fullmatch(text.strip()) for pattern in _PATTERNS
    )


def is_confidential(draft: LocationDraft) -> bool:
    """Say whether the location's name or address says that the place is secret."""
    address = draft.address
    lines = (address.address_1, address.address_2, address.city) if address else ()
    return any(says_confidential(line) for line in (draft.name, *lines))


def without_secret(draft: LocationDraft) -> LocationDraft:
    """Return the location as it may be kept: its town, but no street, no ZIP code and no point."""
    address = draft.address
    if address is not None:
        city = "" if says_confidential(address.city) else address.city
        address = replace(address, address_1="", address_2="", postal_code="", city=city)
    return replace(
        draft,
        address=address,
        latitude=None,
        longitude=None,
        visibility=Visibility.WITHOUT_PLACE,
    )
