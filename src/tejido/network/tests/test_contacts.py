"""The contact book: kept by a member for itself, shared only by whoever agreed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tejido.foundation.scope import member_scope
from tejido.network.domain.contacts import ContactKind, Known
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.roles import Role
from tejido.network.models import Contact, ContactTie, Event, Member, SharedContact
from tejido.network.queries.access import MemberUnknown, NotAllowed
from tejido.network.queries.contacts import (
    Wanted,
    all_contacts,
    conflicts_of_contact,
    contact_at,
    contacts_of,
    doubles_of,
    organizations_of,
    people_in_book,
    shared_contacts,
)
from tejido.network.services import contacts
from tejido.network.services.contacts import (
    ContactIn,
    ContactRefused,
    TieIn,
    add_contact,
    add_tie,
    change_contact,
    end_tie,
    remove_contact,
    restore_contact,
    share_contact,
    unshare_contact,
)
from tejido.network.services.relationships import add_relationship
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 4)
MARIA = ContactIn(
    ContactKind.PERSON,
    "María López",
    also_called="Mari",
    phone="510 555 0142 ext. 3",
    email="maria@example.org",
    language="es",
    note="Ask her about drug checking.",
)
TORRE = ContactIn(ContactKind.ORGANIZATION, "Tower Street Clinic", also_called="Clínica Torre")


@pytest.fixture
def keep(valley, rosa):
    """Do something to a contact of the valley in Rosa's name."""

    def act(service, **named):
        return service(member_id=valley.id, by=rosa.id, at=MORNING, **named)

    return act


@pytest.fixture
def maria(keep):
    return keep(add_contact, draft=MARIA)


@pytest.fixture
def torre(keep):
    return keep(add_contact, draft=TORRE)


def code_of(keep, service, **named):
    with pytest.raises(ContactRefused) as refused:
        keep(service, **named)
    return refused.value.code


def names(found):
    return [row.name for row in found]


def test_a_contact_is_kept_with_its_number_as_it_can_be_dialled(valley, maria):
    found = contact_at(valley.id, maria)

    assert (found.name, found.phone, found.extension) == ("María López", "+15105550142", "3")
    assert (found.email, found.language, found.kind) == ("maria@example.org", "es", "person")
    with member_scope(valley.id):
        assert Event.objects.get(object_id=maria).facts == {}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lopez mar", ["María López"]),
        ("MARÍA", ["María López"]),
        ("mari@", []),
        ("maria@ex", ["María López"]),
        ("torre clinica", ["Tower Street Clinic"]),
        ("", ["María López", "Tower Street Clinic"]),
    ],
)
def test_a_contact_is_findable_parts_of_either_name(valley, maria, torre, words, found):
    assert names(contacts_of(valley.id, Wanted(words)).rows) == found


def test_a_book_is_narrowed_by_kind_and_language(valley, maria, torre):
    assert names(all_contacts(valley.id, Wanted(kind="organization"))) == ["Tower Street Clinic"]
    assert names(all_contacts(valley.id, Wanted(language="es"))) == ["María López"]


@pytest.mark.embedded
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_book_costs_four_queries(valley, keep, count, django_assert_num_queries):
    for number in range(count):
        keep(add_contact, draft=ContactIn(ContactKind.PERSON, f"Ana {number}"))

    with django_assert_num_queries(4):
        assert contacts_of(valley.id, Wanted()).total == count


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (ContactIn(ContactKind.PERSON, " "), "name-empty"),
        (ContactIn(ContactKind.PERSON, "Ana", phone="12"), "phone-unread"),
        (ContactIn(ContactKind.PERSON, "Ana", note="x" * 301), "note-long"),
    ],
)
def test_what_cannot_be_kept_is_refused(valley, keep, draft, code):
    assert code_of(keep, add_contact, draft=draft) == code
    assert contacts_of(valley.id, Wanted()).total == 0


def test_a_contact_is_changed_removed_and_brought_back(valley, keep, maria):
    changed = ContactIn(ContactKind.PERSON, "María Ruiz")
    keep(change_contact, contact_id=maria, draft=changed)
    for _ in range(2):
        keep(remove_contact, contact_id=maria)
    removed = (contacts_of(valley.id, Wanted()).total, contact_at(valley.id, maria).is_removed)
    assert code_of(keep, change_contact, contact_id=maria, draft=changed) == "contact-unknown"
    for _ in range(2):
        keep(restore_contact, contact_id=maria)

    assert removed == (0, True)
    assert names(contacts_of(valley.id, Wanted("ruiz")).rows) == ["María Ruiz"]
    with member_scope(valley.id):
        acts = Event.objects.filter(object_id=maria).values_list("act", flat=True)
        assert sorted(acts) == [
            "add.contact", "edit.contact", "remove.contact", "restore.contact",
        ]  # fmt: skip


def test_the_network_sees_who_agreed_without_the_note_and_until_they_say_no(valley, keep, maria):
    for _ in range(2):
        keep(share_contact, contact_id=maria, on=TODAY)
    (seen,), *_pages = shared_contacts(Wanted("lopez"))
    keep(unshare_contact, contact_id=maria)
    keep(unshare_contact, contact_id=maria)

    assert (seen.name, seen.phone, seen.by.name) == (
        "María López",
        "+15105550142",
        "Valley Harm Reduction",
    )
    assert not hasattr(seen, "note")
    assert shared_contacts(Wanted())[0] == []
    assert contact_at(valley.id, maria).shared_on is None


def test_what_the_network_sees_follows_a_change_and_goes_with_a_removal(valley, keep, maria):
    keep(share_contact, contact_id=maria, on=MAY)

    keep(change_contact, contact_id=maria, draft=ContactIn(ContactKind.PERSON, "María Ruiz"))
    (seen,), *_pages = shared_contacts(Wanted("ruiz"))
    keep(remove_contact, contact_id=maria)
    keep(restore_contact, contact_id=maria)

    assert (seen.name, seen.phone, seen.consented_on) == ("María Ruiz", "", MAY)
    assert shared_contacts(Wanted())[0] == []


def test_a_consent_is_not_written_down_before_it_is_given(keep, maria):
    ahead = TODAY + timedelta(days=1)

    assert code_of(keep, share_contact, contact_id=maria, on=ahead) == "day-ahead"


def test_whoever_waited_for_the_member_to_leave_shares_nobody(valley, keep, maria, monkeypatch):
    def then_it_has_left(*_members):
        Member.objects.filter(id=valley.id).update(until=TODAY)

    monkeypatch.setattr(contacts, "take_turn", then_it_has_left)

    with pytest.raises(MemberUnknown):
        keep(share_contact, contact_id=maria, on=TODAY)


def test_a_person_has_several_roles_at_several_organizations_with_days(valley, keep, maria, torre):
    clinic = TieIn("works-for", MAY, organization=torre, title="Nurse")
    program = TieIn("works-for", TODAY, at_member=valley.id, title="Board")
    first = keep(add_tie, contact_id=maria, draft=clinic)
    keep(add_tie, contact_id=maria, draft=program)
    keep(end_tie, contact_id=maria, tie_id=first, on=TODAY)

    ties = contact_at(valley.id, maria).ties

    assert [(tie.other, tie.title, tie.since, tie.until) for tie in ties] == [
        ("Valley Harm Reduction", "Board", TODAY, None),
        ("Tower Street Clinic", "Nurse", MAY, TODAY),
    ]
    keep(end_tie, contact_id=maria, tie_id=first, on=None)
    assert contact_at(valley.id, maria).ties[1].until is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "funds"}, "tie-unfit"),
        ({"since": TODAY + timedelta(days=1)}, "day-ahead"),
        ({"until": MAY - timedelta(days=1)}, "ends-before-start"),
        ({"at_member": None}, "other-unknown"),
    ],
)
def test_a_role_that_cannot_be_is_refused(valley, keep, maria, more, code):
    given = {"kind": "works-for", "since": MAY, "at_member": valley.id}

    assert code_of(keep, add_tie, contact_id=maria, draft=TieIn(**given | more)) == code


def test_a_role_is_at_an_organization_that_is_there(valley, keep, maria, torre):
    keep(remove_contact, contact_id=torre)

    for other in ({"organization": torre}, {"organization": maria}, {"at_member": maria}):
        draft = TieIn("works-for", MAY, **other)
        assert code_of(keep, add_tie, contact_id=maria, draft=draft) == "other-unknown"
    end = {"contact_id": maria, "tie_id": torre, "on": TODAY}
    assert code_of(keep, end_tie, **end) == "tie-unknown"


def test_a_contact_who_works_for_a_funder_is_not_impartial_about_whom_it_funds(
    valley, keep, maria
):
    fund = a_member("Poppy Fund", MemberKind.FUNDER)
    lead = a_person(fund, Role.PROGRAM_MANAGER)
    add_relationship(
        from_member=fund.id,
        to_member=valley.id,
        kind=RelationshipKind.FUNDS,
        since=MAY,
        by=lead.id,
        at=MORNING,
    )
    keep(add_tie, contact_id=maria, draft=TieIn("works-for", MAY, at_member=fund.id))

    found = conflicts_of_contact(valley.id, maria, valley.id, on=TODAY)

    assert [[line.kind for line in reason] for reason in found] == [["works-for", "funds"]]
    assert conflicts_of_contact(fund.id, maria, valley.id, on=TODAY) == []


def test_a_contact_of_an_organization_that_a_member_works_with_is_read_through_it(
    valley, keep, maria, torre
):
    keep(add_tie, contact_id=maria, draft=TieIn("works-for", MAY, organization=torre))
    keep(add_tie, contact_id=torre, draft=TieIn("partners-with", MAY, at_member=valley.id))

    found = conflicts_of_contact(valley.id, maria, valley.id, on=TODAY)

    assert [[line.kind for line in reason] for reason in found] == [["works-for", "partners-with"]]


def test_likely_doubles_are_named_and_nothing_is_merged(valley, maria, torre):
    asked = Known(valley.id, ContactKind.PERSON, "Maria Lopez")

    assert [each.id for each in doubles_of(valley.id, asked)] == [maria]
    assert organizations_of(valley.id) == [(torre, "Tower Street Clinic")]
    assert names_in(people_in_book(valley.id)) == ["María López", "Tower Street Clinic"]


def names_in(pairs):
    return [name for _, name in pairs]


def test_another_member_sees_nothing_of_the_book(maria):
    coast = a_member("Coast Harm Reduction")

    assert contact_at(coast.id, maria) is None
    assert contacts_of(coast.id, Wanted()).total == 0
    assert people_in_book(coast.id) == []


def test_who_only_reads_does_not_write(valley):
    analyst = a_person(valley, Role.ANALYST)

    with pytest.raises(NotAllowed):
        add_contact(member_id=valley.id, draft=MARIA, by=analyst.id, at=MORNING)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (Contact, {"kind": "robot"}),
        (Contact, {"language": "fr"}),
        (Contact, {"removed_at": MORNING}),
        (ContactTie, {"kind": "eats"}),
        (ContactTie, {"at_member": None}),
        (ContactTie, {"until": MAY - timedelta(days=1)}),
    ],
)
def test_the_database_refuses_what_cannot_be(valley, keep, maria, table, change):
    keep(add_tie, contact_id=maria, draft=TieIn("works-for", MAY, at_member=valley.id))

    with pytest.raises(IntegrityError), transaction.atomic(), member_scope(valley.id):
        table.objects.update(**change)


def test_the_database_shares_a_contact_once(valley, keep, maria):
    keep(share_contact, contact_id=maria, on=TODAY)

    with member_scope(valley.id):
        again = SharedContact.objects.get()
    again.pk, again._state.adding = valley.id, True

    with pytest.raises(IntegrityError), transaction.atomic(), member_scope(valley.id):
        again.save(force_insert=True)
