"""Taking in the contacts that people have: looked at before, nothing twice, undone whole."""

import csv
import html
import re
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from tejido.foundation.scope import member_scope
from tejido.network.domain.contact_table import Column, TableRow, proposed, read_rows
from tejido.network.domain.contacts import ContactKind
from tejido.network.domain.roles import Role
from tejido.network.models import ContactImport, Event
from tejido.network.queries.contact_imports import contact_import, contact_imports
from tejido.network.queries.contacts import Wanted, all_contacts
from tejido.network.services.contact_files import MOST_BYTES, table_of
from tejido.network.services.contact_import import (
    bring_contacts,
    choose_columns,
    look_at,
    take_in,
    undo_import,
)
from tejido.network.services.contacts import ContactRefused, remove_contact, share_contact
from tejido.network.testing import MORNING, TODAY, a_member

LIST = """Nombre,Apellidos,Organización,Cargo,Teléfono,Correo electrónico,Idioma,Color
María,López,Tower Clinic,Nurse,510 555 0142,maria@example.org,español,red
Ana,,Tower Clinic,,12,,,
,,Alder Library,,,,,

Bo,,,,,bo-at-example,,
Lu,,,,,,klingon,
""".encode()
BRING = "/desk/valley-harm-reduction/contacts/bring/"


def a_sheet(rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def act(valley, rosa):
    return {"member_id": valley.id, "by": rosa.id, "at": MORNING}


@pytest.fixture
def brought(act):
    return bring_contacts(file_name="mine.csv", content=LIST, **act)


def names(member):
    return [row.name for row in all_contacts(member.id, Wanted())]


def faults_of(look):
    return {row.number: [(fault.column, fault.value) for fault in row.faults] for row in look.bad}


def code_of(service, *args, **named):
    with pytest.raises(ContactRefused) as refused:
        service(*args, **named)
    return refused.value.code


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Full Name", "E-mail", "Phone Number"], [Column.NAME, Column.EMAIL, Column.PHONE]),
        (["NOMBRE", "Apellido", "Organización"], [*list(Column)[1:3], Column.ORGANIZATION]),
        (["Name", "Contact", "Colour", ""], [Column.NAME, None, None, None]),
    ],
)
def test_columns_are_proposed_by_headings_in_both_languages(header, columns):
    assert proposed(header) == columns


def test_a_row_without_a_person_is_the_organization_and_empty_rows_are_none():
    columns = [Column.FIRST_NAME, Column.ORGANIZATION]

    found = read_rows([["", "Alder"], ["", ""], ["Ana", "Alder"]], columns, first_row=2)

    assert found == [
        TableRow(2, ContactKind.ORGANIZATION, "Alder"),
        TableRow(4, ContactKind.PERSON, "Ana", organization="Alder"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"Name;Phone\nMar\xeda;510\n",
        "Name\tPhone\nMaría\t510\n".encode(),
        "\ufeffName,Phone\nMaría,510\n".encode(),
        a_sheet([["Name", "Phone"], ["María", 510.0]]),
    ],
    ids=["windows", "tabs", "mark", "sheet"],
)
def test_tables_are_read_however_they_were_saved(content):
    assert table_of(content).rows == [["Name", "Phone"], ["María", "510"]]


def test_empty_rows_before_and_between_keep_the_numbers_right():
    table = table_of(a_sheet([[], ["Name"], [], ["Ana"], []]))

    assert (table.first_row, [row[0] for row in table.rows]) == (2, ["Name", "", "Ana"])


def a_bomb():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"Name\n", "file-empty"),
        (b"a\x00b\n1\n", "file-unread"),
        (b"PK\x03\x04 no sheet", "file-unread"),
        (a_bomb(), "file-unread"),
        (b"x" * (MOST_BYTES + 1), "file-large"),
        (b"Name\n" + b"Ana\n" * 2_001, "rows-many"),
    ],
    ids=["empty", "heading", "binary", "damaged", "bomb", "large", "many"],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, code):
    assert code_of(table_of, content) == code


@pytest.mark.django_db
def test_a_look_names_each_bad_row_and_stores_nothing(valley, brought):
    look = look_at(valley.id, brought)

    assert [row.name for row in look.new] == ["María López", "Alder Library"]
    assert faults_of(look) == {
        3: [(Column.PHONE, "12")],
        6: [(Column.EMAIL, "bo-at-example")],
        7: [(Column.LANGUAGE, "klingon")],
    }
    assert (look.people, look.organizations, look.employers) == (1, 2, 1)
    assert names(valley) == []


def look_into(act, table):
    brought = bring_contacts(file_name="mine.csv", content=table.encode(), **act)
    return look_at(act["member_id"], brought)


@pytest.mark.django_db
def test_a_row_tells_all_its_faults_at_once(act):
    name = "A" * 121

    look = look_into(act, f"Name,Phone,E-mail,Language\n{name},12,ana,klingon\nBo,5,,\n")

    assert faults_of(look) == {
        2: [
            (Column.NAME, name[:80]),
            (Column.PHONE, "12"),
            (Column.EMAIL, "ana"),
            (Column.LANGUAGE, "klingon"),
        ],
        3: [(Column.PHONE, "5")],
    }


@pytest.mark.django_db
def test_who_is_known_is_no_fault_whatever_else_the_row_says(act, brought):
    take_in(import_id=brought, **act)

    look = look_into(act, "Name,Phone,E-mail\nMaría López,12,\nBea,,bea@example.org\nBEA,12,x\n")

    assert ([row.name for row in look.new], look.known, look.bad) == (["Bea"], 1, ())
    assert look.twice == ((4, 3),)


@pytest.mark.django_db
def test_somebody_with_a_fault_is_not_known_by_it_further_down(act):
    look = look_into(act, "Name,Phone\nBea,12\nBea,510 555 0142\n")

    assert ([row.number for row in look.new], look.known, list(faults_of(look))) == ([3], 0, [2])


@pytest.mark.django_db
def test_an_organization_below_who_works_there_comes_in_once(valley, act):
    table = "Name,Organization,Phone\nAna,Alder,\nBo,ALDER,\n,Alder,510 555 0142\n"
    brought = bring_contacts(file_name="mine.csv", content=table.encode(), **act)
    look = look_at(valley.id, brought)

    added = take_in(import_id=brought, **act)

    alder, ana, bo = all_contacts(valley.id, Wanted())
    assert (look.people, look.organizations, look.employers, added) == (2, 1, 0, 3)
    assert alder.phone == "+15105550142"
    assert [tie.other for each in (ana, bo) for tie in each.ties] == ["Alder", "Alder"]


@pytest.mark.django_db
def test_what_is_new_comes_in_and_the_rest_goes_on(valley, act, brought):
    added = take_in(import_id=brought, **act)

    maria = all_contacts(valley.id, Wanted("maria"))[0]
    assert added == 3
    assert names(valley) == ["Alder Library", "María López", "Tower Clinic"]
    assert (maria.phone, maria.language) == ("+15105550142", "es")
    assert [(tie.other, tie.title, tie.since) for tie in maria.ties] == [
        ("Tower Clinic", "Nurse", TODAY)
    ]
    with member_scope(valley.id):
        assert ContactImport.objects.get().rows == []
    assert code_of(take_in, import_id=brought, **act) == "import-unknown"


@pytest.mark.django_db
def test_the_same_list_twice_adds_nothing_and_mended_rows_come_in(valley, act, brought):
    take_in(import_id=brought, **act)
    mended = LIST.replace(b",12,", b",510 555 0143,")
    again = bring_contacts(file_name="mine.csv", content=mended, **act)

    look = look_at(valley.id, again)

    assert ([row.name for row in look.new], look.known) == (["Ana"], 2)
    take_in(import_id=again, **act)
    assert names(valley) == ["Alder Library", "Ana", "María López", "Tower Clinic"]


@pytest.mark.django_db
def test_an_import_is_undone_whole_with_what_was_shared(valley, act, brought):
    take_in(import_id=brought, **act)
    maria, alder = (all_contacts(valley.id, Wanted(word))[0].id for word in ("maria", "alder"))
    share_contact(contact_id=maria, on=TODAY, **act)
    remove_contact(contact_id=alder, **act)

    for _ in range(2):
        undo_import(import_id=brought, **act)

    assert names(valley) == []
    assert contact_import(valley.id, brought).brought.is_undone
    with member_scope(valley.id):
        assert Event.objects.filter(act="undo.contact-import").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ([Column.NAME, Column.NAME], "column-twice"),
        ([Column.EMAIL, None], "name-missing"),
    ],
)
def test_columns_that_cannot_be_are_refused(act, brought, columns, code):
    chosen = {"member_id": act["member_id"], "by": act["by"], "import_id": brought}

    assert code_of(choose_columns, **chosen, columns=columns) == code


@pytest.mark.django_db
def test_a_table_of_another_member_is_unknown(act, brought):
    coast = a_member("Coast Harm Reduction")

    assert contact_import(coast.id, brought) is None
    assert code_of(look_at, coast.id, brought) == "import-unknown"
    assert code_of(undo_import, import_id=brought, **act) == "import-unknown"


@pytest.mark.django_db
def test_the_database_refuses_an_undo_of_what_was_not_done(valley, brought):
    with pytest.raises(IntegrityError), transaction.atomic(), member_scope(valley.id):
        ContactImport.objects.update(undone_at=MORNING)


def upload(client, content=LIST):
    return client.post(BRING, {"file": SimpleUploadedFile("mine.csv", content)})


@pytest.mark.django_db
def test_a_manager_brings_a_list_mends_columns_takes_it_in_and_undoes_it(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    where = upload(client)["Location"]

    looked = words_of(client.get(where))
    mended = list(
        csv.reader(StringIO(client.get(f"{where}problems/").content.decode("utf-8-sig")))
    )
    columns = {"column-0": "name", "column-4": "phone"}
    changed = words_of(client.post(where, columns, follow=True))
    twice = client.post(where, {"column-0": "name", "column-1": "name"})
    wrong = client.post(where, {"column-0": "x"})
    for _ in range(2):
        taken = words_of(client.post(f"{where}take-in/", follow=True))
    undone = words_of(client.post(f"{where}undo/", follow=True))

    assert "2 rows are new. 0 are in the book already. 3 cannot be taken in." in looked
    assert mended[1][:3] == ["3", "Phone", "12"]
    assert "3 rows are new. 0 are in the book already. 1 cannot" in changed
    assert (twice.status_code, wrong.status_code) == (400, 400)
    assert "Two columns hold the same." in words_of(twice)
    assert "Add 3 people" in changed
    assert "Added: 3 people. Rows left out that could not be taken in: 1." in taken
    assert "everything that this table brought is out of the book" in undone
    assert names(valley) == []


@pytest.mark.django_db
def test_lists_that_were_brought_are_found_from_the_book_with_their_undo(
    client, valley, act, brought, sign_in
):
    sign_in(valley, Role.PROGRAM_MANAGER)
    book = f"/desk/{valley.slug}/contacts/"
    take_in(import_id=brought, **act)
    take_in(import_id=bring_contacts(file_name="again.csv", content=LIST, **act), **act)
    bring_contacts(file_name="later.csv", content=LIST, **act)
    with member_scope(valley.id):
        ContactImport.objects.filter(file_name="again.csv").update(organizations=None, added=4)

    listed = words_of(client.get(BRING))

    assert f'href="{BRING}#brought"' in client.get(book).content.decode()
    assert f'action="{BRING}{brought}/undo/"' in client.get(BRING).content.decode()
    assert "mine.csv Nov 20, 2026 Rosa Added: 1 person and 2 organizations." in listed
    assert "Rows left out that could not be taken in: 3." in listed
    assert "again.csv Nov 20, 2026 Rosa Added: 4 contacts." in listed
    assert "later.csv Nov 20, 2026 Rosa Not taken in yet" in listed


@pytest.mark.django_db
def test_lists_come_in_pages_the_last_first(valley, act, django_assert_max_num_queries):
    for number in range(11):
        at = MORNING + timedelta(hours=number)
        bring_contacts(file_name=f"{number}.csv", content=LIST, **act | {"at": at})

    # On PostgreSQL opening and closing the scope are queries too.
    with django_assert_max_num_queries(7):
        rows, page, pages = contact_imports(valley.id, page=2)

    assert ([row.file_name for row in rows], page, pages) == (["0.csv"], 2, 2)


@pytest.mark.django_db
def test_a_file_that_is_none_is_told_at_the_field(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    none, empty, broken = client.post(BRING), upload(client, b""), upload(client, b"a\x00\n1")

    assert "Choose a file" in words_of(none)
    assert "The file is empty." in words_of(empty)
    assert "The file cannot be read." in words_of(broken)
    assert {none.status_code, empty.status_code, broken.status_code} == {400}


@pytest.mark.django_db
def test_a_table_that_is_not_there_is_not_found(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    where = f"{BRING}{valley.id}/"

    assert client.get(BRING).status_code == 200
    for path in (where, f"{where}problems/"):
        assert client.get(path).status_code == 404
    for path in (where, f"{where}take-in/", f"{where}undo/"):
        assert client.post(path).status_code == 404
