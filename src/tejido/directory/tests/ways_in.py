"""A list of services in every form in which it can be brought in, and what came of it."""

import csv
import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from django.utils import translation

from tejido.directory.domain.mapped import Column, Mapped
from tejido.directory.domain.source import SourceIn
from tejido.directory.models import Act, Service, Source
from tejido.directory.services import import_hsds
from tejido.directory.services.import_table import import_services
from tejido.directory.testing import NOON, a_source, an_id
from tejido.foundation.errors import Refused

TODAY = date(2026, 11, 20)
SERVICE, AGENCY = str(an_id("service")), str(an_id("agency"))
SERVICES = f"id,organization_id,name,status\n{SERVICE},{AGENCY},Naloxone,active\n"
AGENCIES = f"id,name,description\n{AGENCY},Harbor,Help\n"
NAMES = ["Program", "Street", "City", "ZIP", "Lat", "Lon", "Phone"]
FIELDS = ["name", "address_1", "city", "postal_code", "latitude", "longitude", "phone"]
GOOD = ["Harbor", "1 Main Street", "Oakland", "94606", "37.8", "-122.25", "510-555-0142"]
MAPPING = Mapped(
    source=SourceIn("county-list", "County list"),
    fields={field: Column((name,)) for field, name in zip(FIELDS, NAMES, strict=True)},
    key=("Program",),
)


def as_record(row):
    said = dict(zip(FIELDS, row, strict=True))
    place = {"id": str(an_id(f"there {row[0]}")), "location_type": "physical"}
    place |= {name: said[name] for name in ("latitude", "longitude") if said[name]}
    place["addresses"] = [
        {
            "id": str(an_id(f"address {row[0]}")),
            "address_1": said["address_1"],
            "city": said["city"],
            "state_province": "CA",
            "postal_code": said["postal_code"],
            "country": "US",
            "address_type": "physical",
        }
    ]
    return {
        "id": str(an_id(f"service {row[0]}")),
        "name": said["name"],
        "status": "active",
        "organization": {"id": AGENCY, "name": "Harbor", "description": "Help"},
        "phones": [{"id": str(an_id(f"phone {row[0]}")), "number": said["phone"]}],
        "service_at_locations": [{"id": str(an_id(f"at {row[0]}")), "location": place}],
    }


def as_tables(rows, *, old=False):
    """Return the tables of rows, of HSDS 3.1 or 1.1."""
    records = [as_record(row) for row in rows]
    places = [(r, r["service_at_locations"][0]) for r in records]
    tables = {
        "services": [
            {**pick(r, "id", "name", "status"), "organization_id": AGENCY} for r in records
        ],
        "organizations": [{"id": AGENCY, "name": "Harbor", "description": "Help"}],
        "services_at_location" if old else "service_at_location": [
            {"id": at["id"], "service_id": r["id"], "location_id": at["location"]["id"]}
            for r, at in places
        ],
        "locations": [
            pick(at["location"], "id", "latitude", "longitude")
            | ({} if old else {"location_type": "physical"})
            for _, at in places
        ],
        "physical_addresses" if old else "addresses": [
            at["location"]["addresses"][0] | {"location_id": at["location"]["id"]}
            for _, at in places
        ],
        "phones": [r["phones"][0] | {"service_id": r["id"]} for r in records],
    }
    return {f"{name}.csv": csv_text(found) for name, found in tables.items()}


def pick(record, *names):
    return {name: record.get(name, "") for name in names}


def csv_text(rows):
    kept = io.StringIO()
    writer = csv.DictWriter(kept, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue()


def zip_of(path, tables):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return path


def folder_of(path, tables):
    path.mkdir()
    for name, text in tables.items():
        (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def sheet_of(path, rows):
    book = openpyxl.Workbook()
    for row in (NAMES, *rows):
        book.active.append(row)
    book.save(path)
    return path


def written(path, text):
    path.write_text(text)
    return path


def brought_in(path, **options):
    """Import any file by the way that is meant for it."""
    given = {"path": path, "at": NOON, "today": TODAY} | options
    if path.suffix in (".csv", ".xlsx"):
        return import_services(mapping=MAPPING, **given)
    return import_hsds.import_hsds(source=a_source(), **given)


WAYS = {
    "json": lambda at, rows: written(at / "l.json", json.dumps([as_record(r) for r in rows])),
    "ndjson": lambda at, rows: written(
        at / "l.ndjson", "".join(json.dumps(as_record(row)) + "\n" for row in rows)
    ),
    "folder": lambda at, rows: folder_of(at / "tables", as_tables(rows)),
    "zip": lambda at, rows: zip_of(at / "l.zip", as_tables(rows)),
    "zip of 1.1": lambda at, rows: zip_of(at / "l.zip", as_tables(rows, old=True)),
    "csv": lambda at, rows: written(
        at / "l.csv", csv_text([dict(zip(NAMES, row, strict=True)) for row in rows])
    ),
    "xlsx": lambda at, rows: sheet_of(at / "l.xlsx", rows),
}
every_way = pytest.mark.parametrize("way", WAYS)


def row(**changes):
    return [changes.get(field, said) for field, said in zip(FIELDS, GOOD, strict=True)]


def refusal_of(path):
    """Return the code of a refusal that wrote nothing and says what to do, in Spanish too."""
    said = {}
    for language in ("en", "es"):
        with translation.override(language), pytest.raises(Refused) as refused:
            brought_in(path)
        said[str(refused.value.sentence)] = refused.value.code
    assert (Source.objects.count(), Service.objects.count(), Act.objects.count()) == (0, 0, 0)
    assert len(said) == 2
    return refused.value.code


def codes_of(result):
    return [issue.code for issue in result.issues]
