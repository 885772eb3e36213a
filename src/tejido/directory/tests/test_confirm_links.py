from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tejido.directory.domain.drafts import TextIn
from tejido.directory.domain.vocabulary import ConfirmedBy, Status, Tier, Visibility
from tejido.directory.models import Call, ConfirmLink, LastConfirmed, Service, ServiceAtLocation
from tejido.directory.queries.due import due_plan
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import LISTINGS_AT_ONCE
from tejido.directory.services.confirm_links import (
    HOLDS_DAYS,
    LinkState,
    confirm_by_link,
    link_by_token,
    link_sheet,
    make_link,
    revoke_link,
)
from tejido.directory.services.editing import EditRefused
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import address, fields_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PROGRAM = an_id("organization")
STEWARD = Actor(role="steward")
PHONES = f"phones-{an_id('service Naloxone')}"


@pytest.fixture(autouse=True)
def nothing_sent_before():
    cache.clear()


def old(*drafts):
    stored(*drafts, source=a_source("old", published_on=date(2020, 1, 1)))


def core(name="Naloxone", **changes):
    return a_service(name, **{"tier": Tier.CORE, "phones": (a_phone(name),), **changes})


def a_link(on=TODAY):
    return make_link(organization=PROGRAM, actor=STEWARD, on=on, at=AT)


def say(token, on=TODAY, seen=None, **changed):
    mark = link_sheet(PROGRAM, on=on).seen if seen is None else seen
    named = {name.replace("phones", PHONES): note for name, note in changed.items()}
    return confirm_by_link(token=token, changed=named, seen=mark, on=on, at=AT)


def refused(code, *arguments, **named):
    with pytest.raises(EditRefused) as refusal:
        say(*arguments, **named)
    return refusal.value.code == code


def test_one_tap_confirms_everything_in_the_name_of_the_program():
    old(core(), core("Wounds"))
    token = a_link()

    done = say(token)

    assert due_plan(today=TODAY).waiting == 0
    assert {listing.confirmed_by for listing in public_listings()} == {ConfirmedBy.PROGRAM}
    assert done.state is LinkState.USED
    assert ("Naloxone", "hours") in done.confirmed
    undo_act(act_id=Call.objects.get().act_id, at=AT)
    assert due_plan(today=TODAY).waiting == 1


def test_what_changed_is_not_changed_and_stays_due_with_the_words_of_the_program():
    old(core())
    before = Service.objects.values_list("status", flat=True).get()

    done = say(a_link(), phones="510-555-0188 now")

    assert ("Naloxone", "phone") not in done.confirmed
    assert Service.objects.values_list("status", flat=True).get() == before
    (entry,) = Call.objects.get().to_change
    assert entry[3:] == ["phones", "510-555-0188 now"]
    (program,) = due_plan(today=TODAY).programs
    assert program.parts == 1


def test_only_a_hash_of_the_token_is_kept():
    old(core())
    token = a_link()

    row = ConfirmLink.objects.get()

    assert token not in repr(vars(row))
    assert len(row.token_hash) == 64


def test_a_link_is_used_once_and_then_says_what_was_confirmed():
    old(core())
    token = a_link()
    first = say(token)

    assert refused("link-used", token)
    assert link_by_token(token, on=TODAY).confirmed == first.confirmed
    assert Call.objects.count() == 1


def test_a_link_ends_after_its_days():
    old(core())
    token = a_link()

    assert link_by_token(token, on=TODAY + timedelta(days=HOLDS_DAYS)).state is LinkState.OPEN
    assert refused("link-expired", token, on=TODAY + timedelta(days=HOLDS_DAYS + 1))


def test_a_new_link_and_a_steward_take_the_old_one_back():
    old(core())
    first, second = a_link(), a_link()
    assert refused("link-revoked", first)

    assert revoke_link(organization=PROGRAM, at=AT)

    assert refused("link-revoked", second)
    assert not revoke_link(organization=PROGRAM, at=AT)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", str.upper])
def test_a_token_that_somebody_changed_leads_nowhere(change):
    old(core())

    assert link_by_token(change(a_link()), on=TODAY) is None


def test_what_changed_meanwhile_is_not_confirmed_by_an_old_page():
    old(core())
    token = a_link()

    assert refused("changed-meanwhile", token, seen="another page")


@pytest.mark.parametrize(
    ("level", "fields"),
    [
        (Visibility.PUBLIC, {"schedules", "phones", "status", "attributes", "address"}),
        (Visibility.WITHOUT_PLACE, {"schedules", "phones", "status", "attributes"}),
        (Visibility.PARTNERS, set()),
    ],
)
def test_a_link_shows_only_what_everybody_may_see(level, fields):
    place = a_place("Hidden", location=a_location("Hidden", visibility=level))
    old(core(places=(place,)))

    assert {line.field for line in link_sheet(PROGRAM, on=TODAY).lines} == fields


def hidden(level=Visibility.PARTNERS, name="Hidden"):
    return (a_place(name, location=a_location(name, visibility=level)),)


def test_a_link_does_not_show_a_listing_that_public_pages_leave_out_for_its_name():
    own = a_location("Hidden", visibility=Visibility.WITHOUT_PLACE)
    told = f"Safe house, {own.address.address_1}"
    old(core(told, id=an_id("service told"), places=(replace(a_place("Hidden"), location=own),)))
    token = a_link()

    assert not list(public_listings())
    assert link_sheet(PROGRAM, on=TODAY).lines == ()
    assert say(token).confirmed == ()


def test_listings_that_a_link_may_not_show_take_no_room_on_it():
    first = [core(f"A{n}", places=hidden(name=f"A{n}")) for n in range(LISTINGS_AT_ONCE)]
    old(*first, core("Wounds"))

    sheet = link_sheet(PROGRAM, on=TODAY)

    assert {str(line.listing.service.values["name"]) for line in sheet.lines} == {"Wounds"}
    assert not sheet.is_more


def test_more_listings_than_fit_come_with_the_next_link():
    old(*(core(f"Part {n:02}") for n in range(LISTINGS_AT_ONCE + 2)))
    assert link_sheet(PROGRAM, on=TODAY).is_more

    say(a_link())

    rest = link_sheet(PROGRAM, on=TODAY)
    assert len({line.listing.service.id for line in rest.lines}) == 2
    assert not rest.is_more


def test_hours_in_words_are_never_confirmed_by_a_link():
    old(core(rules=(), hours_text="Mondays, ring twice"))

    done = say(a_link())

    assert "hours" not in {part for _name, part in done.confirmed}


# The page.


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
    assert "It says: “&lt;script&gt;" in desk.content.decode()
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
