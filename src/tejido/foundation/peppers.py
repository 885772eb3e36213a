"""Codes of participants, kept only as hashes under a pepper that each member has for itself.

A code such as two initials and a year is soon guessed: whoever has the hash and the pepper tries
them all. So the pepper lies outside the database, no two members share one, and where a generation
of it is destroyed, nobody can ever match the codes that were kept under it.
"""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import secret_bytes
from tejido.foundation.keys import current_key, live_keys


@dataclass(frozen=True, slots=True)
class HashedCode:
    """What is stored of a code: 64 hexadecimal digits, and which pepper they were made with."""

    generation: int
    digits: str


def normalised(code: str) -> str:
    """Return a code as it is compared: letters and digits only, without case, accent or width.

    Raises:
        ValueError: nothing is left.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", code).casefold())
    kept = "".join(letter for letter in folded if letter.isalnum())
    if not kept:
        raise ValueError("code")
    return kept


def hashed(pepper: bytes, code: str) -> str:
    """Return HMAC-SHA256 of the normalised code, 64 hexadecimal digits.

    Args:
        pepper: 32 random bytes.
        code: as a person said it.

    Raises:
        ValueError: the code has neither letter nor digit.
    """
    return hmac.digest(pepper, normalised(code).encode(), "sha256").hex()


def hashed_code(member_id: UUID, code: str, *, at: datetime) -> HashedCode:
    """Return what to store of a code, under the member's newest pepper; one is made if need be.

    Raises:
        ValueError: the code has neither letter nor digit.
        KeyRefused: `foundation.keys.current_key`.
    """
    key = current_key(Purpose.PEPPER, member_id, at=at)
    return HashedCode(key.name.generation, hashed(secret_bytes(key), code))


def possible_hashes(member_id: UUID, code: str) -> list[HashedCode]:
    """Return what a code may be stored as, newest first: one for each pepper that is left.

    Raises:
        ValueError: the code has neither letter nor digit.
        KeyRefused: `foundation.keys.current_key`.
    """
    keys = live_keys(Purpose.PEPPER, member_id)
    return [HashedCode(key.name.generation, hashed(secret_bytes(key), code)) for key in keys]
