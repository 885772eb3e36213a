"""On which day an import counts as confirmed: the list's own, never the day of the import."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import Act, Source
from tejido.directory.queries.public import public_listings
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.import_table import import_services
from tejido.directory.testing import NOON, a_source
from tejido.directory.tests.import_pages import (
    ROWS,
    a_book,
    brought,
    described,
    posted,
    words_of,
)
from tejido.directory.tests.ways_in import WAYS, row
from tejido.network.domain.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_data")]
TODAY = date(2026, 11, 20)
JUNE, JULY = date(2021, 6, 1), date(2021, 7, 1)
SHIPPED = "name,address,city,st_abbr,phone,lat,lon\nHarbor,1 A,Oakland,CA,510-555-0142,37.8,-122.2"


@pytest.fixture
def table(tmp_path):
    def write(text="Program,Street,City\nHarbor,1 Main Street,Oakland\n"):
        path = tmp_path / "our list.csv"
        path.write_text(text)
        return path

    return write


def run(path, *options):
    call_command("import_table", "services", str(path), *options, stdout=StringIO())


def confirmed_on():
    """Return the one day on which all that is public was confirmed."""
    (day,) = {listing.confirmed_on for listing in public_listings()}
    return day


@pytest.mark.parametrize(
    ("options", "day"),
    [
        ((), date(2020, 1, 1)),
        (("--published", "2021-06-01"), JUNE),
        (("--published", "6/1/2021"), JUNE),
    ],
)
def test_a_shipped_mapping_confirms_on_its_own_date_or_on_the_one_that_is_given(
    table, options, day
):
    run(table(SHIPPED), "--mapping", "ca-fqhc", *options)

    assert (confirmed_on(), Source.objects.get().published_on) == (day, day)


@pytest.mark.parametrize(("options", "day"), [((), None), (("--published", "2021-06-01"), JUNE)])
def test_a_proposed_mapping_confirms_on_the_date_that_is_given_or_on_none(table, options, day):
    run(table(), "--yes", *options)

    assert (confirmed_on(), Source.objects.get().published_on) == (day, day)


@pytest.mark.parametrize("way", [("--yes",), ("--mapping", "our-list")])
def test_a_saved_mapping_confirms_on_the_date_of_the_newer_list(table, way):
    run(table(), "--yes", "--published", "2021-06-01")

    run(table(), *way, "--published", "2021-07-01")

    assert confirmed_on() == JULY


@pytest.mark.parametrize("options", [(), ("--yes",)])
def test_a_newer_list_that_says_the_same_is_confirmed_anew_and_counted_as_unchanged(
    table, tmp_path, options
):
    path = table() if options else WAYS["ndjson"](tmp_path, [row()])
    command = ("import_table", "services") if options else ("import_hsds",)
    said = StringIO()
    for day in ("2021-06-01", "2021-07-01"):
        source = () if options else ("--source", "ours")
        call_command(*command, str(path), "--published", day, *source, *options, stdout=said)

    assert confirmed_on() == JULY
    assert Act.objects.latest("at").counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("day", "notes"),
    [
        (JUNE, ["made on 2021-06-01, before the last one of this source (2021-07-01)"]),
        (None, ["made on 2021-07-01, and this one has no date"]),
        (JULY, []),
    ],
)
def test_a_list_older_than_the_last_one_or_without_a_date_is_said_to_be(tmp_path, day, notes):
    said = {"path": WAYS["ndjson"](tmp_path, [row()]), "at": NOON, "today": TODAY}
    import_hsds(source=a_source(published_on=JULY), **said)

    found = import_hsds(source=a_source(published_on=day), dry_run=True, **said).notes

    assert len(found) == len(notes)
    assert all(words in note for words, note in zip(notes, found, strict=True))


def test_at_the_desk_the_date_that_is_given_counts_with_a_new_mapping_and_a_saved_one(
    client, steward
):
    for day in (JUNE, JULY):
        at = brought(client, a_book(*ROWS))
        described(client, at, published_on=day)
        posted(client, f"{at}begin/")

        assert confirmed_on() == day


def test_at_the_desk_a_list_without_a_date_is_confirmed_on_none(client, steward):
    at = brought(client, a_book(*ROWS))
    described(client, at)
    posted(client, f"{at}begin/")

    assert confirmed_on() is None


def test_a_list_that_is_not_trusted_confirms_nothing(client, sign_in):
    sign_in(Role.NETWORK_COORDINATOR)
    at = brought(client, a_book(*ROWS))
    described(client, at, published_on=JUNE, trusted=False)
    posted(client, f"{at}begin/")

    assert (Source.objects.get().published_on, confirmed_on()) == (JUNE, None)


@pytest.mark.parametrize("written", ["2021-06-01", "6/1/2021", "06/01/2021"])
def test_at_the_desk_a_day_is_read_as_files_and_as_people_here_write_it(client, steward, written):
    at = brought(client, a_book(*ROWS))

    assert described(client, at, published_on=written).url == at

    posted(client, f"{at}begin/")
    assert confirmed_on() == JUNE


def test_at_the_desk_a_day_to_come_is_refused(client, steward):
    at = brought(client, a_book(*ROWS))

    answer = described(client, at, published_on=timezone.localdate() + timedelta(days=1))

    assert answer.status_code == 400
    assert "This date is in the future. Check the year" in words_of(answer)


def test_a_day_to_come_is_left_out_and_reported(tmp_path, table):
    records = WAYS["ndjson"](tmp_path, [row()])
    mapping = tmp_path / "ours.toml"
    mapping.write_text(
        '[source]\nkey = "ours"\nname = "Ours"\npublished_on = 2026-11-21\n'
        '[columns]\nname = "Program"\n[row]\nkey = ["Program"]\n'
    )
    said = {"at": NOON, "today": TODAY}

    results = [
        import_services(path=table(), mapping=str(mapping), **said),
        import_hsds(path=records, source=a_source(published_on=date(2026, 11, 21)), **said),
    ]

    assert [[(i.row, i.code) for i in result.issues] for result in results] == [
        [(0, IssueCode.DATE_IN_FUTURE)]
    ] * 2
    assert set(Source.objects.values_list("published_on", flat=True)) == {None}
    assert confirmed_on() is None
