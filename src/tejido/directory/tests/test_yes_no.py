"""Tables with a column for each language or need: `Spanish: Y`, `Naloxona: x`."""

import csv
import io

import openpyxl
import pytest
from django.core.management import call_command

from tejido.directory.domain.mapping_proposal import propose
from tejido.directory.domain.yes_no import answered_words, asked_field, asked_word, is_answers
from tejido.directory.models import Attribute, Service
from tejido.directory.reference import load_reference
from tejido.foundation.testing import begin_with, quietly

WORDS = {
    "naloxone": "naloxone",
    "naloxona": "naloxone",
    "syringe exchange": "syringes",
    "shower": "shower",
    "id": "id-documents",
    "english classes": "adult-education",
}


@pytest.mark.parametrize(
    ("heading", "word", "field"),
    [
        ("Spanish", "Spanish", "languages"),
        ("Spanish Y/N", "Spanish", "languages"),
        ("Speaks Hmong?", "Hmong", "languages"),
        ("Languages: Vietnamese", "Vietnamese", "languages"),
        ("¿Se habla español? (sí/no)", "español", "languages"),
        ("Idioma: mixteco", "mixteco", "languages"),
        ("ASL", "ASL", "languages"),
        ("Cantonese/Mandarin", "Cantonese/Mandarin", "languages"),
        ("Naloxone", "Naloxone", "needs"),
        ("Offers naloxone (Yes/No)", "naloxone", "needs"),
        ("Services - Syringe exchange", "Syringe exchange", "needs"),
        ("Ofrece naloxona", "naloxona", "needs"),
        ("English classes", "English classes", "needs"),
    ],
)
def test_a_heading_asks_for_one_language_or_need(heading, word, field):
    assert (asked_word(heading), asked_field(heading, WORDS)) == (word, field)


@pytest.mark.parametrize("heading", ["ID", "Medi-Cal", "Men", "Open", "Walk in", "Phone", ""])
def test_a_heading_that_asks_something_else_is_no_language_and_no_need(heading):
    assert asked_field(heading, WORDS) == ""


@pytest.mark.parametrize(
    "cells",
    [
        ["Y", "N", "", "y"],
        ["x", "", "X"],
        ["Sí", "No"],
        ["✓", "✗", ""],
        ["TRUE", "FALSE"],
        ["1", "0"],
        ["yes", "n/a", "no"],
    ],
)
def test_columns_that_answer_yes_or_no_are_seen(cells):
    assert is_answers(cells)


@pytest.mark.parametrize("cells", [[], ["", ""], ["x", "✓"], ["x", "yes"], ["Y", "Mondays"]])
def test_columns_that_could_mean_two_things_are_no_answers(cells):
    assert not is_answers(cells)


def test_a_yes_stands_for_its_heading_a_no_for_nothing_and_words_for_themselves():
    row = [("Spanish (Y/N)", "y"), ("Hmong", "N"), ("Lao", ""), ("Languages", "Yes, Mien")]

    assert answered_words(row) == ["Spanish", "Yes, Mien"]
    assert answered_words([("Services", "Yes")]) == ["Yes"]


def test_questions_are_proposed_and_others_are_kept_beside():
    names = ["Program", "Spanish", "Naloxone", "Medi-Cal", "Mobile", "Suite"]
    rows = [["Harbor Van", "Y", "x", "Y", "yes", "1"], ["Pier Clinic", "N", "", "N", "no", "0"]]

    proposed = {n: c.columns for n, c in propose(names, rows, WORDS).fields.items()}

    assert proposed == {
        "name": ("Program",),
        "languages": ("Spanish",),
        "needs": ("Naloxone",),
        "address_2": ("Suite",),
    }


ENGLISH = [
    ["Program", "Street", "City", "Spanish", "Hmong (Y/N)", "Naloxone", "Syringe exchange"],
    ["Harbor Van", "1 Main Street", "Oakland", "Y", "N", "x", "x"],
    ["Pier Clinic", "2 Pier Avenue", "Eureka", "N", "Y", "", "x"],
]
SPANISH = [
    ["Programa", "Calle", "Ciudad", "Español", "Habla hmong", "Naloxona", "Jeringas nuevas"],
    ["Harbor Van", "1 Main Street", "Oakland", "Sí", "No", "✓", "✓"],
    ["Pier Clinic", "2 Pier Avenue", "Eureka", "No", "Sí", "", "✓"],
]


def written(rows, path):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([{"Y": True, "N": False}.get(cell, cell) for cell in row])
        book.save(path)
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return str(path)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [ENGLISH, SPANISH], ids=["english", "spanish"])
@pytest.mark.parametrize("name", ["our list.csv", "our list.xlsx"])
def test_a_list_of_answers_is_proposed_shown_and_read(rows, name, tmp_path, settings):
    settings.DATA = tmp_path / "data"
    begin_with(quietly(load_reference))
    heard = io.StringIO()

    given = written(rows, tmp_path / name)
    call_command("import_table", "services", given, "--yes", stdout=heard)

    said = dict(Service.objects.values_list("name", "languages"))
    needs = Attribute.objects.filter(label="need").values_list("service__name", "term")
    assert said == {"Harbor Van": ["es"], "Pier Clinic": ["hmn"]}
    assert sorted(needs) == [
        ("Harbor Van", "naloxone"),
        ("Harbor Van", "syringes"),
        ("Pier Clinic", "syringes"),
    ]
    assert "kept beside" not in heard.getvalue()
