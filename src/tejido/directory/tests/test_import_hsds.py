"""`import_hsds` on files in a folder: what is stored, what is reported, what is refused."""

import csv
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import Location, Record, Service, Source
from tejido.directory.queries.public import public_listings
from tejido.directory.services.import_hsds import NoServices, import_hsds
from tejido.directory.testing import LATER, NOON, a_source
from tejido.foundation.errors import Refused
from tejido.foundation.files import FileRefused
from tejido.foundation.testing import examples

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def a_record(number, **changes):
    record = {
        "id": f"11111111-1111-4111-8111-{number:012d}",
        "name": f"Service {number}",
        "status": "active",
        "organization": {"id": "22222222-2222-4222-8222-222222222222", "name": "Harbor"},
        "service_at_locations": [
            {
                "id": f"33333333-3333-4333-8333-{number:012d}",
                "location": {
                    "id": f"44444444-4444-4444-8444-{number:012d}",
                    "location_type": "physical",
                    "latitude": 37.8,
                    "longitude": -122.25,
                },
            }
        ],
    }
    return record | changes


@pytest.fixture
def ndjson(tmp_path):
    def write(*lines, end="\n"):
        path = tmp_path / "list.ndjson"
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(texts) + end)
        return path

    return write


def imported(path, **options):
    chosen = {"source": a_source(), "at": NOON, "today": TODAY} | options
    return import_hsds(path=path, **chosen)


def test_a_bad_row_is_reported_and_the_rest_goes_on(ndjson):
    result = imported(ndjson(a_record(1), '{"id": oh', a_record(3, name=""), a_record(4)))

    assert sorted(Service.objects.values_list("name", flat=True)) == ["Service 1", "Service 4"]
    assert [(i.row, i.code) for i in result.issues] == [
        (2, IssueCode.ROW_UNREADABLE),
        (3, IssueCode.NAME_MISSING),
    ]


def test_a_last_line_that_breaks_off_is_said_to_be_cut_short(ndjson):
    result = imported(ndjson(a_record(1), json.dumps(a_record(2))[:50], end=""))

    assert [(i.row, i.code) for i in result.issues] == [(2, IssueCode.ROW_CUT_SHORT)]


def test_the_same_file_twice_changes_nothing(ndjson):
    path = ndjson(a_record(1), a_record(2))
    imported(path)

    again = imported(path, at=LATER)

    assert (again.stored.created, again.stored.updated, again.stored.unchanged) == (0, 0, 2)
    assert Service.objects.filter(updated_at=LATER).count() == 0
    assert again.report_file is None


def test_the_report_file_names_file_row_field_value_and_what_to_do(ndjson):
    result = imported(ndjson(a_record(1, url="=HYPERLINK(1)")))

    with result.report_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["file", "row", "field", "value", "code", "what to do"]
    assert rows[1][:5] == ["list.ndjson", "1", "url", "'=HYPERLINK(1)", "link-unreadable"]
    assert rows[1][5].startswith("This is not a web address.")


def test_a_dry_run_reports_and_changes_nothing(ndjson):
    result = imported(ndjson(a_record(1), a_record(2, url="no")), dry_run=True)

    assert (result.stored.created, len(result.issues)) == (2, 1)
    assert (Service.objects.count(), Source.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "contents",
    [b"", b"<html>", b"a,b,c\n1,2,3", b'{"id": ', b"\x00\x01", b"[" * 99_999, b'{"a":"\xe9"}'],
)
def test_a_file_that_is_not_what_it_claims_changes_nothing(tmp_path, ndjson, contents):
    imported(ndjson(a_record(1)))
    path = tmp_path / "list.json"
    path.write_bytes(contents)

    with pytest.raises(FileRefused):
        imported(path, at=LATER)

    assert list(Service.objects.values_list("name", "updated_at")) == [("Service 1", NOON)]


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"version": "3.1", "openapi_url": "x", "profile": "y"}, "base"),
        ([], "list"),
        ([1, "two", None], "list"),
        ({"contents": []}, "page"),
    ],
)
def test_a_file_without_a_service_changes_nothing_and_says_what_it_holds(tmp_path, document, kind):
    path = tmp_path / "list.json"
    path.write_text(json.dumps(document))

    with pytest.raises(NoServices, match=f"it holds: {kind}"):
        imported(path)

    assert Source.objects.count() == 0


def test_a_file_of_which_no_row_can_be_read_says_what_is_wrong_with_the_first(ndjson):
    with pytest.raises(NoServices, match=r"Nothing changed.* Row 1: The service has no name"):
        imported(ndjson(a_record(1, name="")))


def test_one_page_of_several_is_imported_and_says_so(tmp_path):
    path = tmp_path / "page.json"
    path.write_text(json.dumps({"contents": [a_record(1)], "total_pages": 3}))

    result = imported(path)

    assert Service.objects.count() == 1
    assert [i.code for i in result.issues] == [IssueCode.PAGE_OF_MANY]


def test_the_same_id_from_another_source_is_reported_and_the_first_is_kept(ndjson):
    imported(ndjson(a_record(1, name="First")), source=a_source("first"))

    result = imported(ndjson(a_record(1, name="Second")), source=a_source("second"))

    assert Service.objects.get().name == "First"
    assert [i.code for i in result.issues] == [IssueCode.ID_TAKEN]


def canaries():
    """Return a service in which everything that must not be shown is a canary."""
    secret = {"name": "CANARY Person", "email": "CANARY@example.org"}
    record = a_record(
        1, email="CANARY@example.org", assurer_email="CANARY@example.org", contacts=[secret]
    )
    location = record["service_at_locations"][0]["location"]
    location |= {
        "name": "Confidential - Oakland",
        "contacts": [secret],
        "latitude": 37.123456,
        "addresses": [
            {
                "attention": "CANARY Person",
                "address_1": "Confidential",
                "address_2": "CANARY Street 12",
                "city": "Oakland",
                "state_province": "CA",
                "postal_code": "94606",
            }
        ],
    }
    return record


def test_a_stranger_sees_no_contact_no_e_mail_and_no_confidential_place(ndjson):
    result = imported(ndjson(canaries()))

    (listing,) = public_listings()
    assert "CANARY" not in repr(listing)
    assert (listing.point, listing.postal_code, listing.city) == (None, "", "Oakland")
    assert IssueCode.PLACE_CONFIDENTIAL in {issue.code for issue in result.issues}


def test_contacts_are_stored_apart_and_confidential_streets_not_at_all(ndjson):
    record = canaries()
    for name in ("email", "assurer_email", "contacts"):
        del record[name]
    del record["service_at_locations"][0]["location"]["contacts"]
    imported(ndjson(record | {"contacts": [{"name": "Ann"}]}))

    (contact,) = Record.objects.all()
    assert (contact.kind, contact.fields) == ("contacts", {"name": "Ann"})

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "CANARY" not in repr(cursor.fetchall()), table
    assert Location.objects.get().latitude is None


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(alphabet=st.characters(), max_size=8)
    | st.sampled_from(["MO", "WEEKLY", "09:00", "2026-01-01", "es"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "location", "byday", "freq", "number", "city", "value"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
FIELDS = (
    *("name", "description", "status", "organization", "service_at_locations", "schedules"),
    *("phones", "languages", "attributes", "assured_date", "url", "odd"),
)


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4))
def test_any_odd_record_is_stored_or_refused_beside_a_good_one(ndjson, odd):
    result = imported(ndjson(a_record(1), a_record(2, **odd)), source=a_source("odd"))

    assert result.read in (1, 2)
    list(public_listings())


def run(*arguments):
    said = StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


def test_the_command_says_what_came_of_it(ndjson):
    path = ndjson(a_record(1), a_record(2, url="http://"))

    said = run("import_hsds", str(path), "--source", "county-211", "--name", "County 211")

    assert "2 services in list.ndjson: 2 new, 0 changed, 0 as before." in said
    assert "row 2: url “http://”. This is not a web address." in said
    assert "1 × link-unreadable" in said
    assert "imports/" in said
    assert "People find them after build_index." in said
    assert list(Source.objects.values_list("key", "name")) == [("county-211", "County 211")]


def test_the_command_keeps_the_name_of_a_source_that_it_knows(ndjson):
    run("import_hsds", str(ndjson(a_record(1))), "--source", "x", "--name", "County 211")

    run("import_hsds", str(ndjson(a_record(1))), "--source", "x", "--published", "2021-06-01")

    assert list(Source.objects.values_list("name", "published_on")) == [
        ("County 211", date(2021, 6, 1))
    ]


def test_the_command_lists_what_vanished(ndjson):
    run("import_hsds", str(ndjson(a_record(1), a_record(2))))

    said = run("import_hsds", str(ndjson(a_record(1))))

    assert "1 service is no longer in this source. It is still listed; look at it:" in said
    assert "Service 2 (11111111-1111-4111-8111-000000000002)" in said


def test_the_command_says_where_a_persons_word_stayed_and_where_every_change_stands(ndjson):
    assert "line by line" in run("import_hsds", str(ndjson(a_record(1, description="Old"))))
    word = {"description": {"by": "network", "on": "2999-01-01"}}
    Service.objects.update(description="Ours", provenance=word)

    said = run("import_hsds", str(ndjson(a_record(1, description="New"))))

    assert "1 difference between a person and the list" in said
    (path,) = re.findall(r"line by line: (\S+)", said)
    (line,) = map(json.loads, Path(path).read_text().splitlines())
    assert (line["what"], line["before"], line["after"]) == ("kept", "Ours", "New")
    assert "line by line" not in run("import_hsds", str(ndjson(a_record(1, description="New"))))


def test_the_command_counts_what_has_no_service(ndjson):
    alone = {"id": str(UUID(int=7)), "name": "Harbor", "services": []}

    said = run("import_hsds", str(ndjson(a_record(1), alone)))

    assert "1 record without a service was read" in said
    assert "without a service" not in run("import_hsds", str(ndjson(a_record(1))))


def test_the_command_shows_twenty_issues_and_counts_them_all(ndjson):
    said = run("import_hsds", str(ndjson(*(a_record(n, url="no") for n in range(1, 26)))))

    assert said.count("  row ") == 20
    assert "25 things to look at." in said


def test_the_command_says_that_a_dry_run_changed_nothing(ndjson):
    said = run("import_hsds", str(ndjson(a_record(1))), "--dry-run")

    assert "This was a dry run: nothing changed." in said
    assert Service.objects.count() == 0


@pytest.mark.parametrize(
    "arguments", [("--source", "Not A Key"), ("--published", "20/11/2026"), ()]
)
def test_the_command_refuses_what_it_cannot_use(ndjson, arguments):
    path = str(ndjson(a_record(1))) if arguments else "none.json"

    with pytest.raises((CommandError, Refused)):
        run("import_hsds", path, *arguments)
