"""Words that nobody else writes: typed everywhere, and looked for where they must not be.

Each says which form and field it was typed into, so that whoever finds one knows the way it took
(domain/trust.md section 6, property P17).
"""

import re
import secrets
import zlib
from base64 import b64decode, urlsafe_b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

MARK = "kanario"
_FOUND = re.compile(rb"kanario[0-9a-f]{8}", re.IGNORECASE)
_HEX = re.compile(MARK.encode().hex().encode() + rb"(?:[0-9a-f]{16})", re.IGNORECASE)
_PACKED = re.compile(rb"[A-Za-z0-9+/_-]{24,}")
SHORTEST = len(MARK) + 8


@dataclass(frozen=True, slots=True)
class Canary:
    """Where one was typed, and by whom; `is_passing` says that it is to be kept nowhere at all."""

    route: str
    field: str
    by: str
    is_passing: bool


@dataclass
class Cage:
    """All canaries of a trial, by their word."""

    let_out: dict[str, Canary] = field(default_factory=dict)

    def new(self, canary: Canary) -> str:
        """Return a word for a canary."""
        word = f"{MARK}{secrets.token_hex(4)}"
        self.let_out[word] = canary
        return word

    def found_in(self, *contents: bytes) -> dict[str, Canary]:
        """Return the canaries that stand in bytes: plain, in hexadecimal, or packed."""
        words = {word for content in contents for word in _words(content)}
        return {word: self.let_out[word] for word in words if word in self.let_out}


def _words(content: bytes) -> Iterator[str]:
    for each in (content, *unpacked(content)):
        yield from (found.decode().lower() for found in _FOUND.findall(each))
        for found in _HEX.findall(each):
            yield bytes.fromhex(found.decode()).decode().lower()


def unpacked(content: bytes) -> Iterable[bytes]:
    """Yield what stands in base64 in bytes, inflated where that is how a session is written."""
    for part in _PACKED.findall(content):
        padded = part + b"=" * (-len(part) % 4)
        for decode in (b64decode, urlsafe_b64decode):
            with suppress(NoBase64, ValueError):
                plain = decode(padded)
                yield plain
                with suppress(zlib.error):
                    yield zlib.decompress(plain)
