"""How alike two records are, feature by feature, and what that comes to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from tejido.directory.domain.duplicates.profiles import (
    Kind,
    Profile,
    Street,
    marks_of,
    telling_words,
)
from tejido.directory.domain.duplicates.rules import RULES, Rules
from tejido.geography.domain.distance import distance_m

_ALL = 100.0
_OTHER_DOOR = 0.5


class Likeness(StrEnum):
    """What a score comes to."""

    LIKELY = "likely"
    MAYBE = "maybe"
    NO = "no"


class Reason(StrEnum):
    """What speaks for or against two records being one."""

    NAME_SAME = "name-same"
    NAME_ALIKE = "name-alike"
    NAME_DIFFERS = "name-differs"
    CONTACT_SAME = "contact-same"
    CONTACT_DIFFERS = "contact-differs"
    ADDRESS_SAME = "address-same"
    DOOR_DIFFERS = "door-differs"
    ADDRESS_DIFFERS = "address-differs"
    TOLD_APART = "told-apart"
    PLACE_NEAR = "place-near"
    PLACE_BETWEEN = "place-between"
    PLACE_FAR = "place-far"


@dataclass(frozen=True, slots=True)
class Features:
    """How alike two records are, 0 to 1 each; None where one of them does not say.

    `apart_m` is the distance of their nearest points.
    """

    name: float
    contact: float | None
    address: float | None
    place: float | None
    apart_m: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison came to: a score from 0 to 1, what it is made of, and its reasons."""

    score: float
    likeness: Likeness
    features: Features
    reasons: tuple[Reason, ...]


def compare(one: Profile, other: Profile, rules: Rules = RULES) -> Compared | None:
    """Return how alike two records of one kind are, or None where their names say enough.

    Source: docs/sources.md#entity-resolution.

    Raises:
        ValueError: they are of two kinds, or not everybody who may see one may see the other.
    """
    if (one.kind, one.level) != (other.kind, other.level):
        raise ValueError("records of two kinds or levels are never compared")
    name = name_likeness(one.names, other.names, rules.name_at_least)
    if name < rules.name_at_least:
        return None
    apart = _apart(one, other)
    features = Features(
        name=name,
        contact=_shared(one.contacts, other.contacts),
        address=_address(one.streets, other.streets, rules),
        place=None if apart is None else _nearness(apart, rules),
        apart_m=apart,
    )
    is_told_apart = told_apart(one.names, other.names)
    at_most = _at_most(one.kind, features, rules, is_told_apart=is_told_apart)
    score = min(score_of(features, rules), at_most)
    reasons = (*_reasons(features), *([Reason.TOLD_APART] if is_told_apart else []))
    return Compared(score, _likeness(score, rules), features, reasons)


def score_of(features: Features, rules: Rules = RULES) -> float:
    """Return the weighted sum of the features, 0 to 1; what is not known counts `unknown`."""
    weighted = (
        (rules.name, features.name),
        (rules.contact, features.contact),
        (rules.address, features.address),
        (rules.place, features.place),
    )
    total = sum(weight * (rules.unknown if value is None else value) for weight, value in weighted)
    return round(total, 4)


def _at_most(kind: Kind, features: Features, rules: Rules, *, is_told_apart: bool) -> float:
    """Return the score that addresses and names allow; an organization may have many of them."""
    is_here = features.address in (None, 1.0) and not is_told_apart
    return 1.0 if is_here or kind is Kind.ORGANIZATION else rules.apart


def told_apart(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Say whether names speak of a vehicle and a building, or state different numbers."""
    one = frozenset().union(*map(marks_of, ours))
    other = frozenset().union(*map(marks_of, theirs))
    moving = {"moves"}
    numbers, others = one - moving, other - moving
    is_other_number = bool(numbers and others) and numbers.isdisjoint(others)
    return is_other_number or one & moving != other & moving


def may_link(one: Profile, other: Profile, rules: Rules = RULES) -> bool:
    """Say whether two locations are one without anybody looking: one address, one name.

    Never for organizations, never where not everybody may know the place, and never where only
    one of them names a door.
    """
    is_location = one.kind is Kind.LOCATION and (one.kind, one.level) == (other.kind, other.level)
    compared = compare(one, other, rules) if is_location else None
    if compared is None or Reason.TOLD_APART in compared.reasons:
        return False
    apart = compared.features.apart_m
    is_there = apart is None or apart <= rules.link_far_m
    is_door = any(_is_one_door(a, b, rules) for a in one.streets for b in other.streets)
    return is_there and is_door and compared.features.name >= rules.link_name


def _is_one_door(one: Street, other: Street, rules: Rules) -> bool:
    return _street(one, other, rules) == 1.0 and one.door == other.door


def name_likeness(ours: Iterable[str], theirs: Iterable[str], least: float = 0.0) -> float:
    """Return how alike the two most alike names are, 0 to 1; below `least` it may be 0."""
    theirs = tuple(theirs)
    scores = (_names(one, other, least) for one in ours for other in theirs)
    return max(scores, default=0.0)


def _names(one: str, other: str, least: float) -> float:
    """Return the mean of how alike all words are, and those that tell which place it is."""
    ours, theirs = telling_words(one), telling_words(other)
    if not (ours and theirs):
        return fuzz.token_set_ratio(one, other, score_cutoff=least * _ALL) / _ALL
    # Both are at most 1, so a mean needs this much of the first.
    whole = fuzz.token_set_ratio(one, other, score_cutoff=(2 * least - 1) * _ALL) / _ALL
    return (whole + fuzz.token_set_ratio(ours, theirs) / _ALL) / 2


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float | None:
    if not ours or not theirs:
        return None
    return 0.0 if ours.isdisjoint(theirs) else 1.0


def _address(ours: Iterable[Street], theirs: tuple[Street, ...], rules: Rules) -> float | None:
    scores = [_street(one, other, rules) for one in ours for other in theirs]
    known = [score for score in scores if score is not None]
    return max(known, default=None)


def _street(one: Street, other: Street, rules: Rules) -> float | None:
    """Return 1 for one house, half of it for another door, 0 for another house.

    None where one of the two names no house.
    """
    if not (one.words and other.words):
        return None
    is_elsewhere = (one.code and other.code and one.code != other.code) and one.city != other.city
    likeness = fuzz.ratio(one.words, other.words) / _ALL
    if is_elsewhere or likeness < rules.same_street or _numbers(one) != _numbers(other):
        return 0.0
    if bool(one.number) != bool(other.number):
        return None
    if one.number != other.number or not _is_one_way(one, other):
        return 0.0
    return _OTHER_DOOR if _is_other_door(one.door, other.door) else 1.0


def _numbers(street: Street) -> set[str]:
    """Return the numbers of streets: Market at 15th is another corner than Market at 16th."""
    return {word for word in street.words.split() if word[0].isdigit()}


def _is_other_door(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _is_one_way(one: Street, other: Street) -> bool:
    return not (one.way and other.way) or one.way == other.way


def _apart(one: Profile, other: Profile) -> float | None:
    far = (distance_m(*a, *b) for a in one.points for b in other.points)
    return min(far, default=None)


def _nearness(apart_m: float, rules: Rules) -> float:
    """Return 1 up to `near_m`, falling evenly to 0 at `far_m`."""
    share = (rules.far_m - apart_m) / (rules.far_m - rules.near_m)
    return min(1.0, max(0.0, share))


def _likeness(score: float, rules: Rules) -> Likeness:
    if score >= rules.likely:
        return Likeness.LIKELY
    return Likeness.MAYBE if score >= rules.maybe else Likeness.NO


def _reasons(features: Features) -> Iterator[Reason]:
    if features.name == 1.0:
        yield Reason.NAME_SAME
    else:
        yield Reason.NAME_ALIKE if features.name >= RULES.link_name else Reason.NAME_DIFFERS
    if features.contact is not None:
        yield Reason.CONTACT_SAME if features.contact else Reason.CONTACT_DIFFERS
    if features.address is not None:
        yield _ADDRESS_REASONS[features.address]
    if features.place is not None:
        yield _place_reason(features.place)


_ADDRESS_REASONS = {
    1.0: Reason.ADDRESS_SAME,
    _OTHER_DOOR: Reason.DOOR_DIFFERS,
    0.0: Reason.ADDRESS_DIFFERS,
}


def _place_reason(place: float) -> Reason:
    if place == 1.0:
        return Reason.PLACE_NEAR
    return Reason.PLACE_BETWEEN if place else Reason.PLACE_FAR
