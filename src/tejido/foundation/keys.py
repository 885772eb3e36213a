"""Keys of this installation: made on first use, rotated, destroyed, and what is in use.

The files hold the keys (`key_files`), the database remembers which there were (`KeyUse`): so a key
that is lost is never taken for one that was not made yet. What was destroyed is used no more, also
where a copy of its file comes back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tejido.foundation import key_files
from tejido.foundation.key_files import Key, KeyName, KeyRefused, Purpose
from tejido.foundation.key_kinds import new_secret, shown_half
from tejido.foundation.models import KeyUse


class State(StrEnum):
    """How a key stands."""

    IN_USE = "in-use"
    READ = "still-read"
    DESTROYED = "destroyed"
    BACK = "destroyed-and-back"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key as it may be shown; `shown` is its public half or the id of that, or ''."""

    name: KeyName
    state: State
    made_at: datetime | None
    shown: str


@dataclass(frozen=True, slots=True)
class _Ring:
    """The generations of one purpose, of one member for peppers, as files and database say."""

    purpose: Purpose
    owner: UUID | None
    there: frozenset[int]
    left: frozenset[int]
    uses: dict[int, KeyUse]

    @property
    def known(self) -> list[int]:
        """Return every generation that there is or was, oldest first."""
        return sorted(self.there | self.left | self.uses.keys())

    @property
    def gone(self) -> frozenset[int]:
        """Return what was destroyed, whether or not a copy came back."""
        return self.left | {number for number, use in self.uses.items() if use.destroyed_at}

    @property
    def live(self) -> list[KeyName]:
        """Return what may be used, newest first."""
        return [self.name(number) for number in sorted(self.there - self.gone, reverse=True)]

    @property
    def lacking(self) -> list[KeyName]:
        """Return what was in use, was not destroyed, and is not there."""
        return [self.name(number) for number in sorted(self.uses.keys() - self.there - self.gone)]

    def name(self, generation: int) -> KeyName:
        return KeyName(self.purpose, self.owner, generation)


def current_key(purpose: Purpose, owner: UUID | None = None, *, at: datetime) -> Key:
    """Return the newest key, made now where this installation never had one. One query.

    Args:
        purpose: what it is for.
        owner: the member, for a pepper; None for all others.
        at: when, should it be made.

    Raises:
        KeyRefused: `key-missing`, `key-foreign`, `key-damaged`, `key-open`, `key-closed`,
            `key-exists`, `folder-open`, `folder-closed`.
    """
    ring = _ring(purpose, owner)
    keys = _live(ring) or [_first(purpose, owner, at=at)]
    if keys[0].name.generation not in ring.uses:
        # Made by a process that ended, or whose work was undone, before the database knew.
        _note(keys[0])
    return keys[0]


def live_keys(purpose: Purpose, owner: UUID | None = None) -> list[Key]:
    """Return the keys that may be used, newest first: the first writes, all of them read.

    One query. Empty where this installation never had one.

    Raises:
        KeyRefused: as `current_key`.
    """
    return _live(_ring(purpose, owner))


def checking_keys(purpose: Purpose, *, may_lack: bool) -> tuple[list[Key], frozenset[int]]:
    """Return every key that is there, and the generations that were here and are not.

    For whoever only checks what was made with them: a destroyed key of which a copy came back
    checks too, else whoever may write the database could keep a key from checking. One query.

    Args:
        purpose: what they are for.
        may_lack: take a key that was neither destroyed nor given up, and is not there, for one
            that is gone, instead of refusing.

    Raises:
        KeyRefused: as `current_key`.
    """
    ring = _ring(purpose, None)
    for name in [] if may_lack else ring.lacking:
        raise key_files.missing(folder(), name)
    there = [_known(ring, ring.name(number)) for number in sorted(ring.there, reverse=True)]
    return there, frozenset(ring.known) - ring.there


def store_key(purpose: Purpose, secret: str, owner: UUID | None = None, *, at: datetime) -> Key:
    """Make the next generation of a key with a given secret, and return it.

    Raises:
        KeyRefused: as `current_key`.
    """
    _check_owner(purpose, owner)
    ring = _ring(purpose, owner)
    key = key_files.make_key(folder(), ring.name(max([0, *ring.known]) + 1), secret, at=at)
    _note(key)
    return key


def rotate(
    purpose: Purpose, owner: UUID | None = None, *, at: datetime, is_lost: bool = False
) -> Key:
    """Make the next generation, which writes from now on, and return it.

    Older generations go on reading until they are destroyed.

    Args:
        purpose: what it is for.
        owner: the member, for a pepper; None for all others.
        at: when.
        is_lost: give up generations that are not there or are damaged, for good.

    Raises:
        KeyRefused: as `current_key`; without `is_lost`, also when an older one is not there.
    """
    if is_lost:
        _give_up(_ring(purpose, owner), at=at)
    live_keys(purpose, owner)
    return store_key(purpose, new_secret(purpose), owner, at=at)


def check_destroyable(purpose: Purpose, owner: UUID | None, generation: int) -> KeyName:
    """Return the name of a generation that may be destroyed.

    The newest is what writes: only a pepper goes without another before it, since the next code
    brings the next one.

    Raises:
        KeyRefused: `key-unknown`, `key-in-use`.
    """
    _check_owner(purpose, owner)
    ring = _ring(purpose, owner)
    name = KeyName(purpose, owner, generation)
    if generation not in ring.known:
        raise KeyRefused("key-unknown", _UNKNOWN, {"name": name, "folder": folder()})
    if purpose is not Purpose.PEPPER and ring.live[:1] == [name]:
        raise KeyRefused("key-in-use", _IN_USE, {"name": name, "purpose": purpose.value})
    return name


def destroy(
    purpose: Purpose, owner: UUID | None = None, *, generation: int, at: datetime
) -> KeyName:
    """Destroy one generation, so that what was made with it is never read or matched again.

    Safe to repeat, also when it was broken off.

    Raises:
        KeyRefused: `key-unknown`, `key-in-use`, `folder-open`, `folder-closed`.
    """
    name = check_destroyable(purpose, owner, generation)
    _destroy(name, at=at)
    return name


def check_keys() -> None:
    """Check that every key that was in use is here and is the same one; note what is new.

    Raises:
        KeyRefused: as `current_key`.
    """
    for purpose, owner in _rings():
        for key in live_keys(purpose, owner):
            _note(key)


def key_states() -> list[KeyState]:
    """Return every key that there is or was, by purpose, owner and generation.

    Raises:
        KeyRefused: `key-damaged`, `key-open`, `key-closed`, `folder-open`, `folder-closed`.
    """
    return [state for purpose, owner in _rings() for state in _states(_ring(purpose, owner))]


def folder() -> Path:
    """Return the folder of the keys."""
    return Path(settings.KEYS)


def _rings() -> list[tuple[Purpose, UUID | None]]:
    used = KeyUse.objects.values_list("purpose", "owner").distinct()
    files = key_files.listed(folder())
    rings = {(Purpose(purpose), owner) for purpose, owner in used}
    rings |= {name.ring for name in files.keys | files.destroyed}
    return sorted(rings, key=lambda ring: ([*Purpose].index(ring[0]), str(ring[1] or "")))


def _ring(purpose: Purpose, owner: UUID | None) -> _Ring:
    files = key_files.listed(folder())
    uses = KeyUse.objects.filter(purpose=purpose, owner=owner)
    return _Ring(
        purpose,
        owner,
        frozenset(name.generation for name in files.keys if name.ring == (purpose, owner)),
        frozenset(name.generation for name in files.destroyed if name.ring == (purpose, owner)),
        {use.generation: use for use in uses},
    )


def _live(ring: _Ring) -> list[Key]:
    for name in ring.lacking:
        raise key_files.missing(folder(), name)
    return [_known(ring, name) for name in ring.live]


def _first(purpose: Purpose, owner: UUID | None, *, at: datetime) -> Key:
    """Return a new key, or the one that another process made at the same moment."""
    try:
        return store_key(purpose, new_secret(purpose), owner, at=at)
    except KeyRefused as refusal:
        if refusal.code != "key-exists":
            raise
    return live_keys(purpose, owner)[0]


def _known(ring: _Ring, name: KeyName) -> Key:
    """Return a key, if it is the one that the database was used with."""
    key = key_files.read_key(folder(), name)
    use = ring.uses.get(name.generation)
    if use and use.mark != key.mark:
        raise KeyRefused("key-foreign", _FOREIGN, {"name": name, "folder": folder()})
    return key


def _note(key: Key) -> None:
    name = key.name
    KeyUse.objects.get_or_create(
        purpose=name.purpose,
        owner=name.owner,
        generation=name.generation,
        defaults={"mark": key.mark, "made_at": key.made_at},
    )


def _give_up(ring: _Ring, *, at: datetime) -> None:
    for name in [*ring.lacking, *_damaged(ring)]:
        _destroy(name, at=at)


def _damaged(ring: _Ring) -> Iterator[KeyName]:
    for name in ring.live:
        try:
            key_files.read_key(folder(), name)
        except KeyRefused as refusal:
            if refusal.code != "key-damaged":
                raise
            yield name


def _destroy(name: KeyName, *, at: datetime) -> None:
    key_files.destroy_key(folder(), name, at=at)
    uses = KeyUse.objects.filter(
        purpose=name.purpose, owner=name.owner, generation=name.generation
    )
    uses.filter(destroyed_at__isnull=True).update(destroyed_at=at)


def _states(ring: _Ring) -> list[KeyState]:
    return [_state_of(ring, number) for number in ring.known]


def _state_of(ring: _Ring, number: int) -> KeyState:
    name, use = ring.name(number), ring.uses.get(number)
    key = key_files.read_key(folder(), name) if number in ring.there else None
    made_at = key.made_at if key else use.made_at if use else None
    return KeyState(name, _state(ring, number), made_at, shown_half(key) if key else "")


def _state(ring: _Ring, number: int) -> State:
    if number in ring.gone:
        return State.BACK if number in ring.there else State.DESTROYED
    if number not in ring.there:
        return State.MISSING
    return State.IN_USE if ring.live[0].generation == number else State.READ


def _check_owner(purpose: Purpose, owner: UUID | None) -> None:
    if (purpose is Purpose.PEPPER) != (owner is not None):
        raise KeyRefused("key-owner", _OWNER)


_OWNER = _("Each member has a pepper of its own, and only peppers belong to members.")
_UNKNOWN = _("There is no key %(name)s in %(folder)s. ./tejido keys lists those that there are.")
_IN_USE = _(
    "The key %(name)s is the one that is used now. Make the next one first: "
    "./tejido rotate_key %(purpose)s. Nothing was changed."
)
_FOREIGN = _(
    "The key %(name)s in %(folder)s is another one than this database was used with. Nothing was "
    "changed. Is it the folder of another installation? Put back the copy that you keep of the "
    "right one, or say with TEJIDO_KEYS where it is."
)
