"""The pages of the contact book."""

import csv
import html
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.models import Contact, ContactTie, Event
from tejido.network.queries.contacts import Wanted, all_contacts
from tejido.network.testing import a_member

pytestmark = pytest.mark.django_db
BOOK = "/desk/valley-harm-reduction/contacts/"
MARIA = {
    "kind": "person",
    "name": "María López",
    "also_called": "Mari",
    "phone": "510 555 0142 ext. 3",
    "email": "maria@example.org",
    "language": "es",
    "note": "=1+1",
}


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def signed_in(valley, sign_in):
    return sign_in(valley, Role.PROGRAM_MANAGER)


@pytest.fixture
def maria(client, signed_in, valley):
    client.post(f"{BOOK}add/", MARIA)
    return all_contacts(valley.id, Wanted())[0].id


def test_an_empty_book_says_what_belongs_in_it(client, signed_in):
    page = words_of(client.get(BOOK))

    assert "No contacts yet" in page
    assert "Never people who use services" in page


def test_a_contact_is_added_and_shown(client, maria):
    page = words_of(client.get(f"{BOOK}{maria}/"))

    assert "María López" in page
    assert "(510) 555-0142, extension 3" in page
    assert "Write in Spanish" in page
    assert "Only people at Valley Harm Reduction." in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Write a name"),
        ({"phone": "12"}, "This is no phone number."),
        ({"email": "maria"}, "Write an address such as name@example.org"),
        ({"kind": ""}, "Choose a person or an organization"),
        ({"note": "x" * 301}, "Write the note in 300 letters or fewer"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(client, valley, signed_in, changed, says):
    answer = client.post(f"{BOOK}add/", MARIA | changed)

    assert answer.status_code == 400
    assert says in words_of(answer)
    assert all_contacts(valley.id, Wanted()) == []


def test_a_likely_double_is_shown_before_it_is_stored(client, valley, maria):
    again = MARIA | {"name": "Maria Lopez", "email": "", "phone": ""}

    asked = client.post(f"{BOOK}add/", again)
    before = len(all_contacts(valley.id, Wanted()))
    client.post(f"{BOOK}add/", again | {"anyway": "1"})

    assert "This may be there already" in words_of(asked)
    assert before == 1
    assert len(all_contacts(valley.id, Wanted())) == 2


def test_a_contact_is_changed_and_its_extension_stays(client, valley, maria):
    form = client.get(f"{BOOK}{maria}/edit/").content.decode()
    given = MARIA | {"name": "María Ruiz", "phone": "(510) 555-0142 ext. 3"}

    answer = client.post(f"{BOOK}{maria}/edit/", given)

    assert 'value="(510) 555-0142 ext. 3"' in form
    assert (answer.status_code, answer["Location"]) == (302, f"{BOOK}{maria}/")
    (found,) = all_contacts(valley.id, Wanted())
    assert (found.name, found.extension) == ("María Ruiz", "3")
    assert client.post(f"{BOOK}{maria}/edit/", given | {"phone": "1"}).status_code == 400
    assert client.post(f"{BOOK}{maria}/edit/", {}).status_code == 400


@pytest.mark.parametrize("where", ["", "{id}/", "{id}/edit/", "add/"])
def test_whoever_looks_at_somebody_in_the_book_is_in_the_record(client, valley, maria, where):
    page = BOOK + where.format(id=maria)

    shown = client.post(page, MARIA) if where == "add/" else client.get(page)

    assert "María López" in shown.content.decode()
    with member_scope(valley.id):
        assert Event.objects.filter(act="view.contacts").count() == 1


def test_a_removal_is_undone(client, valley, maria):
    removed = client.post(f"{BOOK}{maria}/remove/", follow=True)
    gone = client.get(f"{BOOK}{maria}/").status_code
    client.post(f"{BOOK}{maria}/restore/")

    assert "María López is removed." in words_of(removed)
    assert gone == 404
    assert client.get(f"{BOOK}{maria}/").status_code == 200
    assert client.get(f"{BOOK}?removed=x").status_code == 200
    assert client.post(f"{BOOK}{valley.id}/restore/").status_code == 404


def test_a_book_is_searched_and_says_when_nothing_fits(client, valley, maria):
    for number in range(26):
        client.post(f"{BOOK}add/", {"kind": "person", "name": f"Ana {number}", "anyway": "1"})

    found = words_of(client.get(BOOK, {"words": "lopez mari"}))
    none = words_of(client.get(BOOK, {"words": "zzz", "kind": "nonsense"}))
    second = words_of(client.get(BOOK, {"page": "2"}))

    assert "1 contact " in found
    assert "27 contacts" in none or "No contact fits" in none
    assert "page 2 of 2" in second
    assert "Page before" in second


def test_a_contact_who_agreed_is_seen_by_other_members_until_they_say_no(
    client, valley, sign_in, maria
):
    client.post(f"{BOOK}{maria}/share/", {"on": "2026-05-04"})
    shown = words_of(client.get(f"{BOOK}{maria}/"))
    coast = a_member("Coast Harm Reduction")
    sign_in(coast, Role.OUTREACH_WORKER, username="ivan")
    shared = "/desk/coast-harm-reduction/contacts/shared/"
    seen = words_of(client.get(shared))
    with member_scope(valley.id):
        Contact.objects.get().shared.all().delete()

    assert "They agreed on" in shown
    assert "María López" in seen
    assert "=1+1" not in seen
    assert "Nobody shares a contact yet." in words_of(client.get(shared))
    assert "No contact fits" in words_of(client.get(shared, {"words": "x"}))


def test_who_looks_at_shared_contacts_is_noted_with_them_and_with_whose_they_are(
    client, valley, sign_in, maria
):
    client.post(f"{BOOK}{maria}/share/", {"on": "2026-05-04"})
    coast, third = a_member("Coast Harm Reduction"), a_member("Third Harm Reduction")
    ivan = sign_in(coast, Role.OUTREACH_WORKER, username="ivan")

    for _ in range(2):
        client.get("/desk/coast-harm-reduction/contacts/shared/")

    noted = {}
    for member in (valley, coast, third):
        with member_scope(member.id):
            rows = Event.objects.filter(act="view.shared-contacts")
            noted[member.name] = [(row.actor, row.object_id) for row in rows]
    once = [(ivan.id, coast.id)]
    assert list(noted.values()) == [once, once, []]


def test_an_id_of_another_member_is_answered_as_missing_and_logged_without_words(
    client, valley, sign_in, maria, caplog
):
    coast = a_member("Coast Harm Reduction")
    ivan = sign_in(coast, Role.OUTREACH_WORKER, username="ivan")

    codes = [
        client.get(f"/desk/{slug}/contacts/{maria}/").status_code
        for slug in (coast.slug, valley.slug)
    ]

    assert codes == [404, 404]
    said = [each.getMessage() for each in caplog.records if each.name == "tejido.network.desk"]
    assert said == [
        f"asked for what is not there: account {ivan.id}, member {coast.id}, id {maria}",
        f"asked for a member where they do not work: account {ivan.id}",
    ]


def test_sharing_asks_for_a_day_that_has_been_and_is_taken_back(client, maria):
    ahead = client.post(f"{BOOK}{maria}/share/", {"on": "2999-01-01"})
    none = client.post(f"{BOOK}{maria}/share/", {})
    client.post(f"{BOOK}{maria}/share/", {"on": "2026-05-04"})
    client.post(f"{BOOK}{maria}/unshare/")

    assert "The day on which they agreed is ahead." in words_of(ahead)
    assert (ahead.status_code, none.status_code) == (400, 400)
    assert "Only people at" in words_of(client.get(f"{BOOK}{maria}/"))


def test_what_a_contact_does_somewhere_is_added_ended_and_goes_on(client, valley, maria):
    client.post(f"{BOOK}add/", {"kind": "organization", "name": "Torre"})
    torre = next(row.id for row in all_contacts(valley.id, Wanted("torre")))
    given = {"kind": "works-for", "title": "Nurse", "since": "2026-05-04"}

    for other in (f"contact:{torre}", f"member:{valley.id}"):
        client.post(f"{BOOK}{maria}/roles/add/", given | {"other": other})
    shown = words_of(client.get(BOOK, {"words": "lopez"}))
    with member_scope(valley.id):
        tie = ContactTie.objects.first().id
    client.post(f"{BOOK}{maria}/roles/{tie}/end/")
    ended = words_of(client.get(f"{BOOK}{maria}/"))
    client.post(f"{BOOK}{maria}/roles/{tie}/resume/")

    assert "Torre, Nurse" in shown
    assert "It goes on" in ended
    assert "It goes on" not in words_of(client.get(f"{BOOK}{maria}/"))
    late = given | {"other": f"member:{valley.id}", "since": "2999-01-01"}
    assert client.post(f"{BOOK}{maria}/roles/add/", late).status_code == 400
    assert client.post(f"{BOOK}{maria}/roles/add/", given).status_code == 400
    assert client.post(f"{BOOK}{maria}/roles/{valley.id}/end/").status_code == 404


def test_the_book_is_taken_out_as_tables_that_compute_nothing(client, valley, maria):
    text = client.get(f"{BOOK}table/csv/")
    sheet = client.get(f"{BOOK}table/xlsx/", {"words": "lopez"})

    rows = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    (first, second) = load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True)
    assert rows[0][:3] == ["Kind", "Name", "Also called"]
    assert rows[1][1] == "María López"
    assert rows[1][-1] == second[-1] == "'=1+1"
    assert "attachment" in text["Content-Disposition"]
    assert first[1] == "Name"
    assert client.get(f"{BOOK}table/pdf/").status_code == 404
    with member_scope(valley.id):
        assert Event.objects.filter(act="export.contacts").count() == 2


def test_a_colleague_reads_and_an_analyst_does_not_write(client, valley, sign_in, maria):
    sign_in(valley, Role.ANALYST, username="wei")

    assert client.get(f"{BOOK}{maria}/").status_code == 200
    assert "Add a contact" not in words_of(client.get(BOOK))
    assert client.post(f"{BOOK}add/", MARIA).status_code == 403
    assert client.get(f"{BOOK}table/csv/").status_code == 403
