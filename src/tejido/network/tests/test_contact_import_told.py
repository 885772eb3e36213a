"""What a brought list says of itself: doubled rows, what an undo leaves, who looked."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tejido.foundation.scope import member_scope
from tejido.network.domain.contacts import ContactKind
from tejido.network.domain.roles import Role
from tejido.network.models import Event
from tejido.network.queries.contacts import Wanted, all_contacts
from tejido.network.services.contact_import import take_in
from tejido.network.services.contacts import ContactIn, change_contact
from tejido.network.web import contact_import as contact_import_pages

pytestmark = pytest.mark.django_db
BRING = "/desk/valley-harm-reduction/contacts/bring/"


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def upload(client, table):
    file = SimpleUploadedFile("mine.csv", table.encode())
    return client.post(BRING, {"file": file})["Location"]


def test_what_is_twice_in_the_file_or_names_no_person_is_told_with_its_rows(
    client, valley, sign_in
):
    sign_in(valley, Role.PROGRAM_MANAGER)
    table = "Name,Organization,Phone\nBea,,\nBEA,,\n,Alder,510 555 0142\n,,510 555 0143\n"

    where = upload(client, table)
    looked = words_of(client.get(where))
    taken = words_of(client.post(f"{where}take-in/", follow=True))

    assert "Row 3 has the name or the e-mail of row 2. Only row 2 comes in." in looked
    assert "0 are in the book already" in looked
    assert "come in as organizations with the phone and e-mail that stand there: 4." in looked
    assert "1 cannot be taken in" in looked
    assert "Write a name, or an organization" in looked
    assert "Rows left out that were in the book already, or twice in the file: 1." in taken


def test_an_undo_leaves_who_was_changed_since_and_where_they_work_and_says_so(
    client, valley, sign_in
):
    me = sign_in(valley, Role.PROGRAM_MANAGER)
    where = upload(client, "Name,Organization\nMaría,Tower Clinic\nBo,Alder\n")
    client.post(f"{where}take-in/")
    maria = all_contacts(valley.id, Wanted("maria"))[0].id
    draft = ContactIn(ContactKind.PERSON, "María", note="Call in the morning.")
    change_contact(member_id=valley.id, contact_id=maria, draft=draft, by=me.id, at=timezone.now())

    before = words_of(client.get(where))
    after = words_of(client.post(f"{where}undo/", follow=True))

    stay = "2 contacts stay in the book: somebody changed them since, or works there."
    assert f"An undo takes out the rest. {stay}" in before
    assert f"but not what was changed since. {stay}" in after
    assert [each.name for each in all_contacts(valley.id, Wanted())] == ["María", "Tower Clinic"]


@pytest.mark.parametrize("page", ["", "problems/"])
def test_whoever_looks_at_a_table_that_waits_is_in_the_record(client, valley, sign_in, page):
    sign_in(valley, Role.PROGRAM_MANAGER)
    where = upload(client, "Name,Phone\nAna,12\nBo,\n")

    client.get(f"{where}{page}")

    with member_scope(valley.id):
        assert Event.objects.filter(act="view.contacts").count() == 1


def test_a_second_tap_at_the_same_moment_leads_to_what_came_of_the_first(
    client, valley, sign_in, monkeypatch
):
    def after_the_other(**asked):
        take_in(**asked)
        take_in(**asked)

    monkeypatch.setattr(contact_import_pages, "take_in", after_the_other)
    sign_in(valley, Role.PROGRAM_MANAGER)
    where = upload(client, "Name,Phone\nAna,12\nBo,\n")

    taken = words_of(client.post(f"{where}take-in/", follow=True))

    assert "Added: " in taken
