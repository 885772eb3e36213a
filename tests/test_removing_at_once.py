"""Things go by rules while somebody acts on them or says stop, on a connection of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from tejido.foundation import removing
from tejido.foundation.holds import HoldReason
from tejido.foundation.removing import begin_hold, remove_what_is_over
from tejido.foundation.scope import member_scope, person_scope
from tejido.foundation.what_is_held import remove_some
from tejido.network.domain.roles import Role
from tejido.network.models import Contact, Membership, WayToReach
from tejido.network.services.contacts import ContactRefused, restore_contact
from tejido.network.services.forgetting import forget_removed_contacts
from tejido.network.testing import a_member, a_person
from tests.over_at_members import BY, a_removed_contact, an_unconfirmed_address

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = date(2020, 1, 1)
AT = datetime(2026, 11, 22, 10, 50, tzinfo=UTC)
# So long somebody else is given to act in between; whoever has to wait does nothing in it.
A_MOMENT = 1


@pytest.fixture
def people() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as several:
        yield several


def on_its_own(act: Callable[[], Any]) -> Callable[[], Any]:
    def do() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return do


def test_a_hold_is_said_when_what_goes_at_this_moment_is_gone(
    monkeypatch: pytest.MonkeyPatch, kept: Callable[[int], None], people: ThreadPoolExecutor
) -> None:
    a_member()
    an_unconfirmed_address(LONG_AGO)
    kept(0)
    whole, said = removing._note, []

    def hold() -> None:
        begin_hold(reason=HoldReason.SUBPOENA, by=BY, on=AT.date())
        said.append("nothing goes")

    def asked_meanwhile(name: str, gone: int, *, night: date) -> None:
        if gone:
            wait([people.submit(on_its_own(hold))], timeout=A_MOMENT)
            said.append("one went")
        whole(name, gone, night=night)

    monkeypatch.setattr(removing, "_note", asked_meanwhile)

    assert people.submit(on_its_own(lambda: remove_what_is_over(AT))).result() == 1
    people.shutdown()
    assert said == ["one went", "nothing goes"]


def test_whoever_puts_a_contact_back_while_it_goes_is_told_that_it_is_gone(
    kept: Callable[[int], None], people: ThreadPoolExecutor
) -> None:
    member = a_member()
    ana = a_person(member, Role.PROGRAM_MANAGER)
    a_removed_contact(LONG_AGO)
    with member_scope(member.id):
        contact = Contact.objects.get(removed_at__isnull=False).id
    kept(0)
    back: list[Future[str]] = []

    def put_back() -> str:
        try:
            restore_contact(member_id=member.id, contact_id=contact, by=ana.id, at=AT)
        except ContactRefused as refusal:
            return refusal.code
        return "back"

    def asked_meanwhile(execute: Any, sql: str, *said: Any) -> Any:
        answer = execute(sql, *said)
        if "removed_at" in sql and not back:
            back.append(people.submit(on_its_own(put_back)))
            wait(back, timeout=A_MOMENT)
        return answer

    def forget() -> int:
        with transaction.atomic(), connection.execute_wrapper(asked_meanwhile):
            return forget_removed_contacts(AT.date(), 9)

    assert people.submit(on_its_own(forget)).result() == 1
    assert back[0].result() == "contact-unknown"


def test_an_address_that_is_confirmed_while_old_ones_go_stays() -> None:
    member = a_member()
    an_unconfirmed_address(LONG_AGO)
    with member_scope(member.id):
        person = Membership.objects.get().person_id

    def confirmed(execute: Any, sql: str, *said: Any) -> Any:
        answer = execute(sql, *said)
        if sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                now = [AT.isoformat()]
                cursor.execute("UPDATE network_waytoreach SET confirmed_at = %s", now)
        return answer

    with person_scope(person):
        rows = WayToReach.objects.filter(confirmed_at__isnull=True)
        with connection.execute_wrapper(confirmed):
            gone = remove_some(rows, 9)

        assert (gone, WayToReach.objects.count()) == (0, 1)
