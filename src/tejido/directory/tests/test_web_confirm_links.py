from datetime import date

import pytest
from django.utils import timezone

from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.vocabulary import Status, Visibility
from tejido.directory.models import Call, ConfirmLink, LastConfirmed, ServiceAtLocation
from tejido.directory.queries.public import public_listings
from tejido.directory.services.call_sheet import LISTINGS_AT_ONCE
from tejido.directory.services.confirm_links import (
    revoke_link,
)
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import address, fields_of
from tejido.directory.tests.test_confirm_links import (
    AT,
    PHONES,
    PROGRAM,
    a_link,
    core,
    hidden,
    old,
    refused,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]


def of_today(**changes):
    old(core(**changes))
    return f"/r/{a_link(on=timezone.localdate())}"


def sent_from(page):
    kept = ("seen", "now-")
    fields = fields_of(page.content.decode())
    return {name: value for name, value in fields.items() if name.startswith(kept)}


def test_a_program_confirms_itself_without_an_account_a_cookie_or_javascript(client, words_of):
    path = of_today()
    page = client.get(path)
    assert "Is this still right? Harbor Program" in words_of(page)

    done = client.post(path, sent_from(page))

    assert "Thank you. It is saved." in words_of(done)
    assert not client.cookies
    assert set(LastConfirmed.objects.values_list("since", flat=True)) == {timezone.localdate()}
    again = client.get(path)
    assert "This link was used already" in words_of(again)
    assert "Naloxone: Hours" in words_of(again)


def test_what_a_program_writes_reaches_the_call_sheet_and_nothing_else(client, sign_in, words_of):
    path = of_today()
    page = client.get(path)
    note = "<script>alert(1)</script> 555-0188"

    client.post(path, sent_from(page) | {"changed": [PHONES], f"now-{PHONES}": note})

    sign_in("steward")
    desk = client.get(address("call-sheet", PROGRAM))
    assert "“&lt;script&gt;" in desk.content.decode()
    (listing,) = public_listings()
    assert [phone.number for phone in listing.phones] == ["+15105550142"]


def test_another_site_cannot_answer_in_the_name_of_a_program(client, words_of):
    path = of_today()
    sent = sent_from(client.get(path))

    answer = client.post(path, sent, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert not Call.objects.exists()


def test_an_old_page_is_told_and_keeps_what_was_written(client, words_of):
    path = of_today()
    sent = sent_from(client.get(path)) | {"seen": "old", f"now-{PHONES}": "other"}

    answer = client.post(path, sent)

    assert answer.status_code == 409
    assert "Something changed meanwhile." in words_of(answer)
    assert 'value="other"' in answer.content.decode()


def test_too_many_answers_to_one_link_have_to_wait(client):
    path = of_today()

    codes = [client.post(path, {"seen": "old"}).status_code for _ in range(21)]

    assert codes == [409] * 20 + [429]


@pytest.mark.parametrize("token", ["x", "a.b", "a" * 500, "%00", "é"])
def test_a_link_that_is_none_is_not_found(client, words_of, token):
    answer = client.get(f"/r/{token}")

    assert answer.status_code == 404


def test_a_link_that_was_taken_back_or_has_ended_says_so(client, words_of):
    path = of_today()
    ConfirmLink.objects.update(expires_on=date(2026, 1, 1))
    assert "This link has ended" in words_of(client.get(path))
    revoke_link(organization=PROGRAM, at=AT)
    assert "This link was taken back" in words_of(client.get(path))


def test_with_nothing_due_a_link_says_so(client, words_of):
    stored(core(), source=a_source(published_on=timezone.localdate()))
    path = f"/r/{a_link(on=timezone.localdate())}"

    assert "Nothing has to be confirmed today." in words_of(client.get(path))


def test_the_page_in_spanish(client, words_of):
    path = of_today(status=Status.TEMPORARILY_CLOSED)

    said = words_of(client.get(f"/es{path}"))

    assert "¿Esto sigue igual? Harbor Program" in said
    assert "Todo sigue igual" in said


def test_a_page_says_that_more_is_due_than_fits(client, words_of):
    old(*(core(f"Part {n:02}") for n in range(LISTINGS_AT_ONCE + 1)))
    path = f"/r/{a_link(on=timezone.localdate())}"
    page = client.get(path)
    assert "More of your listings are due than fit here." in words_of(page)

    done = client.post(path, sent_from(page))

    assert "Ask the network for another link for them." in words_of(done)


def test_a_program_of_which_nothing_is_public_is_not_named(client, words_of):
    path = of_today(places=hidden())

    page = client.get(path)

    assert "Nothing has to be confirmed today." in words_of(page)
    assert "Harbor Program" not in page.content.decode()


def test_a_used_link_names_no_listing_that_became_partners_only_since(client, words_of):
    old(core(), core("Wounds", places=hidden(Visibility.PUBLIC)))
    path = f"/r/{a_link(on=timezone.localdate())}"
    client.post(path, sent_from(client.get(path)))
    assert "Wounds: Hours" in words_of(client.get(path))
    ServiceAtLocation.objects.filter(service__name="Wounds").update(visibility=Visibility.PARTNERS)

    said = words_of(client.get(path))

    assert "Naloxone: Hours" in said
    assert "Wounds" not in said
    ServiceAtLocation.objects.update(visibility=Visibility.PARTNERS)
    assert "Harbor Program" not in client.get(path).content.decode()


def test_the_page_in_spanish_calls_a_listing_by_its_spanish_name(client, words_of):
    spanish = {"name": (TextIn("es", "Naloxona en la camioneta"),)}
    path = f"/es{of_today(translations=spanish)}"
    page = client.get(path)

    assert "Horario: Naloxona en la camioneta" in words_of(page)

    done = words_of(client.post(path, sent_from(page)))
    assert "Naloxona en la camioneta: Horario" in done
    assert "Naloxone" not in done
    assert "Naloxone: Hours" in words_of(client.get(path.removeprefix("/es")))


def test_a_link_whose_act_was_taken_back_says_so_until_it_is_done_again(client, words_of):
    path = of_today()
    client.post(path, sent_from(client.get(path)))
    undo = undo_act(act_id=Call.objects.get().act_id, at=AT)

    said = words_of(client.get(path))

    assert "The network took back what was confirmed with it." in said
    assert "Naloxone: Hours" not in said
    assert refused("link-undone", path.removeprefix("/r/"))
    undo_act(act_id=undo.act_id, at=AT)
    assert "Naloxone: Hours" in words_of(client.get(path))


def test_a_steward_makes_a_link_and_takes_it_back(client, steward, words_of):
    old(core())

    page = client.post(address("make-link", PROGRAM))

    path = page.content.decode().split("http://testserver")[1].split("<")[0]
    assert path.startswith("/r/")
    assert client.get(path).status_code == 200
    ended = client.post(address("end-link", PROGRAM), follow=True)
    assert "Make a link" in words_of(ended)
    assert "This link was taken back" in words_of(client.get(path))


def test_the_call_sheet_says_that_a_link_was_used_whatever_came_of_it(client, steward, words_of):
    path = of_today()
    client.post(path, sent_from(client.get(path)))
    undo_act(act_id=Call.objects.get().act_id, at=AT)

    assert "Its last link was used." in words_of(client.get(address("call-sheet", PROGRAM)))


def test_a_link_for_nobody_is_not_found(client, steward):
    assert client.post(address("make-link", an_id("nobody"))).status_code == 404


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_page_of_a_link_says_where_all_is_invented(
    client, settings, words_of, is_demonstration
):
    settings.DEMONSTRATION = is_demonstration

    page = words_of(client.get("/r/x"))

    assert ("This is a demonstration." in page) is is_demonstration
