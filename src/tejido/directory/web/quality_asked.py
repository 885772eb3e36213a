"""What an address of the quality page asks for; what is not understood is passed over."""

from contextlib import suppress
from dataclasses import dataclass, fields
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from tejido.directory.domain.quality import By, Order, Part
from tejido.directory.domain.vocabulary import Tier
from tejido.foundation.paging import page_in

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at the page.

    Attributes:
        sort: `name`, `listings` or a part; a hyphen before it turns it around.
        words: of names of counties or organizations.
    """

    tier: Tier = Tier.CORE
    by: By = By.COUNTY
    sort: str = "name"
    words: str = ""
    page: int = 1

    @property
    def order(self) -> Order:
        """Return what to sort by."""
        return Order(self.sort.removeprefix("-"), self.sort.startswith("-"))

    def carried(self, **changes: object) -> str:
        """Return this look, with changes, as the end of an address.

        Whatever changes, the list begins at its first page.
        """
        said = {each.name: getattr(self, each.name) for each in fields(self)} | {"page": 1}
        said |= changes
        usual = Asked()
        return urlencode({k: v for k, v in said.items() if v != getattr(usual, k)})


def asked_of(sent: QueryDict) -> Asked:
    """Return what an address asks for."""
    return Asked(
        tier=Tier.CONTEXT if sent.get("tier") == Tier.CONTEXT else Tier.CORE,
        by=By.ORGANIZATION if sent.get("by") == By.ORGANIZATION else By.COUNTY,
        sort=_sort(sent.get("sort", "")),
        words=sent.get("words", "").replace("\0", "").strip()[:LONGEST],
        page=page_in(sent.get("page", "")),
    )


def part_of(sent: QueryDict) -> Part | None:
    """Return the part that listings are to lack, None where none is named."""
    word = sent.get("lacks")
    return Part(word) if word in set(Part) else None


def group_of(sent: QueryDict) -> tuple[By, str] | None:
    """Return the county or organization to which to keep, None for all of them."""
    if "organization" in sent:
        with suppress(ValueError):
            return By.ORGANIZATION, str(UUID(sent.get("organization", "")))
    key = sent.get("county", "")
    is_fips = len(key) == 5 and key.isascii() and key.isdigit()
    return (By.COUNTY, key) if "county" in sent and (is_fips or not key) else None


def _sort(text: str) -> str:
    return text if text.removeprefix("-") in {"name", "listings", *Part} else "name"
