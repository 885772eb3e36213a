"""Feeds that say something in Spanish and not, or only partly, in English."""

import json
from uuid import UUID

import pytest

from tejido.directory.domain.hsds.ours import as_value, our_attributes
from tejido.directory.domain.hsds_check.findings import Verdict
from tejido.directory.domain.issues import IssueCode
from tejido.directory.models import Service
from tejido.directory.queries.public import public_listings
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.import_hsds import NoServices, import_hsds
from tejido.directory.testing import LATER, NOON, a_source
from tejido.directory.tests.exports import exported
from tejido.directory.tests.hsds_feed import a_service, key
from tejido.directory.tests.saying_wrong import TODAY

pytestmark = pytest.mark.django_db
SERVICE = UUID(key(1_000))
SPANISH = {
    "name": "Jeringas limpias",
    "description": "Jeringas y naloxona, sin preguntas.",
    "before_you_go": "Toque el timbre.",
}


@pytest.fixture
def feed(tmp_path):
    def write(spanish, *, state="reviewed", **changes):
        said = [
            ("text", as_value(field=field, language="es", text=text, state=state))
            for field, text in spanish.items()
        ]
        record = a_service(**changes)
        record["attributes"] += our_attributes(SERVICE, "service", said)
        path = tmp_path / "list.ndjson"
        path.write_text(json.dumps(record) + "\n")
        return path

    return write


def imported(path, **options):
    chosen = {"source": a_source(), "at": NOON, "today": TODAY} | options
    return import_hsds(path=path, **chosen)


def texts_on_pages():
    (listing,) = public_listings()
    return {text.language: text for text in listing.texts}


def spanish_kept():
    held = desk_listing(SERVICE).service.texts
    return {field: text for (field, language), (text, _state) in held.items() if language == "es"}


def test_words_that_exist_only_in_spanish_are_kept_and_told_field_by_field(feed):
    result = imported(feed(SPANISH, description=""))

    told = [(issue.row, issue.code, issue.field, issue.value) for issue in result.issues]
    assert sorted(told) == [
        (1, IssueCode.TEXT_ALONE, "before_you_go", "es"),
        (1, IssueCode.TEXT_ALONE, "description", "es"),
    ]
    assert spanish_kept() == SPANISH
    texts = texts_on_pages()
    assert (texts["es"].name, texts["en"].name) == (SPANISH["name"], "Supplies 1")
    assert (texts["es"].description, texts["en"].description) == (SPANISH["description"], "")
    assert texts["es"].states == {
        "name": "translated",
        "description": "source",
        "before_you_go": "source",
    }


@pytest.mark.parametrize("half", [["name"], ["description"]])
def test_half_of_the_fields_in_spanish_leaves_the_other_half_to_the_english(feed, half):
    spanish = {field: SPANISH[field] for field in half}

    imported(feed(spanish))

    assert spanish_kept() == spanish
    texts = texts_on_pages()
    assert texts["en"].name == "Supplies 1"
    assert texts["en"].description == "Sterile supplies & naloxone, sin preguntas."
    shown = {field: getattr(texts["es"], field) for field in SPANISH}
    assert {field: text for field, text in shown.items() if text} == spanish


def test_a_half_translated_feed_that_comes_again_changes_nothing(feed):
    path = feed(SPANISH, description="")
    imported(path)

    again = imported(path, at=LATER)

    assert (again.stored.updated, again.stored.unchanged) == (0, 1)
    assert [issue.code for issue in again.issues] == [IssueCode.TEXT_ALONE] * 2


def test_a_service_whose_name_is_only_in_spanish_comes_in(feed):
    result = imported(feed(SPANISH, name=""))

    assert (IssueCode.TEXT_ALONE, "name") in {(each.code, each.field) for each in result.issues}
    texts = texts_on_pages()
    assert (texts["en"].name, texts["es"].name) == ("", SPANISH["name"])
    assert Service.objects.get().name == SPANISH["name"]


def test_a_service_without_a_name_in_any_language_is_reported_with_its_row(feed):
    path = feed({"description": SPANISH["description"]}, name="")

    with pytest.raises(NoServices, match=r"Row 1: The service has no name"):
        imported(path)

    assert not Service.objects.exists()
    assert check_hsds(target=path, today=TODAY).tally.verdict is Verdict.FAIL


def test_a_machines_words_without_what_they_translate_are_left_out_and_told(feed):
    result = imported(feed({"before_you_go": "Toque el timbre."}, state="machine"))

    assert [(issue.code, issue.field) for issue in result.issues] == [
        (IssueCode.MACHINE_ALONE, "before_you_go")
    ]
    assert spanish_kept() == {}


def test_the_check_passes_what_is_in_both_languages(feed):
    both = {field: SPANISH[field] for field in ("name", "description")}

    assert check_hsds(target=feed(both), today=TODAY).tally.counts == {}


def test_the_check_warns_of_each_field_that_is_only_in_spanish(feed):
    tally = check_hsds(target=feed(SPANISH, description=""), today=TODAY).tally

    assert (tally.counts, tally.verdict) == ({"text-alone": 2}, Verdict.WARNINGS)
    assert {(each.at, each.found) for each in tally.findings["text-alone"]} == {
        ("/description", "es"),
        ("/attributes", "es"),
    }


def test_the_check_warns_of_spanish_that_stands_where_english_is_expected(feed):
    spanish = {"description": SPANISH["description"]}

    tally = check_hsds(
        target=feed(spanish, state="source", description=SPANISH["description"]), today=TODAY
    ).tally

    assert tally.counts == {"text-alone": 1}


def test_the_check_of_our_own_exports_warns_of_it_in_objects_and_in_tables(feed, tmp_path):
    imported(feed(SPANISH, description=""))
    exported(tmp_path / "whole")
    exported(tmp_path / "public", whole=False)

    for folder in (tmp_path / "whole" / a_source().key, tmp_path / "public"):
        lines = check_hsds(target=folder / "services.ndjson", today=TODAY).tally
        assert (folder, lines.counts.get("text-alone")) == (folder, 2)
        (folder / "services.ndjson").unlink()
        tables = check_hsds(target=folder, today=TODAY).tally
        assert (folder, tables.counts.get("text-alone")) == (folder, 2)
