"""An invented directory of any size, as the files that people bring: no listing is real."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from openpyxl.workbook.workbook import Workbook

from tejido.directory.demonstration.reading import drafts
from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.hsds.render import service_record

COLUMNS = ("name", "agency", "about", "street", "city", "zip", "phone", "hours")
MAPPING = """
[source]
key = "invented"
name = "Invented directory"
url = ""
licence = "CC0"

[columns]
name = "name"
organization = "agency"
description = "about"
address_1 = "street"
city = "city"
postal_code = "zip"
phone = "phone"
hours_text = "hours"

[row]
key = ["name", "agency", "street", "zip"]

[constants]
needs = ["naloxone"]
"""


@dataclass(frozen=True, slots=True)
class Invented:
    """So many services: the demonstration network again and again, each copy with its own ids."""

    services: int
    on: date

    def ndjson(self, path: Path) -> Path:
        """Write a whole HSDS service a line."""
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in self.records())
        return path

    def json(self, path: Path) -> Path:
        """Write one JSON list."""
        path.write_text(json.dumps(list(self.records())), encoding="utf-8")
        return path

    def csv(self, path: Path) -> Path:
        """Write a spreadsheet as CSV."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *self.rows()])
        return path

    def xlsx(self, path: Path) -> Path:
        """Write a spreadsheet as XLSX."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Services")
        for row in [COLUMNS, *self.rows()]:
            sheet.append(row)
        book.save(path)
        return path

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield HSDS services with their organizations and locations."""
        originals = [service_record(draft) for draft in drafts(on=self.on)]
        copies = (_copy(record, number) for number in count() for record in originals)
        return islice(copies, self.services)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells under COLUMNS."""
        originals = list(drafts(on=self.on))
        copies = (_cells(draft, number) for number in count() for draft in originals)
        return islice(copies, self.services)


def _copy(value: Any, number: int) -> Any:
    if isinstance(value, list):
        return [_copy(each, number) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: str(uuid5(UUID(each), str(number))) if name == "id" else _copy(each, number)
        for name, each in value.items()
    }


def _cells(draft: ServiceDraft, number: int) -> tuple[str, ...]:
    address = next((place.location.address for place in draft.places), None)
    where = (address.address_1, address.city, address.postal_code) if address else ("", "", "")
    phone = draft.phones[0].number.removeprefix("+1")
    agency = f"{draft.organization.name} {number}"
    return (draft.name, agency, draft.description, *where, phone, "Monday-Thursday, 8:30-5")
