"""What was asked of a program stays when it becomes part of another one, or is gone."""

from datetime import UTC, date, datetime

import pytest

from tejido.directory.domain.call_sheet import Channel, Outcome
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.vocabulary import Tier
from tejido.directory.models import Act, Call, ConfirmLink, Organization
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import (
    Answers,
    call_sheet,
    last_call,
    last_calls,
    record_call,
)
from tejido.directory.services.confirm_links import (
    LinkState,
    confirm_by_link,
    last_link,
    link_by_token,
    link_sheet,
    make_link,
    revoke_link,
)
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, a_phone, a_place, a_service, a_source, an_id, stored

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
STEWARD = Actor(an_id("theo"), an_id("member"), "steward")
OURS, THEIRS = an_id("organization ours"), an_id("organization theirs")


def listing(key, name):
    organization = OrganizationDraft(an_id(f"organization {key}"), f"{name} Inc")
    said = {"places": (a_place(key),), "phones": (a_phone(key),), "tier": Tier.CORE}
    return a_service(name, id=an_id(f"service {key}"), organization=organization, **said)


@pytest.fixture
def both():
    source = a_source("old", published_on=date(2020, 1, 1))
    stored(listing("ours", "Harbor"), listing("theirs", "Harbour"), source=source)


def merged():
    wanted = Merge(Kind.ORGANIZATION, OURS, THEIRS)
    return merge(wanted=wanted, actor=STEWARD, on=TODAY, at=LATER)


def a_link():
    return make_link(organization=THEIRS, actor=STEWARD, on=TODAY, at=AT)


def used(token, changed=()):
    sheet = link_sheet(link_by_token(token, on=TODAY).organization, on=TODAY)
    words = {line.name: "" for line in sheet.lines if line.name in changed}
    return confirm_by_link(token=token, changed=words, seen=sheet.seen, on=TODAY, at=AT)


def nobody_there(organization):
    seen = call_sheet(organization, today=TODAY).seen
    said = {"outcome": Outcome.NO_ANSWER, "answers": Answers(), "seen": seen}
    return record_call(
        organization=organization, channel=Channel.PHONE, actor=STEWARD, on=TODAY, at=AT, **said
    )


@pytest.mark.usefixtures("both")
def test_a_program_whose_link_was_used_becomes_part_of_another_and_the_link_says_so():
    token = a_link()
    confirmed = used(token).confirmed

    act = merged()

    link = link_by_token(token, on=TODAY)
    assert (link.state, link.organization, link.name) == (LinkState.USED, OURS, "Harbor Inc")
    assert link.confirmed == confirmed
    assert call_sheet(OURS, today=TODAY).last.channel is Channel.LINK
    undo_act(act_id=act, at=LATER)
    assert link_by_token(token, on=TODAY).organization == THEIRS


@pytest.mark.usefixtures("both")
def test_an_open_link_of_what_became_part_confirms_for_the_program_that_stays():
    token = a_link()
    merged()

    assert last_link(OURS, on=TODAY).state is LinkState.OPEN
    assert {name for name, _part in used(token).confirmed} == {"Harbor", "Harbour"}
    assert Call.objects.get().organization == OURS


@pytest.mark.usefixtures("both")
def test_links_of_both_programs_are_taken_back_together():
    tokens = [
        make_link(organization=key, actor=STEWARD, on=TODAY, at=AT) for key in (OURS, THEIRS)
    ]
    merged()

    assert revoke_link(organization=OURS, at=AT)
    states = {link_by_token(token, on=TODAY).state for token in tokens}
    assert states == {LinkState.REVOKED}


@pytest.mark.usefixtures("both")
def test_a_call_to_what_became_part_is_the_last_call_to_what_stays_until_it_is_undone():
    call = nobody_there(THEIRS)

    act = merged()

    assert last_call(OURS) == call_sheet(OURS, today=TODAY).last == call
    undo_act(act_id=act, at=LATER)
    assert last_calls([OURS, THEIRS]) == {THEIRS: call}


@pytest.mark.usefixtures("both")
def test_an_import_is_undone_though_a_link_of_its_program_was_used_and_the_link_comes_back():
    token = a_link()
    used(token)
    confirmed = Call.objects.get().act_id
    undo_act(act_id=confirmed, at=LATER)

    undone = undo_act(act_id=Act.objects.get(kind="import").id, at=LATER)

    assert not Organization.objects.exists()
    assert (link_by_token(token, on=TODAY), ConfirmLink.objects.count()) == (None, 1)
    undo_act(act_id=undone.act_id, at=LATER)
    assert link_by_token(token, on=TODAY).state is LinkState.UNDONE
