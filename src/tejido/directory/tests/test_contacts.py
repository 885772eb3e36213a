"""Contacts: nobody outside sees one before they agreed, and no more than they agreed to."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.contacts import CONTACTS, contact_mark, public_contact
from tejido.directory.domain.drafts import CarriedDraft, OrganizationDraft
from tejido.directory.domain.public import PublicContact, PublicPhone
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import ContactConsent, Record
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import COMMAND, Actor
from tejido.directory.services.contacts import ConsentRefused, note_consent, withdraw_consent
from tejido.directory.testing import LATER, NOON, a_location, a_place, a_service, an_id, stored
from tejido.directory.tests.exports import exported, lines_in, table_in

pytestmark = pytest.mark.django_db
THEO = Actor(uuid4(), uuid4(), "steward")
TODAY = NOON.date()
ROSA = {
    "id": str(an_id("rosa")),
    "name": "Rosa Canary",
    "title": "Coordinator",
    "email": "rosa@example.org",
    "department": "Inside",
    "phones": [{"number": "(510) 555-0142", "extension": "7"}, {"number": "x", "type": "fax"}],
}
SHOWN = PublicContact(
    "Rosa Canary", "Coordinator", (PublicPhone("+15105550142", "7", "voice", ""),)
)


def carried(fields=ROSA, position=0):
    return (CarriedDraft(CONTACTS, position, fields),)


def agree(contact, **changes):
    said = {
        "record": contact.id,
        "mark": contact_mark(contact.fields),
        "agreed_on": TODAY,
        "actor": THEO,
        "on": TODAY,
        "at": NOON,
    }
    note_consent(**(said | changes))


def agreed(*services):
    """Store services, and note that every contact in them agreed."""
    stored(*services)
    for record in Record.objects.filter(kind=CONTACTS):
        agree(record)


def shown():
    return [listing.contacts for listing in public_listings()]


def test_nobody_sees_a_contact_who_did_not_agree():
    stored(a_service(carried=carried(), places=(a_place(carried=carried()),)))

    assert shown() == [()]
    assert "Canary" not in repr(list(public_listings()))


def test_everybody_sees_name_title_and_numbers_of_one_who_agreed_and_nothing_else():
    agreed(a_service(carried=carried()))

    assert shown() == [(SHOWN,)]
    assert "rosa@" not in repr(list(public_listings()))
    assert "Inside" not in repr(list(public_listings()))


def test_contacts_of_place_location_service_and_organization_are_shown_once_the_nearest_first():
    jo, ana = {"name": "Jo"}, {"name": "Ana", "title": "Director"}
    agreed(
        a_service(
            organization=OrganizationDraft(an_id("o"), "Harbor", carried=carried(ana)),
            carried=carried(),
            places=(a_place(carried=carried(jo), location=a_location(carried=carried())),),
        )
    )

    assert shown() == [
        (PublicContact("Jo", ""), SHOWN, PublicContact("Ana", "Director")),
    ]


def test_a_withdrawn_consent_hides_the_contact_again():
    agreed(a_service(carried=carried()))
    record = Record.objects.get()

    said = [withdraw_consent(record=record.id, actor=THEO, at=LATER) for _ in range(2)]

    assert said == [True, False]
    assert shown() == [()]
    consent = ContactConsent.objects.get()
    assert (consent.withdrawn_by, consent.withdrawn_at) == (THEO.person, LATER)


@pytest.mark.parametrize("change", [{"name": "Ana"}, {"email": "new@example.org"}, {"x": 1}])
def test_a_contact_that_changed_loses_the_consent(change):
    agreed(a_service(carried=carried()))

    stored(a_service(carried=carried(ROSA | change)), at=LATER)

    assert shown() == [()]


def test_a_contact_that_moved_in_its_list_loses_the_consent():
    agreed(a_service(carried=carried()))

    stored(a_service(carried=(*carried({"name": "Jo"}), *carried(ROSA, 1))), at=LATER)

    assert shown() == [()]


def test_the_same_list_again_keeps_the_consent():
    agreed(a_service(carried=carried()))

    stored(a_service(carried=carried(), description="changed"), at=LATER)

    assert shown() == [(SHOWN,)]


def test_the_contact_of_a_place_that_is_not_public_is_never_shown():
    hidden = a_location(visibility=Visibility.WITHOUT_PLACE, carried=carried({"name": "Jo"}))
    place = a_place(location=hidden, carried=carried({"name": "Ana"}))

    agreed(a_service(carried=carried(), places=(place,)))

    assert shown() == [(SHOWN,)]


def test_what_is_carried_under_another_name_is_never_shown():
    stored(a_service(carried=(CarriedDraft("metadata", 0, ROSA),)))

    with pytest.raises(ConsentRefused) as refusal:
        agree(Record.objects.get())

    assert refusal.value.code == "contact-unknown"


def test_consent_is_noted_once_and_the_newer_one_stands():
    agreed(a_service(carried=carried()))

    agree(Record.objects.get(), agreed_on=date(2026, 11, 1), at=LATER)

    rows = ContactConsent.objects.order_by("noted_at")
    assert [(row.agreed_on, row.withdrawn_at) for row in rows] == [
        (TODAY, LATER),
        (date(2026, 11, 1), None),
    ]
    assert shown() == [(SHOWN,)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mark": "of another contact"}, "contact-changed"),
        ({"agreed_on": LATER.date()}, "agreed-later"),
        ({"record": an_id("nobody")}, "contact-unknown"),
    ],
)
def test_what_cannot_be_consented_is_refused(change, code):
    stored(a_service(carried=carried()))

    with pytest.raises(ConsentRefused) as refusal:
        agree(Record.objects.get(), **change)

    assert refusal.value.code == code
    assert ContactConsent.objects.count() == 0


def test_no_command_notes_a_consent():
    stored(a_service(carried=carried()))

    with pytest.raises(ValueError, match="a person"):
        agree(Record.objects.get(), actor=COMMAND)


def test_a_contact_without_name_and_title_cannot_be_shown():
    stored(a_service(carried=carried({"email": "rosa@example.org"})))

    with pytest.raises(ConsentRefused):
        agree(Record.objects.get())


@pytest.mark.parametrize("count", [1, 3])
def test_contacts_cost_two_queries_however_many_they_are(count):
    agreed(*(a_service(f"S {n}", carried=carried({"name": f"N {n}"})) for n in range(count)))

    with CaptureQueriesContext(connection) as queries:
        assert len(shown()) == count

    tables = ("directory_contactconsent", "directory_record")
    assert len([each for each in queries if any(table in each["sql"] for table in tables)]) == 2


def test_the_public_export_holds_who_agreed_and_nobody_else(tmp_path):
    silent = {"name": "Silent Canary", "phones": [{"number": "+15105550199"}]}
    stored(
        a_service(carried=(*carried(), *carried(silent, 1)), places=()),
        a_service("At a place", places=(a_place(carried=carried(position=None)),)),
    )
    for record in Record.objects.filter(fields__name="Rosa Canary"):
        agree(record)

    exported(tmp_path / "public", whole=False)

    contacts = table_in(tmp_path / "public/contacts.csv")
    assert [(row["name"], row["title"]) for row in contacts] == [
        ("Rosa Canary", "Coordinator"),
        ("Rosa Canary", "Coordinator"),
    ]
    phones = table_in(tmp_path / "public/phones.csv")
    assert {(row["number"], row["extension"]) for row in phones} == {("'+15105550142", "7")}
    lines = lines_in(tmp_path / "public/services.ndjson")
    assert sum("contacts" in line for line in lines) == 1
    everything = "".join(path.read_text() for path in (tmp_path / "public").iterdir())
    for secret in ("Silent", "0199", "rosa@", "Inside"):
        assert secret not in everything


def test_the_public_export_without_consent_has_no_contact_at_all(tmp_path):
    stored(a_service(carried=carried(), places=(a_place(carried=carried()),)))

    exported(tmp_path / "public", whole=False)

    assert not (tmp_path / "public/contacts.csv").exists()
    assert "Canary" not in "".join(p.read_text() for p in (tmp_path / "public").iterdir())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["name", "title", "phones", "email"])


@given(st.dictionaries(NAMES, ANYTHING))
def test_whatever_a_source_calls_a_contact_is_read_without_a_stumble(fields):
    contact = public_contact(fields)

    assert contact is None or contact.name or contact.title
    assert contact is None or all(phone.number for phone in contact.phones)
    assert len(contact_mark(fields)) == 16
