"""Which patterns are open at an instant, for all patterns at once.

For each quarter hour the snapshot keeps one bit a pattern (open when it begins), the few changes
that fall inside it, and what opens soon. One row then says exactly, to the second, what 3,000
patterns do.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from tejido.directory.domain.patterns import Horizon
from tejido.finder.domain.answer import Open
from tejido.finder.domain.patterns import CLOSED_FOR_NOW, HOURS_UNKNOWN

SECONDS = 15 * 60
BYTE_OF = {Open.UNKNOWN: 0, Open.OPEN: 1, Open.CLOSED: 2}
# Closed, and open within so many quarter hours: three hours, a day.
SOON, IN_A_DAY = 3, 4
SOON_SLOTS, DAY_SLOTS = 12, 96
STATE_OF = {
    **{byte: state for state, byte in BYTE_OF.items()},
    SOON: Open.CLOSED,
    IN_A_DAY: Open.CLOSED,
}
_EIGHT = [bytes(1 if byte >> bit & 1 else 2 for bit in range(8)) for byte in range(256)]
_BITS = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]
_FLIP = {1: 2, 2: 1}


class Slot(NamedTuple):
    """One quarter hour, a row of the snapshot as it is.

    Attributes:
        number: quarter hours since 1970.
        open: one bit a pattern, the lowest bit of the first byte is pattern 0.
        changes: pairs (second of the slot, pattern) of what opens or closes inside, in order.
        soon, in_a_day: likewise one bit a pattern, for what is open when one of the next
            `SOON_SLOTS` begins, or one of the next `DAY_SLOTS` but none of those.
    """

    number: int
    open: bytes
    changes: bytes
    soon: bytes
    in_a_day: bytes


def slot_at(at: datetime) -> int:
    """Return the number of the quarter hour that an instant lies in."""
    return int(at.timestamp()) // SECONDS


def slots_of(patterns: Mapping[int, Sequence[int]], horizon: Horizon) -> Iterator[Slot]:
    """Yield every quarter hour of the horizon.

    Args:
        patterns: pattern -> openings and closings in turn, seconds since 1970, in order.
        horizon: begins and ends on a quarter hour.
    """
    width = max(patterns, default=CLOSED_FOR_NOW) // 8 + 1
    slots = list(_openings(patterns, horizon))
    later = [is_open for _, is_open, _ in slots[1:]] + [0]
    waits = zip(_any_of(later, SOON_SLOTS), _any_of(later, DAY_SLOTS), strict=True)
    for (number, is_open, changes), (soon, by_then) in zip(slots, waits, strict=True):
        bits = [each.to_bytes(width, "little") for each in (is_open, soon, by_then & ~soon)]
        yield Slot(number, bits[0], changes, *bits[1:])


def _openings(
    patterns: Mapping[int, Sequence[int]], horizon: Horizon
) -> Iterator[tuple[int, int, bytes]]:
    """Yield the number of each quarter hour, what is open when it begins, and its changes."""
    changes: dict[int, list[tuple[int, int]]] = {}
    for pattern, edges in patterns.items():
        for edge in edges:
            changes.setdefault(edge // SECONDS, []).append((edge % SECONDS, pattern))
    open_now = 0
    for number in range(slot_at(horizon.begins), slot_at(horizon.ends)):
        later = []
        for second, pattern in sorted(changes.get(number, ())):
            open_now ^= (second == 0) << pattern
            if second:
                later.append((second, pattern))
        flat = array("I", [value for change in later for value in change])
        yield number, open_now, flat.tobytes()
        for _, pattern in later:
            open_now ^= 1 << pattern


def _any_of(bits: list[int], count: int) -> list[int]:
    """Return, for each number, all bits of it and of what follows, `count` in all."""
    if count == 1:
        return bits
    half = count // 2
    some = _any_of(bits, half)
    both = [here | ahead for here, ahead in zip_longest(some, some[half:], fillvalue=0)]
    if count % 2:
        return [here | last for here, last in zip_longest(both, bits[count - 1 :], fillvalue=0)]
    return both


def states_at(slot: Slot, at: datetime) -> bytes:
    """Return one byte a pattern for an instant of the slot, exactly.

    0 unknown, 1 open, 2 closed; `SOON` and `IN_A_DAY` for what is closed and opens by then.
    """
    states = bytearray(b"".join(map(_EIGHT.__getitem__, slot.open)))
    second = at.timestamp() - slot.number * SECONDS
    flat = array("I", slot.changes)
    for changed, pattern in zip(flat[::2], flat[1::2], strict=True):
        if changed <= second:
            states[pattern] = _FLIP[states[pattern]]
    states[HOURS_UNKNOWN] = BYTE_OF[Open.UNKNOWN]
    states[CLOSED_FOR_NOW] = BYTE_OF[Open.CLOSED]
    return _with_waits(bytes(states), slot)


def _with_waits(states: bytes, slot: Slot) -> bytes:
    now, soon, in_a_day = (
        int.from_bytes(flags, "little")
        for flags in (states, _flags(slot.soon), _flags(slot.in_a_day))
    )
    # Byte by byte: 2 (closed) and 1 is 3, and 2 is 4; open and unknown have no bit at 2 and stay.
    closed = (now >> 1) & int.from_bytes(b"\x01" * len(states), "little")
    waiting = (soon & closed) + 2 * (in_a_day & closed)
    return (now + waiting).to_bytes(len(states), "little")


def _flags(bits: bytes) -> bytes:
    return b"".join(map(_BITS.__getitem__, bits))
