"""The rules: what each comes from, and whether breaking it fails a feed.

A failure breaks what HSDS says; a warning is allowed by it and leads people or programs astray.

Source: docs/sources.md#hsds (schemas, OpenAPI file and API pages of version 3.1; what 3.2 adds).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What an API is asked for, in the order of its pages.
CHECKLIST: Mapping[int, str] = {
    1: "The first address tells version, profile and openapi_url",
    2: "/services lists services page by page, with one-to-one fields unless full=true",
    3: "/services/{id} answers one service with everything that belongs to it",
    4: "/service_at_locations lists and answers services at locations",
    5: "/taxonomies lists and answers taxonomies",
    6: "/taxonomy_terms and /organizations list and answer",
    7: "Lists answer POST as they answer GET",
    8: "A list comes in a page that counts itself",
    9: "Lists take the parameters of HSDS",
    10: "Filters add up: each narrows what the others leave",
    11: "format=ndjson sends everything, one object a line",
    12: "minimal=true sends only ids and dates of change",
    13: "Ids are UUIDs, objects fit their schemas, and no word is home-made where HSDS has one",
    14: "Open to everybody: no key, any website, encrypted",
}


class Severity(StrEnum):
    """Whether a finding fails a feed."""

    FAILURE = "failure"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: stable word for programs and tests.
        rows: which rows of the checklist it belongs to.
        source: which part of HSDS says so.
    """

    id: str
    severity: Severity
    rows: tuple[int, ...]
    source: str


# id, F for failure or W for warning, rows of the checklist, source.
_DATA = """
not-json F 13 JSON (RFC 8259)
unknown-object F 13 schema
required-missing F 13 schema: required
required-empty F 13 schema: required
wrong-type F 13 schema: type
null-value F 13 schema: type
word-unknown F 13 schema: enum
schema-mismatch F 13 official schema file
id-not-uuid F 13 schema: id
reference-not-uuid F 13 schema: format uuid
duplicate-id F 13 schema: unique
reference-other-owner F 13 schema: links
reference-missing W 13 schema: links
home-made-term F 13 profiles: no term beside one of HSDS
date-wrong F 13 schema: date
date-with-time F 13 schema: date
instant-wrong F 13 schema: date-time
instant-without-zone W 13 RFC 3339
time-wrong F 13 schema: time
time-24 F 13 schema: time
link-wrong W 13 schema: format uri
email-wrong W 13 schema: format email
language-code W 13 language.code: ISO 639
country-code W 13 address.country: ISO 3166
coordinates-impossible W 13 location: WGS 84
coordinates-zero W 13 location: WGS 84
coordinates-half W 13 location: WGS 84
rrule-day F 13 schedule.byday: RFC 5545
rrule-number F 13 schedule: RFC 5545
rrule-combination W 13 schedule: RFC 5545
interval-without-start W 13 schedule.dtstart: RFC 5545
hours-half W 13 schedule: opens_at, closes_at
dates-backwards W 13 valid_from, valid_to
ages-backwards W 13 minimum_age, maximum_age
date-ahead W 13 assured_date, last_modified
phone-without-number W 13 phone.number
text-garbled W 13 UTF-8
text-markup W 13 schema: text
text-alone W 13 attributes: texts in other languages
service-without-organization W 13 service.organization_id
place-without-location W 13 service_at_location.location_id
too-deep F 13 schema
"""
_FILES = """
file-encoding F 13 UTF-8
line-not-object F 11 ndjson
row-broken F 13 CSV (RFC 4180)
table-unreadable F 13 CSV (RFC 4180)
column-missing F 13 datapackage.json
table-unknown W 13 datapackage.json
package-undescribed W 13 datapackage.json
package-describes-nothing W 13 datapackage.json
orphan-row F 13 datapackage.json: foreignKeys
page-of-many W 8 page
feed-empty W 2 page
"""
_API = """
root-unreadable F 1 GET /
root-version F 1 GET /
root-profile F 1 GET /
root-openapi F 1 GET /
root-publisher W 1 GET / of 3.2
openapi-unread W 1 openapi_url
operation-id-repeated F 1 OpenAPI: operationId
reference-other-version F 1 OpenAPI: $ref
openapi-path-missing W 1 OpenAPI: paths
openapi-datetime W 1 OpenAPI: format
no-services F 2 GET /services
list-nested F 2 GET /services
full-ignored F 2,9 full
detail-missing F 3 GET /services/{id}
detail-other F 3 GET /services/{id}
detail-not-nested F 3 GET /services/{id}
unknown-found W 3 GET /services/{id}
no-service-at-locations W 4 GET /service_at_locations
no-taxonomies W 5 GET /taxonomies
no-terms-or-organizations W 6 GET /taxonomy_terms, /organizations
optional-detail-missing F 4,5,6 GET /{list}/{id}
post-refused F 7 POST on lists, 3.1
post-differs F 7 POST on lists, 3.1
post-body-ignored W 7 POST on lists, 3.1
not-a-page F 8 page
page-field-missing F 8 page
page-empty-missing F 8 page: empty, 3.1.1
page-field-type F 8 page
page-size-wrong F 8 page: size
page-flags-wrong F 8 page: first_page, last_page, empty
page-numbers-wrong F 8 page: page_number, total_pages
total-items-wrong F 8 page: total_items
page-repeated F 8 page
per-page-ignored W 9 per_page
parameter-refused F 9 parameters of lists
search-ignored F 9 search
filter-ignored F 9 organization_id, taxonomy_term_id, taxonomy_id
filter-wrong F 9 organization_id
modified-after-ignored F 9 modified_after
filters-not-cumulative F 10 API: filters
ndjson-ignored W 11 format
ndjson-paged F 11 format
ndjson-line-wrong F 11 format
ndjson-count-wrong F 11 format
minimal-not-minimal W 12 minimal
minimal-paged W 12 minimal
key-wanted F 14 API: open
cors-missing F 14 API: open
not-encrypted W 14 API: open
answer-failed F 14 API: open
answer-not-json F 2 application/json
answer-type-wrong W 2 application/json
"""


def _rule(line: str) -> Rule:
    name, mark, rows, source = line.split(" ", 3)
    severity = Severity.FAILURE if mark == "F" else Severity.WARNING
    return Rule(name, severity, tuple(map(int, rows.split(","))), source)


RULES: Mapping[str, Rule] = {
    rule.id: rule for rule in map(_rule, filter(None, f"{_DATA}{_FILES}{_API}".splitlines()))
}
