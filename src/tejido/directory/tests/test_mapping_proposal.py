"""A mapping proposed from headings and contents."""

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.contents import Looks, is_date, looks_of
from tejido.directory.domain.headings import HEADINGS, field_of, is_day
from tejido.directory.domain.mapped import FIELDS, Column, Mapped
from tejido.directory.domain.mapping_proposal import fields_of, key_order, propose, recognised
from tejido.directory.domain.mapping_text import mapping_text
from tejido.directory.domain.natural_key import natural_key, new_marks
from tejido.directory.domain.source import SourceIn
from tejido.directory.services.mappings import SHIPPED, mapping_of_text

ENGLISH = {
    "Agency": ["County Health", "Harbor Inc."],
    "Program Name": ["Harbor Exchange", "Pier Clinic"],
    "Street Address": ["1 Main Street", "22 Pier Ave, Suite 4"],
    "City": ["Oakland", "Eureka"],
    "Zip Code": ["94606", "95501-1234"],
    "Phone": ["510-555-0142", "(707) 555-0133"],
    "Fax": ["510-555-0199", "707-555-0199"],
    "Hours of Operation": ["Mon-Fri 9am-5pm", "1st and 3rd Thursday 2-5pm"],
    "Web": ["https://example.org", "www.example.org/pier"],
    "Contact e-mail": ["help@example.org", "pier@example.org"],
}
SPANISH = {
    "Organización": ["Salud del Condado", "Puerto"],
    "Nombre del programa": ["Intercambio del Puerto", "Clínica del Muelle"],
    "Dirección": ["1 Main Street", "22 Pier Ave"],
    "Ciudad": ["Oakland", "Eureka"],
    "Código postal": ["94606", "95501"],
    "Condado": ["Alameda", "Humboldt"],
    "Teléfono": ["510-555-0142", "707-555-0133"],
    "Correo electrónico": ["ayuda@example.org", ""],
    "Horario": ["lunes a viernes de 9 a 5", "con cita"],
    "Requisitos": ["Ninguno", "Identificación"],
    "Latitud": ["37.7910", "40.8021"],
    "Longitud": ["-122.2484", "-124.1637"],
}
# What no heading tells.
NAMELESS = {
    "A": ["Harbor Exchange", "Pier Clinic", "Dock House"],
    "B": ["1 Main Street", "22 Pier Ave", "P.O. Box 12"],
    "C": ["94606", "95501", "95502"],
    "D": ["510-555-0142", "707.555.0133", "7075550134"],
    "E": ["37.7910289", "40.80214", "40.70012"],
    "F": ["-122.248457", "-124.16370", "-124.2001"],
    "G": ["https://example.org", "http://example.org/a", ""],
    "H": ["help@example.org", "pier@example.org", ""],
    "I": ["CA", "CA", "CA"],
    "J": ["Mon-Fri 9am-5pm", "24/7", "By appointment"],
}


def proposed(columns):
    names, rows = list(columns), list(zip(*columns.values(), strict=True))
    return {n: column.columns for n, column in propose(names, rows).fields.items()}


def key_of(names, rows, order):
    return natural_key(names, new_marks(len(names), rows), order)


def test_english_headings_are_known():
    assert proposed(ENGLISH) == {
        "organization": ("Agency",),
        "name": ("Program Name",),
        "address_1": ("Street Address",),
        "city": ("City",),
        "postal_code": ("Zip Code",),
        "phone": ("Phone",),
        "hours_text": ("Hours of Operation",),
        "url": ("Web",),
        "email": ("Contact e-mail",),
    }


def test_spanish_headings_are_known():
    found = proposed(SPANISH)

    assert found == {
        "organization": ("Organización",),
        "name": ("Nombre del programa",),
        "address_1": ("Dirección",),
        "city": ("Ciudad",),
        "postal_code": ("Código postal",),
        "county": ("Condado",),
        "phone": ("Teléfono",),
        "email": ("Correo electrónico",),
        "hours_text": ("Horario",),
        "before_you_go": ("Requisitos",),
        "latitude": ("Latitud",),
        "longitude": ("Longitud",),
    }


def test_contents_tell_where_headings_do_not():
    assert proposed(NAMELESS) == {
        "name": ("A",),
        "address_1": ("B",),
        "postal_code": ("C",),
        "phone": ("D",),
        "latitude": ("E",),
        "longitude": ("F",),
        "url": ("G",),
        "email": ("H",),
        "state": ("I",),
        "hours_text": ("J",),
    }


def test_contents_that_contradict_a_heading_win():
    found = proposed({"Name": ["One", "Two"], "Phone": ["37.7910289", "40.80214"]})

    assert found == {"name": ("Name",), "latitude": ("Phone",)}


def test_an_agency_is_the_name_where_nothing_else_is():
    assert proposed({"Agency": ["Harbor", "Pier"], "City": ["Oakland", "Eureka"]}) == {
        "name": ("Agency",),
        "city": ("City",),
    }


def test_a_column_for_each_day_makes_hours_with_the_day_before_them():
    fields = propose(
        ["Program", "Monday", "Tuesday"], [["Harbor", "9-5", "9-5"], ["Pier", "closed", "1-2"]]
    ).fields

    assert fields["hours_text"] == Column(("Monday", "Tuesday"), "; ", label=True)


def test_a_table_without_a_name_is_recognised_by_nobody():
    assert recognised(["Year", "Count"], [["2026", "12"], ["2025", "9"]]) == 0


def test_what_a_person_chose_becomes_the_fields():
    fields = fields_of([("A", "name"), ("B", "phone"), ("C", ""), ("D", "phone"), ("E", "name")])

    assert fields == {"name": Column(("A", "E"), ", "), "phone": Column(("B", "D"))} | {
        "organization": Column(("A",))
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ZIPCode", "postal_code"),
        ("zip_code", "postal_code"),
        ("Clinic phone number", "phone"),
        ("Address City", "city"),
        ("Dirección Código postal", "postal_code"),
        ("Address Street", "address_1"),
        ("Dirección de la oficina", "address_1"),
        ("Fax", ""),
        ("Contact name", ""),
        ("Horario de atención", "hours_text"),
        ("Página web", "url"),
        ("", ""),
    ],
)
def test_headings_are_read_without_capitals_accents_and_marks(heading, field):
    assert field_of(heading)[0] == field


def test_no_heading_belongs_to_two_fields_and_each_field_has_some():
    said = [name for names in HEADINGS.values() for name in names]

    assert len(said) == len(set(said))
    assert set(HEADINGS) == set(FIELDS)
    assert is_day("Mon hours")
    assert not is_day("Sunrise clinic")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-09-05", True),
        ("5-Sep", True),
        ("Sep-26", True),
        ("9/5/2026", True),
        ("9-5", False),
        ("Mon 9-5", False),
        ("24/7", False),
        ("", False),
    ],
)
def test_a_date_that_was_meant_as_hours(text, is_one):
    assert is_date(text) is is_one


@given(st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), max_size=8))
def test_any_table_gets_a_proposal_where_each_column_is_one_thing(rows):
    proposal = propose(["a", "b", "c"], rows)

    used = [
        name
        for f, column in proposal.fields.items()
        if f != "organization"
        for name in column.columns
    ]
    assert len(used) == len(set(used))
    assert [column.heading for column in proposal.columns] == ["a", "b", "c"]


@given(st.lists(st.text(max_size=40), max_size=9))
def test_any_values_look_like_something(values):
    assert looks_of(values) in Looks


def test_the_key_is_the_smallest_set_that_is_unique():
    names = ["Program", "Street", "City"]
    rows = [["Harbor", "1 A", "Oakland"], ["Harbor", "2 B", "Oakland"], ["Pier", "1 A", "Eureka"]]

    found = key_of(names, rows, names)

    assert (found.columns, found.repeated) == (("Program", "Street"), 0)
    assert key_of(names, rows[1:], names).columns == ("Program",)


def test_a_column_of_ids_is_the_key_only_where_ids_differ():
    names = ["Site ID", "Program", "Street"]
    rows = [["7", "Harbor", "1 A"], ["8", "Harbor", "1 A"]]

    assert key_of(names, rows, ["Program", "Street"]).columns == ("Site ID",)
    twice = [["7", "Harbor", "1 A"], ["7", "Harbor", "2 B"]]
    assert key_of(names, twice, ["Program", "Street"]).columns == ("Program", "Street")


def test_a_row_that_repeats_whole_is_no_reason_against_a_key():
    rows = [["Harbor", "1 A"], ["HARBOR ", "1 A"], ["Pier", "1 A"]]

    assert key_of(["Program", "Street"], rows, ["Program", "Street"]).columns == ("Program",)


def test_rows_that_no_columns_tell_apart_are_counted():
    rows = [["Harbor", "1"], ["Harbor", "2"], ["Harbor", "3"]]

    found = key_of(["Program", "Seats"], rows, ["Program"])

    assert (found.columns, found.repeated) == (("Program",), 2)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
COLUMNS = st.builds(
    Column, st.lists(TEXTS, min_size=1, max_size=3).map(tuple), TEXTS, st.booleans()
)


@given(TEXTS, st.dictionaries(st.sampled_from(FIELDS), COLUMNS), st.lists(TEXTS, min_size=1))
def test_a_mapping_written_and_read_is_the_same(name, fields, key):
    fields = {**fields, "name": Column((name,))}
    fields.pop("phone", None)
    source = SourceIn(key="list", name=name)
    mapped = Mapped(source=source, fields=fields, key=tuple(key), keywords=(name,))

    again = mapping_of_text(mapping_text(mapped), name="list", concepts=frozenset())

    assert again.key == mapped.key
    assert again.keywords == mapped.keywords
    assert {f: c.columns for f, c in again.fields.items()} == {
        f: c.columns for f, c in fields.items()
    }
    assert all(
        again.fields[f] == column
        for f, column in fields.items()
        if len(column.columns) > 1 or column.label
    )


LISTS = [
    ("ca_fqhc.csv", "ca-fqhc"),
    ("ca_mental_health.csv", "ca-mental-health"),
    ("ca_sud_treatment.csv", "ca-sud-treatment"),
    ("ca_opioid_treatment_programs.csv", "ca-opioid-treatment-programs"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("file", "mapping"), LISTS)
def test_the_proposal_for_a_real_list_is_the_shipped_mapping(shared_data, file, mapping):
    rows = list(csv.reader((shared_data / "services" / file).read_text().splitlines()))
    text = Path(SHIPPED / f"{mapping}.toml").read_text(encoding="utf-8")
    needs = frozenset(tomllib.loads(text)["constants"]["needs"])
    shipped = mapping_of_text(text, name=mapping, concepts=needs)

    fields = propose(rows[0], rows[1:201]).fields
    key = key_of(rows[0], rows[1:], key_order(fields))

    assert {f: c.columns for f, c in fields.items()} == {
        f: c.columns for f, c in shipped.fields.items()
    }
    # No larger than the shipped key, and it tells all rows apart as well.
    assert key.repeated == 0
    assert len(key.columns) <= len(shipped.key)
