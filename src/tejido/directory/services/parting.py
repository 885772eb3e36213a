"""What taking a merge back would show: places that somebody hid while two records were one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tejido.directory.domain.acts import WHOLE
from tejido.directory.domain.four_eyes import waits
from tejido.directory.domain.visibility import strictest
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import Act, Change, ServiceAtLocation
from tejido.directory.queries.aliases import ends_of
from tejido.directory.services.reconcile import in_batches
from tejido.directory.services.removal import ROW
from tejido.directory.services.setting import FieldKey, values_of

_PLACE = "directory.serviceatlocation"
# Each kind of record -> the field that says who may see it.
_WORDS = {"directory.service": "status", "directory.location": "visibility"}
_OWNERS = {"service": "directory.service", "location": "directory.location"}
Shown = dict[FieldKey, tuple[Any, Any]]


def shown_again(act: Act) -> Shown:
    """Return the words that hide something and would no longer, were a merge parted or done again.

    A record that comes back whole has the word that it went with; what became stricter at the
    other one since does not reach it.

    Args:
        act: a merge, its undo, the undo of that and so on.

    Returns:
        Field of the record that hides -> what it holds, and what would hold instead.
    """
    return _Parting.of(act).shown()


@dataclass(frozen=True, slots=True)
class _Parting:
    """What an undo would part.

    Attributes:
        gone: the word of each record that would come back.
        pairs: of the record where something is now, of the one where it would be.
        places: location -> the words of the places that would be there again.
    """

    gone: dict[FieldKey, Any]
    pairs: set[tuple[FieldKey, FieldKey]]
    places: dict[UUID, set[str]]

    @classmethod
    def of(cls, act: Act) -> "_Parting":
        gone, places = _gone(act), _places_gone(act)
        pairs = _became(gone)
        moved = Change.objects.filter(act=act, object_type=_PLACE, field__in=_OWNERS)
        rows = list(moved.values_list("object_id", "field", "after", "before"))
        said = values_of(FieldKey(_PLACE, row[0], "visibility") for row in rows)
        for place, name, now, to in rows:
            kind = _OWNERS[name]
            pairs.add((_word(kind, UUID(now)), _word(kind, UUID(to))))
            word = said.get(FieldKey(_PLACE, place, "visibility"))
            if name == "location" and word is not None:
                places[UUID(to)].add(word)
        return cls(gone, pairs, places)

    def shown(self) -> Shown:
        held = values_of({key for pair in self.pairs for key in pair})
        at = _words_at(key.object_id for pair in self.pairs for key in pair)
        found: Shown = {}
        for now, to in self.pairs:
            after = held.get(to, self.gone.get(to))
            if now not in held or after is None:
                continue
            words = {now: held[now]}
            if now.field == "visibility":
                words |= at[now.object_id]
                after = self._level(after, to.object_id, at[to.object_id].values())
            found |= _looser(words, after)
        return found

    def _level(self, word: Any, location: UUID, there: Iterable[Any]) -> str:
        words = {word, *there, *self.places.get(location, ())}
        return strictest(map(Visibility, words)).value


def _word(kind: str, key: UUID) -> FieldKey:
    return FieldKey(kind, key, _WORDS[kind])


def _gone(act: Act) -> dict[FieldKey, Any]:
    rows = _removed(act).filter(object_type__in=_WORDS)
    keys = ((_word(row.object_type, row.object_id), row.before) for row in rows)
    return {key: before[ROW][key.field] for key, before in keys}


def _places_gone(act: Act) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in _removed(act).filter(object_type=_PLACE):
        held = row.before[ROW]
        found[UUID(held["location_id"])].add(held["visibility"])
    return found


def _removed(act: Act) -> Any:
    return Change.objects.filter(act=act, field=WHOLE, before__isnull=False)


def _became(gone: Iterable[FieldKey]) -> set[tuple[FieldKey, FieldKey]]:
    """Return each record that would come back, after the one that it is part of now."""
    found = set()
    for kind in _WORDS:
        keys = {key.object_id: key for key in gone if key.object_type == kind}
        for some in in_batches(keys):
            for said, to in ends_of(kind, some).items():
                found.add((keys[said]._replace(object_id=to), keys[said]))
    return found


def _words_at(locations: Iterable[UUID]) -> dict[UUID, dict[FieldKey, str]]:
    found: dict[UUID, dict[FieldKey, str]] = defaultdict(dict)
    for some in in_batches(set(locations)):
        rows = ServiceAtLocation.objects.filter(location__in=some)
        for key, location, word in rows.values_list("pk", "location_id", "visibility"):
            found[location][FieldKey(_PLACE, key, "visibility")] = word
    return found


def _looser(words: dict[FieldKey, Any], after: Any) -> Shown:
    return {
        key: (word, after)
        for key, word in words.items()
        if waits(key.object_type, key.field, word, after)
    }
