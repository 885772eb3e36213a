"""A clean feed of HSDS 3.1 for the tests of the checker, to be broken one fault at a time."""

import csv
import json
from uuid import UUID

from tejido.directory.domain.hsds.tabular import TABLES


def key(number):
    return str(UUID(int=number, version=4))


def a_service(number=1, organization=1, **changes):
    """Return a whole service with one of nearly everything."""
    place = 1_000 * number
    return {
        "id": key(place),
        "name": f"Supplies {number}",
        "description": "Sterile supplies & naloxone, sin preguntas.",
        "url": "https://example.org/supplies",
        "email": "front.desk@example.org",
        "status": "active",
        "minimum_age": 18,
        "maximum_age": 99,
        "assured_date": "2026-11-01",
        "last_modified": f"2026-11-0{number % 9 + 1}T16:00:00Z",
        "organization": {
            "id": key(organization),
            "name": "Valley Harm Reduction",
            "description": "Volunteers and staff.",
            "website": "https://example.org",
        },
        "phones": [{"id": key(place + 1), "number": "510-555-0142", "extension": 12}],
        "languages": [{"id": key(place + 2), "name": "Spanish", "code": "es"}],
        "attributes": [
            {
                "id": key(place + 3),
                "taxonomy_term": {
                    "id": key(50 + organization),
                    "name": "Naloxone",
                    "description": "Reverses an overdose",
                },
            }
        ],
        "service_at_locations": [
            {
                "id": key(place + 4),
                "location": {
                    "id": key(place + 5),
                    "location_type": "physical",
                    "latitude": 37.8,
                    "longitude": -122.27,
                    "addresses": [
                        {
                            "id": key(place + 6),
                            "address_1": "1 Main Street",
                            "city": "Oakland",
                            "state_province": "CA",
                            "postal_code": "94606",
                            "country": "US",
                            "address_type": "physical",
                        }
                    ],
                },
                "schedules": [
                    {
                        "id": key(place + 7),
                        "freq": "WEEKLY",
                        "interval": 1,
                        "byday": "MO,TU",
                        "valid_from": "2026-01-01",
                        "valid_to": "2026-12-31",
                        "opens_at": "09:00",
                        "closes_at": "17:00:00",
                    }
                ],
            }
        ],
    } | changes


def a_page(contents, **changes):
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    } | changes


def schedule_of(service):
    return service["service_at_locations"][0]["schedules"][0]


def location_of(service):
    return service["service_at_locations"][0]["location"]


def address_of(service):
    return location_of(service)["addresses"][0]


ROWS = {
    "organization": [{"id": key(1), "name": "Valley", "description": "Volunteers"}],
    "service": [{"id": key(1000), "organization_id": key(1), "name": "S", "status": "active"}],
    "location": [
        {"id": key(1005), "location_type": "physical", "latitude": 37.8, "longitude": -122.2}
    ],
    "service_at_location": [{"id": key(1004), "service_id": key(1000), "location_id": key(1005)}],
    "phone": [{"id": key(1001), "service_id": key(1000), "number": "510-555-0142"}],
    "language": [{"id": key(1002), "service_id": key(1000), "code": "es"}],
    "schedule": [
        {"id": key(1007), "service_at_location_id": key(1004), "freq": "WEEKLY", "byday": "MO"}
    ],
}


def a_package(folder, rows=ROWS, *, description=True, encoding="utf-8"):
    """Write tables into a folder."""
    folder.mkdir(exist_ok=True)
    for name, its in rows.items():
        with (folder / f"{TABLES[name].file}.csv").open(
            "w", encoding=encoding, newline=""
        ) as file:
            lines = csv.DictWriter(file, list(its[0]))
            lines.writeheader()
            lines.writerows(its)
    if description:
        said = {"resources": [{"name": n, "path": f"{TABLES[n].file}.csv"} for n in rows]}
        (folder / "datapackage.json").write_text(json.dumps(said))
    return folder
