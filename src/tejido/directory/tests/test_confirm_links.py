from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tejido.directory.domain.vocabulary import ConfirmedBy, Tier, Visibility
from tejido.directory.models import Call, ConfirmLink, Service
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

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PROGRAM = an_id("organization")
STEWARD = Actor(role="steward")
PHONES = f"phones-{an_id('service Naloxone')}"


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
