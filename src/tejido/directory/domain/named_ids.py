"""Ids made of other ids and names, as text: thousands a second are made while a file is read."""

from hashlib import sha1
from uuid import UUID

# The first two bits of this place say which kind of UUID it is.
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


def named_id(owner: UUID, name: str) -> str:
    """Return the text of `uuid.uuid5(owner, name)`.

    Source: docs/sources.md#rfc-9562.
    """
    mark = sha1(owner.bytes + name.encode(), usedforsecurity=False).hexdigest()
    return (
        f"{mark[:8]}-{mark[8:12]}-5{mark[13:16]}-{_VARIANT[mark[16]]}{mark[17:20]}-{mark[20:32]}"
    )
