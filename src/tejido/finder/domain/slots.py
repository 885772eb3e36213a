"""Which patterns are open at an instant, for all patterns at once.

For each quarter hour the snapshot keeps one bit a pattern (open when it begins) and the few
changes that fall inside it. Two lookups then say exactly, to the second, what 3,000 patterns do.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tejido.finder.domain.answer import Open
from tejido.finder.domain.patterns import CLOSED_FOR_NOW, HOURS_UNKNOWN, Horizon

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


@dataclass(frozen=True, slots=True)
class Slot:
    """One quarter hour.

    Attributes:
        number: quarter hours since 1970.
        open: one bit a pattern, the lowest bit of the first byte is pattern 0.
        changes: pairs (second of the slot, pattern) of what opens or closes inside, in order.
    """

    number: int
    open: bytes
    changes: bytes


def slot_at(at: datetime) -> int:
    """Return the number of the quarter hour that an instant lies in."""
    return int(at.timestamp()) // SECONDS


def slots_of(patterns: Mapping[int, Sequence[int]], horizon: Horizon) -> Iterator[Slot]:
    """Yield every quarter hour of the horizon.

    Args:
        patterns: pattern -> openings and closings in turn, seconds since 1970, in order.
        horizon: begins and ends on a quarter hour.
    """
    changes: dict[int, list[tuple[int, int]]] = {}
    for pattern, edges in patterns.items():
        for edge in edges:
            changes.setdefault(edge // SECONDS, []).append((edge % SECONDS, pattern))
    width = max(patterns, default=CLOSED_FOR_NOW) // 8 + 1
    open_now = 0
    for number in range(slot_at(horizon.begins), slot_at(horizon.ends)):
        later = []
        for second, pattern in sorted(changes.get(number, ())):
            open_now ^= (second == 0) << pattern
            if second:
                later.append((second, pattern))
        flat = array("I", [value for change in later for value in change])
        yield Slot(number, open_now.to_bytes(width, "little"), flat.tobytes())
        for _, pattern in later:
            open_now ^= 1 << pattern


def states_at(slot: Slot, at: datetime) -> bytes:
    """Return one byte a pattern: 0 unknown, 1 open, 2 closed at the instant, exactly."""
    states = bytearray(b"".join(map(_EIGHT.__getitem__, slot.open)))
    second = at.timestamp() - slot.number * SECONDS
    flat = array("I", slot.changes)
    for changed, pattern in zip(flat[::2], flat[1::2], strict=True):
        if changed <= second:
            states[pattern] = _FLIP[states[pattern]]
    states[HOURS_UNKNOWN] = BYTE_OF[Open.UNKNOWN]
    states[CLOSED_FOR_NOW] = BYTE_OF[Open.CLOSED]
    return bytes(states)


def waits_of(later: Sequence[bytes]) -> bytes:
    """Return one byte a pattern: 1 opens within three hours, 2 within a day, 0 does not.

    Args:
        later: what is open when each of the next quarter hours begins, one bit a pattern; at most
            `DAY_SLOTS` of them, fewer where the horizon ends.
    """
    width = max(map(len, later), default=0)
    soon, by_then = (_any_of(later[:slots]) for slots in (SOON_SLOTS, DAY_SLOTS))
    in_a_day = by_then & ~soon
    first, second = (_flags(bits, width) for bits in (soon, in_a_day))
    return bytes(one + 2 * two for one, two in zip(first, second, strict=True))


def with_waits(states: bytes, waits: bytes) -> bytes:
    """Return the states with `SOON` and `IN_A_DAY` for what is closed and opens by then.

    Args:
        states: as `states_at` returns them.
        waits: as `waits_of` returns them.
    """
    width = len(states)
    # Byte by byte: 2 (closed) and 1 is 3, and 2 is 4; open and unknown have no bit at 2 and stay.
    now = int.from_bytes(states, "little")
    closed = (now >> 1) & int.from_bytes(b"\x01" * width, "little")
    waiting = int.from_bytes(waits[:width], "little") & (closed * 3)
    return (now + waiting).to_bytes(width, "little")


def _any_of(slots: Sequence[bytes]) -> int:
    bits = 0
    for slot in slots:
        bits |= int.from_bytes(slot, "little")
    return bits


def _flags(bits: int, width: int) -> bytes:
    return b"".join(map(_BITS.__getitem__, bits.to_bytes(width, "little")))
