"""Which records to compare: those that share a number, a small area, or an address."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Sequence
from math import floor
from uuid import UUID

from tejido.directory.domain.duplicates.profiles import Kind, Profile, Street, telling_words
from tejido.directory.domain.duplicates.rules import CELL, PREFIX, REACH, RULES, Rules

Key = int


def keys_of(profile: Profile) -> frozenset[Key]:
    """Return marks of the blocks that a record is in; records of two levels share none.

    Blocks: a phone number; a cell of 0.01 degrees, with those that touch it within 55 m; ZIP code
    and how a name begins; house number and ZIP code, or town; for organizations how two words
    of the name begin.
    """
    said: set[tuple[Hashable, ...]] = {("contact", each) for each in profile.contacts}
    said |= {("cell", *cell) for lat, lon in profile.points for cell in cells_of(lat, lon)}
    for street in profile.streets:
        said |= set(_street_keys(street, profile.names))
    if profile.kind is Kind.ORGANIZATION:
        said |= {("name", *sorted(_beginnings(name))[:2]) for name in profile.names}
    return frozenset(hash((profile.kind, profile.level, *each)) for each in said)


def cells_of(latitude: float, longitude: float) -> set[tuple[int, int]]:
    """Return the cells that a point lies in or nearly touches, one to four of them."""
    return {
        (floor((latitude + up) / CELL), floor((longitude + right) / CELL))
        for up in (-REACH, REACH)
        for right in (-REACH, REACH)
    }


def _street_keys(street: Street, names: Sequence[str]) -> Iterator[tuple[Hashable, ...]]:
    if street.number:
        yield from (("house", street.number, area) for area in (street.code, street.city) if area)
    if street.code:
        yield from (("code", street.code, name[:PREFIX]) for name in names)


def _beginnings(name: str) -> set[str]:
    """Return how the telling words of a name begin, or all words where none tells."""
    return {word[:PREFIX] for word in (telling_words(name) or name).split()}


def candidate_pairs(
    profiles: Sequence[Profile],
    *,
    new: Collection[UUID] | None = None,
    rules: Rules = RULES,
) -> Iterator[tuple[Profile, Profile]]:
    """Yield each two records that share a block, once, the earlier one first.

    A block of more than `rules.block` records is parted by how words of their names begin, so
    that time grows with the records and not with their square; two in it without such a word in
    common are no pair. In a part that is still as large each meets so many before it.

    Args:
        profiles: all records; each is held once, and its blocks as numbers.
        new: ids of those to compare with all, None: all with all.
        rules: how large a block may be.
    """
    keys = _sized_keys(profiles, rules.block)
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for at, mine in enumerate(keys):
        others = {other for key in mine for other in blocks[key][-rules.block :]}
        for other in sorted(others):
            if new is None or profiles[at].id in new or profiles[other].id in new:
                yield profiles[other], profiles[at]
        for key in mine:
            blocks[key].append(at)


def _sized_keys(profiles: Sequence[Profile], most: int) -> list[tuple[Key, ...]]:
    """Return the keys of each record, those of large blocks parted by names."""
    first = [keys_of(profile) for profile in profiles]
    sizes = Counter(key for keys in first for key in keys)
    large = {key for key, size in sizes.items() if size > most}
    parted = [_parted(keys, large, profile) for keys, profile in zip(first, profiles, strict=True)]
    sizes = Counter(key for keys in parted for key in keys)
    return [tuple(key for key in keys if sizes[key] > 1) for keys in parted]


def _parted(keys: frozenset[Key], large: set[Key], profile: Profile) -> set[Key]:
    kept = set(keys - large)
    begun = {word for name in profile.names for word in _beginnings(name)}
    return kept | {hash((key, word)) for key in keys & large for word in begun}
