"""The files of the invented network, read into drafts as an import would hand them over."""

import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tejido.directory.demonstration.hours import holidays, rule_from
from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
    TextIn,
)
from tejido.directory.domain.vocabulary import Fact, Mode, Tier, Visibility

FOLDER = Path(__file__).resolve().parent
_NAMESPACE = uuid.UUID("6f1d3c0a-52b7-5a5e-8a34-1f6d0f5b9c27")
Table = Mapping[str, Any]


def programs() -> list[dict[str, Any]]:
    """Return the programs as the files have them, in the order of the files' names."""
    files = sorted(FOLDER.glob("*.toml"))
    return [each for file in files for each in tomllib.loads(file.read_text("utf-8"))["program"]]


def drafts(*, on: date) -> Iterator[ServiceDraft]:
    """Return every service of the invented network, as of a day.

    Args:
        on: the day from which the age of confirmations and the holidays are counted.
    """
    for table in programs():
        program = _Program(table, on)
        for service in table["services"]:
            yield program.service(service)


@dataclass(frozen=True, slots=True)
class _Program:
    """One program of the files, and the day on which it is looked at."""

    table: Table
    on: date

    def service(self, table: Table) -> ServiceDraft:
        """Return one service with its places."""
        name, key = f"{self.table['key']}/{table['key']}", self.table["key"]
        rules = tuple(map(rule_from, table.get("hours", ())))
        age = table.get("confirmed")
        return ServiceDraft(
            id=_id("service", name),
            name=table["name"][0],
            organization=OrganizationDraft(id=_id("organization", key), name=self.table["name"]),
            description=table["about"][0],
            tier=Tier(table.get("tier", Tier.CORE)),
            mode=Mode(table["mode"]),
            url=f"https://{key}.example.org/",
            email=f"hello@{key}.example.org",
            before_you_go=table["before"][0],
            needs=tuple(table["needs"]),
            languages=tuple(self.table["languages"]),
            facts=_facts([*self.table["facts"], *table.get("facts", ())]),
            phones=(self._phone(name),),
            rules=rules,
            exceptions=holidays(table.get("holidays", "open"), rules, self.on.year),
            places=tuple(self._place(table, each) for each in table.get("at", ())),
            reach=tuple(table.get("reach", ())),
            confirmed_on=None if age is None else self.on - timedelta(days=age),
            translations=_spanish(
                name=table["name"], description=table["about"], before_you_go=table["before"]
            ),
        )

    def _place(self, service: Table, table: Table) -> AtLocationDraft:
        rules = tuple(map(rule_from, table["hours"]))
        name = f"{self.table['key']}/{service['key']}/{table['place']}"
        return AtLocationDraft(
            id=_id("service-at-location", name),
            location=self._location(table["place"]),
            rules=rules,
            exceptions=holidays(service.get("holidays", "open"), rules, self.on.year),
        )

    def _location(self, key: str) -> LocationDraft:
        table = self.table["places"][key]
        latitude, longitude = table["point"]
        return LocationDraft(
            id=_id("location", f"{self.table['key']}/{key}"),
            name=table["name"],
            address=AddressDraft(
                address_1=table["address"],
                city=table["city"],
                postal_code=table["zip"],
                county_fips=self.table["county"],
            ),
            latitude=latitude,
            longitude=longitude,
            landmark=table["look"][0],
            visibility=Visibility(table.get("visibility", Visibility.PUBLIC)),
            facts=_facts(table.get("facts", ())),
            translations=_spanish(landmark=table["look"]),
        )

    def _phone(self, name: str) -> PhoneDraft:
        digits = self.table["phone"].replace("-", "")
        return PhoneDraft(
            id=_id("phone", name),
            number=f"+1{digits}",
            languages=tuple(self.table["languages"]),
        )


def _id(kind: str, name: str) -> uuid.UUID:
    return uuid.uuid5(_NAMESPACE, f"{kind} {name}")


def _facts(words: Sequence[str]) -> dict[Fact, bool]:
    """Return the facts; `not walk-in` is a no, and a later word replaces an earlier one."""
    return {Fact(word.removeprefix("not ")): not word.startswith("not ") for word in words}


def _spanish(**fields: Sequence[str]) -> dict[str, tuple[TextIn, ...]]:
    return {field: (TextIn("es", spanish),) for field, (_, spanish) in fields.items()}
