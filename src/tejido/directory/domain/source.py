"""Where listings come from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SourceIn:
    """A list of services that somebody publishes.

    Attributes:
        key: stable short name, such as `san-mateo-2013`; one key is one source for ever.
        name: as people read it under a listing.
        licence: what the publisher allows, in a sentence, or ''.
        published_on: when the list was made; later confirmations win over it.
        is_invented: demonstration data, which every page says.
        trusted: whether its records count as confirmed on the source's own date. None leaves
            what is stored; a new source is trusted.
    """

    key: str
    name: str
    url: str = ""
    licence: str = ""
    published_on: date | None = None
    is_invented: bool = False
    trusted: bool | None = None
