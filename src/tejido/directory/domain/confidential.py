"""Places that a list names without telling where they are."""

import re
from dataclasses import replace

from tejido.directory.domain.drafts import LocationDraft
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
