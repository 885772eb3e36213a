"""Prose and columns beside a confidential place: none of it tells where the place is."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from tejido.directory.domain.confidential import tells_confidential, without_place
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.mapped import Column, Mapped
from tejido.directory.domain.source import SourceIn
from tejido.directory.models import Service
from tejido.directory.queries.public import public_listings
from tejido.directory.services.import_table import import_services
from tejido.directory.testing import NOON, everything_stored
from tejido.directory.tests.exports import exported
from tejido.directory.tests.ways_in import as_record, brought_in, codes_of, row, written

HEADER = "Program,Street,City,ZIP,Notes,Hours,Mailing address,Beds"
MAPPED = Mapped(
    source=SourceIn("shelters", "Shelters"),
    fields={
        "name": Column(("Program",)),
        "address_1": Column(("Street",)),
        "city": Column(("City",)),
        "postal_code": Column(("ZIP",)),
        "description": Column(("Notes",)),
        "hours_text": Column(("Hours",)),
    },
    key=("Program",),
)


@pytest.mark.parametrize(
    "prose",
    [
        "Address is confidential: 77 Secret Road",
        "Shelter for families. Location: confidential. Open daily.",
        "Emergency shelter at an undisclosed location.",
        "Free meals. The address is not published",
        "La dirección es confidencial: Calle Roble 7",
        "Refugio. Ubicación confidencial.",
    ],
)
def test_prose_that_calls_a_place_secret_is_seen(prose):
    assert tells_confidential(prose)


@pytest.mark.parametrize(
    "prose",
    [
        "Confidential, free HIV testing at our location.",
        "Free. Confidential. Walk in.",
        "Your name and address are kept confidential.",
        "The names of participants and their location are confidential.",
        "Consejería confidencial en nuestra oficina",
        "Servicios gratuitos y confidenciales",
        "",
    ],
)
def test_prose_that_calls_something_else_confidential_hides_no_place(prose):
    assert not tells_confidential(prose)


@pytest.mark.parametrize(
    ("prose", "kept"),
    [
        ("Food. Address is confidential: 77 Secret Road. Open daily.", "Food. Open daily."),
        ("Food. We are at 77 Secret Rd. in Oakland.\nPets welcome.", "Food. Pets welcome."),
        ("Meet at 4th and Elm Street.", ""),
        ("Beds for 12. On the corner of Elm and Oak", "Beds for 12."),
        ("Estamos en la calle Roble. Traiga ropa.", "Traiga ropa."),
        ("Near the old mill; call (510) 555-0142", "call (510) 555-0142"),
        ("Oakland 94699", ""),
        ("Map: 37.80441, -122.27123", ""),
        ("Come to 9 Quiet. Food.", "Food."),
        ("Location is confidential: the old mill. Food.", "Food."),
    ],
)
def test_sentences_that_may_tell_where_a_secret_place_is_go(prose, kept):
    assert without_place(prose, "9 Quiet") == kept


@pytest.mark.parametrize(
    "prose",
    [
        "Shelter for women at a confidential location.",
        "Open 24 hours, 7 days a week.\n\nBring ID;  no fee.",
        "Call (510) 555-0142 from 9 am to 5 pm. St. Mary's runs it.",
        "Stays of 30 to 90 days in a safe place",
    ],
)
def test_prose_that_tells_no_place_stays_to_the_letter(prose):
    assert without_place(prose) == prose


def imported(tmp_path, *rows, mapped=MAPPED):
    path = written(tmp_path / "list.csv", "\n".join((HEADER, *rows)) + "\n")
    return import_services(path=path, mapping=mapped, at=NOON, today=date(2026, 11, 20))


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    "hidden",
    [
        "Shelter,Confidential,Oakland,94699,Beds. We are at 77 Secret Rd.,24/7,77 Secret Road,9",
        "Shelter,,,,Address is confidential: 77 Secret Road,24/7,77 Secret Road,9",
        "Shelter,77 Secret Road,Oakland,94699,Beds. Address: confidential,24/7,Secret,9",
        "Shelter,77 Secret Road,Oakland,94699,Beds,24/7,Our address is confidential,9",
        "Shelter,Undisclosed,Oakland,Secret,Beds,Daily 9-5 at 77 Secret Road,,9",
    ],
)
def test_nothing_of_a_row_tells_where_its_confidential_place_is(tmp_path, hidden):
    result = imported(tmp_path, hidden, "Open,1 Main Street,Oakland,94606,Food,,2 Main Street,8")

    exported(tmp_path / "whole")
    said = everything_stored() + repr(list(public_listings())) + repr(result.issues)
    said += "".join(path.read_text() for path in (tmp_path / "whole").rglob("*.ndjson"))
    # A whole word: the digits alone may stand in a random id.
    assert not re.search(r"Secret|\b94699\b", said)
    assert IssueCode.PLACE_CONFIDENTIAL in codes_of(result)
    kept = dict(Service.objects.values_list("name", "extra"))
    assert kept == {"Shelter": {}, "Open": {"mailing address": "2 Main Street", "beds": "8"}}


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_no_word_and_no_reason_tells_where_a_confidential_place_is(tmp_path):
    secret = "77 Secret Road,Oakland,9469,Address: confidential,,"
    with_needs = replace(MAPPED, fields={**MAPPED.fields, "needs": Column(("Mailing address",))})

    result = imported(
        tmp_path,
        f"Shelter,{secret}At 77 Secret Road;food,",
        f"Shelter,{secret}food,",
        f"Other,{secret}food,,too long",
        mapped=replace(with_needs, key=("Program", "Street")),
    )

    assert Service.objects.get().attributes.filter(label="keyword").count() == 0
    assert "Secret" not in everything_stored() + repr(result.issues)
    assert [(i.row, i.code) for i in result.issues] == [
        (2, IssueCode.ZIP_SHORT),
        (2, IssueCode.PLACE_CONFIDENTIAL),
        (3, IssueCode.KEY_REPEATED),
        (4, IssueCode.ROW_TOO_LONG),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_columns_that_were_not_kept_are_said_once_with_how_many_rows(tmp_path):
    rows = [f"Shelter {n},Confidential,Oakland,,At 7 Elm Street,,7 Elm Street," for n in range(2)]

    result = imported(tmp_path, *rows)

    assert [(i.row, i.field, i.value, i.code) for i in result.issues] == [
        (0, "Mailing address", "× 2", IssueCode.COLUMN_LEFT_OUT),
        (2, "address_1", "", IssueCode.PLACE_CONFIDENTIAL),
        (2, "description", "", IssueCode.SENTENCE_LEFT_OUT),
        (3, "address_1", "", IssueCode.PLACE_CONFIDENTIAL),
        (3, "description", "", IssueCode.SENTENCE_LEFT_OUT),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_a_record_of_hsds_keeps_no_sentence_that_tells_where_its_confidential_place_is(tmp_path):
    record = as_record(row(name="Shelter", address_1="Confidential"))
    record |= {"description": "Beds. Find us at 77 Secret Road.", "alert": "Near Secret creek"}
    record["service_at_locations"][0]["description"] = "Behind the Secret mill. Ring twice."
    path = tmp_path / "list.json"
    path.write_text(json.dumps(record))

    result = brought_in(path)

    exported(tmp_path / "whole")
    said = everything_stored() + repr(list(public_listings()))
    said += "".join(path.read_text() for path in (tmp_path / "whole").rglob("*.ndjson"))
    assert "Secret" not in said
    assert Service.objects.get().description == "Beds."
    assert {i.field for i in result.issues if i.code is IssueCode.SENTENCE_LEFT_OUT} == {
        *("description", "alert", "service_at_locations.description"),
    }
