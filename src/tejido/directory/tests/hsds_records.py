"""HSDS records for tests: complete, so that a test names only what it is about."""

from datetime import date

from tejido.directory.domain.hsds.records import read_records, records_in
from tejido.directory.domain.reading import Gazette, Reading

SERVICE_ID = "11111111-1111-4111-8111-111111111111"
ORGANIZATION = {"id": "22222222-2222-4222-8222-222222222222", "name": "Harbor Program"}
PLACE_ID = "33333333-3333-4333-8333-333333333333"
LOCATION_ID = "44444444-4444-4444-8444-444444444444"


def a_reading():
    return Reading(
        source_key="county",
        today=date(2026, 11, 20),
        concepts={"naloxone": True, "food": False, "treatment": False},
        gazette=Gazette({"alameda": "06001"}, {"fremont": "06001"}, {"94606": "06001"}),
    )


def a_record(**changes):
    record = {
        "id": SERVICE_ID,
        "name": "Naloxone",
        "status": "active",
        "organization": ORGANIZATION,
    }
    return record | changes


def a_location(**changes):
    location = {
        "id": LOCATION_ID,
        "location_type": "physical",
        "name": "Blue van",
        "latitude": 37.8,
        "longitude": -122.25,
        "addresses": [
            {
                "address_1": "1 Main Street",
                "city": "Oakland",
                "state_province": "California",
                "postal_code": "94606",
                "country": "US",
                "address_type": "physical",
            }
        ],
    }
    return location | changes


def at(location=None, **changes):
    return {"id": PLACE_ID, "location": location or a_location(), **changes}


def read(document, reading=None):
    reading = reading or a_reading()
    return list(read_records(records_in(document), reading)), reading


def read_one(**changes):
    (draft,), reading = read(a_record(**changes))
    return draft, [(issue.code, issue.field) for issue in reading.issues]
