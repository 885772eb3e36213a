"""Columns that list languages and needs: read word by word, and what is not known said once."""

from datetime import date

import pytest

from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.listed_words import listed_languages, listed_needs
from tejido.directory.domain.mapped import Column, Mapped
from tejido.directory.domain.mapping_proposal import propose
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Service
from tejido.directory.queries.concepts import needs_by_word
from tejido.directory.queries.public import public_listings
from tejido.directory.reference import load_reference
from tejido.directory.services.import_table import import_services
from tejido.directory.testing import NOON
from tejido.directory.tests.ways_in import written
from tejido.foundation.testing import begin_with, quietly

WORDS = {
    "narcan": "naloxone",
    "syringe exchange": "syringes",
    "food": "food",
    "hiv test": "hiv-test",
    "id and documents": "id-documents",
}
MAPPED = Mapped(
    source=SourceIn("vans", "Vans"),
    fields={
        "name": Column(("Program",)),
        "languages": Column(("Languages",)),
        "needs": Column(("Services",)),
    },
    key=("Program",),
    languages=("en",),
)


@pytest.mark.parametrize(
    ("cell", "known", "unknown"),
    [
        ("Spanish, English and Hmong", ("es", "en", "hmn"), ()),
        ("Inglés y español", ("en", "es"), ()),
        ("en/es; vie", ("en", "es", "vi"), ()),
        ("Spanish English", ("es", "en"), ()),
        ("Vietnamita & lengua de señas", ("vi", "ase"), ()),
        ("Chinese (Cantonese)", ("zh", "yue"), ()),
        ("English only; Klingon", ("en",), ("Klingon",)),
        ("No", (), ()),
        ("", (), ()),
    ],
)
def test_a_cell_of_languages_is_read_by_names_in_two_languages_and_by_codes(cell, known, unknown):
    listed = listed_languages(cell)

    assert (listed.known, listed.unknown) == (known, unknown)


@pytest.mark.parametrize(
    ("cell", "known", "unknown"),
    [
        ("Narcan, syringe exchange and food", ("naloxone", "syringes", "food"), ()),
        ("Free Narcan kits; Food/HIV test", ("naloxone", "food", "hiv-test"), ()),
        ("Programa de Narcan y food", ("naloxone", "food"), ()),
        ("ID and documents", ("id-documents",), ()),
        ("Arts and crafts, narcan", ("naloxone",), ("Arts and crafts",)),
        ("Food and poetry", ("food",), ("poetry",)),
        ("n/a", (), ()),
    ],
)
def test_a_cell_of_needs_is_read_by_the_words_that_people_use(cell, known, unknown):
    listed = listed_needs(cell, WORDS)

    assert (listed.known, listed.unknown) == (known, unknown)


@pytest.mark.django_db
def test_the_words_of_needs_are_those_of_the_finder_and_a_shared_one_means_the_broader():
    begin_with(quietly(load_reference))

    words = needs_by_word()

    assert (words["narcan"], words["agujas"], words["wound care"]) == (
        *("naloxone", "syringes", "wound-care"),
    )
    assert words["tests"] == "tests"


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("Languages", ["English, Spanish", "Hmong"], "languages"),
        ("Idiomas hablados", ["español", "inglés y mixteco"], "languages"),
        ("Spoken here", ["English, Spanish", "Hmong"], "languages"),
        ("Services offered", ["Narcan, syringes", "food; showers"], "needs"),
        ("Servicios", ["naloxona, jeringas", "comida"], "needs"),
        ("Services offered", ["We give food. Come in and see us all day long."], "description"),
    ],
)
def test_columns_of_languages_and_needs_are_proposed(heading, values, field):
    rows = [(f"Harbor {n}", value) for n, value in enumerate(values)]

    fields = propose(["Program", heading], rows).fields

    assert fields[field].columns == (heading,)


def imported(tmp_path, *rows):
    begin_with(quietly(load_reference))
    path = written(tmp_path / "l.csv", "\n".join(("Program,Languages,Services", *rows)) + "\n")
    return import_services(path=path, mapping=MAPPED, at=NOON, today=date(2026, 11, 20))


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_languages_and_needs_of_a_row_become_those_of_its_listing(tmp_path):
    imported(tmp_path, 'Van,"Spanish, Mixteco","Narcan, wound care, haircuts"', "Pantry,,food")

    listings = {each.texts[0].name: each for each in public_listings()}
    assert set(listings["Van"].languages) == {"en", "es", "mix"}
    assert set(listings["Van"].needs) == {"naloxone", "wound-care"}
    assert listings["Van"].keywords == ("haircuts",)
    assert {name: each.tier for name, each in listings.items()} == {
        "Van": Tier.CORE,
        "Pantry": Tier.CONTEXT,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_words_that_nobody_understood_are_said_once_with_how_often(tmp_path):
    result = imported(tmp_path, *(f"Van {n},Klingon,Narcan;haircuts" for n in range(3)))

    assert [(i.row, i.field, i.value, i.code) for i in result.issues] == [
        (0, "languages", "Klingon × 3", IssueCode.LANGUAGE_UNKNOWN),
        (0, "needs", "haircuts × 3", IssueCode.NEED_UNKNOWN),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("data")
def test_of_very_many_different_words_the_commonest_are_said(tmp_path):
    rows = [
        f"Van {n},,{' '.join(('odd', chr(97 + n % 26), chr(97 + n // 26)))}" for n in range(60)
    ]

    result = imported(tmp_path, *rows, *(f"Car {n},,common" for n in range(2)))

    said = [i.value for i in result.issues]
    assert (len(said), said[0], said[-1]) == (21, "common × 2", "… × 41")
    assert Service.objects.count() == 62
