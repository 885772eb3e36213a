"""The partner page: members find each other, as far as each said yes."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tejido.foundation.scope import member_scope
from tejido.geography.testing import some_counties
from tejido.network.domain.members import MemberKind
from tejido.network.domain.partners import STATEWIDE, Help, fit_of
from tejido.network.domain.roles import Role
from tejido.network.models import Event, Member, PartnerListing
from tejido.network.queries.access import MemberUnknown, NotAllowed
from tejido.network.queries.partners import PartnersWanted, card_of, listed_since, partners
from tejido.network.services import partners as cards
from tejido.network.services.partners import (
    CardIn,
    PartnerRefused,
    list_card,
    save_card,
    unlist_card,
)
from tejido.network.testing import MORNING, TODAY, a_member, a_person

HELPS = some.sets(some.sampled_from(Help))
CARD = CardIn(
    offers=(Help.HCV_TREATMENT, Help.SPACE),
    seeks=(Help.NALOXONE,),
    counties=("06019",),
    words="Walk in on Tuesdays.",
    contact_name="Amara",
    phone="559 555 0142",
    email="partners@example.org",
)
HOME = "/desk/valley-harm-reduction/partners/"


@pytest.fixture
def clinic(db):
    return a_member("Tower Street Clinic", MemberKind.PROVIDER)


@pytest.fixture
def noor(clinic):
    return a_person(clinic, Role.PROGRAM_MANAGER, name="Noor")


@pytest.fixture
def listed(clinic, noor):
    save_card(member_id=clinic.id, draft=CARD, by=noor.id, at=MORNING)
    list_card(member_id=clinic.id, by=noor.id, at=MORNING)


def test_whoever_waited_for_the_member_to_leave_shows_no_card(clinic, noor, monkeypatch):
    def then_it_has_left(*_members):
        Member.objects.filter(id=clinic.id).update(until=TODAY)

    save_card(member_id=clinic.id, draft=CARD, by=noor.id, at=MORNING)
    monkeypatch.setattr(cards, "take_turn", then_it_has_left)

    with pytest.raises(MemberUnknown):
        list_card(member_id=clinic.id, by=noor.id, at=MORNING)


def words_of(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def names(found):
    return [each.member.name for each in found]


@given(HELPS, HELPS, HELPS, HELPS)
def test_a_fit_is_the_same_from_the_other_side(our_offers, our_seeks, their_offers, their_seeks):
    ours = {"our_offers": our_offers, "our_seeks": our_seeks}
    theirs = {"their_offers": their_offers, "their_seeks": their_seeks}
    there = fit_of(**ours, **theirs)
    back = fit_of(
        our_offers=their_offers,
        our_seeks=their_seeks,
        their_offers=our_offers,
        their_seeks=our_seeks,
    )

    assert (there.for_us, there.for_them) == (back.for_them, back.for_us)
    assert set(there.for_us) == our_seeks & their_offers


@pytest.mark.django_db
def test_a_card_is_seen_by_nobody_else_before_its_member_agreed(valley, clinic, noor):
    save_card(member_id=clinic.id, draft=CARD, by=noor.id, at=MORNING)

    assert partners(valley.id, PartnersWanted(), on=TODAY) == []
    assert card_of(clinic.id).phone == "+15595550142"
    assert listed_since(clinic.id) is None


@pytest.mark.django_db
def test_a_card_that_is_taken_back_is_gone_at_once_and_stays_with_its_member(
    valley, clinic, noor, listed
):
    before = names(partners(valley.id, PartnersWanted(), on=TODAY))
    for _ in range(2):
        unlist_card(member_id=clinic.id, by=noor.id, at=MORNING)

    assert before == ["Tower Street Clinic"]
    assert partners(valley.id, PartnersWanted(), on=TODAY) == []
    assert card_of(clinic.id).words == "Walk in on Tuesdays."
    with member_scope(clinic.id):
        assert PartnerListing.objects.count() == 0
        acts = Event.objects.filter(act__contains="partner-card").values_list("act", flat=True)
        assert sorted(acts) == ["edit.partner-card", "list.partner-card", "unlist.partner-card"]


@pytest.mark.django_db
def test_what_is_seen_follows_what_is_written(valley, clinic, noor, listed):
    save_card(member_id=clinic.id, draft=CardIn(seeks=(Help.TRANSPORT,)), by=noor.id, at=MORNING)

    (found,) = partners(valley.id, PartnersWanted(), on=TODAY)

    assert (found.card.offers, found.card.seeks, found.card.phone) == ((), (Help.TRANSPORT,), "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        (PartnersWanted(offers="hcv-treatment"), True),
        (PartnersWanted(offers="transport"), False),
        (PartnersWanted(seeks="naloxone-supply"), True),
        (PartnersWanted(seeks="space"), False),
        (PartnersWanted(county="06019"), True),
        (PartnersWanted(county="06001"), False),
        (PartnersWanted(kind="provider"), True),
        (PartnersWanted(kind="funder"), False),
    ],
)
def test_members_are_findable_what_where_and_kind(valley, listed, wanted, is_found):
    assert bool(partners(valley.id, wanted, on=TODAY)) is is_found


@pytest.mark.django_db
def test_who_serves_all_of_california_is_found_in_each_county(valley, clinic, noor, listed):
    card = CardIn(offers=(Help.LEGAL,), counties=(STATEWIDE,))
    save_card(member_id=clinic.id, draft=card, by=noor.id, at=MORNING)

    assert names(partners(valley.id, PartnersWanted(county="06001"), on=TODAY)) == [
        "Tower Street Clinic"
    ]


@pytest.mark.django_db
def test_who_fits_our_card_comes_first_and_we_are_not_on_our_own_list(valley, clinic, listed):
    lead = a_person(valley, Role.PROGRAM_MANAGER)
    other = a_member("Alder Program")
    boss = a_person(other, Role.PROGRAM_MANAGER)
    for member, who, card in (
        (valley, lead, CardIn(offers=(Help.NALOXONE,), seeks=(Help.HCV_TREATMENT,))),
        (other, boss, CardIn(offers=(Help.LEGAL,))),
    ):
        save_card(member_id=member.id, draft=card, by=who.id, at=MORNING)
        list_card(member_id=member.id, by=who.id, at=MORNING)

    found = partners(valley.id, PartnersWanted(), on=TODAY)

    assert names(found) == ["Tower Street Clinic", "Alder Program"]
    assert found[0].fit.for_us == (Help.HCV_TREATMENT,)
    assert found[0].fit.for_them == (Help.NALOXONE,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (CardIn(), "card-empty"),
        (CardIn(offers=(Help.SPACE,), words="x" * 301), "words-long"),
        (CardIn(offers=(Help.SPACE,), phone="12"), "phone-unread"),
        (CardIn(offers=(Help.SPACE,), counties=("41001",)), "county-unknown"),
    ],
)
def test_a_card_that_cannot_be_is_refused(clinic, noor, draft, code):
    with pytest.raises(PartnerRefused) as refused:
        save_card(member_id=clinic.id, draft=draft, by=noor.id, at=MORNING)

    assert refused.value.code == code


@pytest.mark.django_db
def test_nothing_is_shown_before_it_is_written_and_only_who_leads_writes(clinic, noor):
    amara = a_person(clinic, Role.CARE_PROVIDER)

    with pytest.raises(PartnerRefused):
        list_card(member_id=clinic.id, by=noor.id, at=MORNING)
    with pytest.raises(NotAllowed):
        save_card(member_id=clinic.id, draft=CARD, by=amara.id, at=MORNING)


@pytest.mark.django_db
def test_a_colleague_looks_for_partners_on_a_page(client, valley, listed, sign_in):
    some_counties()
    sign_in(valley, Role.OUTREACH_WORKER)

    page = words_of(client.get(HOME))
    none = words_of(client.get(HOME, {"offers": "transport"}))

    assert "Tower Street Clinic" in page
    assert "Fresno County" in page
    assert "Ask for Amara (559) 555-0142" in page
    client.post("/desk/language/", {"language": "es"})
    page_in_spanish = words_of(client.get(HOME))
    assert "Condado de Fresno" in page_in_spanish
    assert "County" not in page_in_spanish
    assert "Let others find you" not in page
    assert "No member fits" in none
    assert client.get(f"{HOME}card/").status_code == 403


@pytest.mark.django_db
def test_who_reads_names_on_cards_is_noted_once_with_them_and_with_whose_they_are(
    client, valley, clinic, listed, sign_in
):
    nameless = a_member("Nameless Clinic", MemberKind.PROVIDER)
    lead = a_person(nameless, Role.PROGRAM_MANAGER, name="Bo")
    card = CardIn(offers=(Help.SPACE,), seeks=(), counties=(), words="A room")
    save_card(member_id=nameless.id, draft=card, by=lead.id, at=MORNING)
    list_card(member_id=nameless.id, by=lead.id, at=MORNING)
    somebody = sign_in(valley, Role.OUTREACH_WORKER)

    for asked in ({"offers": "transport"}, {"kind": "provider"}, {}):
        client.get(HOME, asked)

    noted = {}
    for member in (valley, clinic, nameless):
        with member_scope(member.id):
            rows = Event.objects.filter(act="view.partner-names")
            noted[member.name] = [(row.actor, row.object_id) for row in rows]
    once = [(somebody.id, valley.id)]
    assert list(noted.values()) == [once, once, []]


@pytest.mark.parametrize(
    ("language", "none", "said"),
    [
        ("en", "Nothing chosen", "Chosen: All of California, Fresno County"),
        ("es", "Nada elegido", "Elegido: Toda California, Condado de Fresno"),
    ],
)
@pytest.mark.django_db
def test_the_counties_of_the_card_are_check_boxes_in_a_folded_list(
    client, valley, sign_in, language, none, said
):
    some_counties()
    sign_in(valley, Role.PROGRAM_MANAGER, language=language)
    card = f"{HOME}card/"

    empty = client.get(card).text
    client.post(card, {"offers": ["space"], "counties": [STATEWIDE, "06019"]})
    kept = client.get(card).text

    assert none in empty
    assert said in kept
    folded = kept.partition("<details><summary")[2].partition("</details>")[0]
    assert len(re.findall('type="checkbox" name="counties"[^>]* checked', folded)) == 2
    assert "<select" not in kept.partition("<main")[2]


@pytest.mark.django_db
def test_a_manager_writes_the_card_agrees_and_takes_it_back(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    card = f"{HOME}card/"
    given = {"offers": ["space"], "words": "A room", "phone": "559 555 0142 ext. 3"}

    empty = words_of(client.get(HOME))
    client.post(f"{card}show/")
    wrong = client.post(card, {"offers": ["space"], "phone": "1"})
    client.post(card, given)
    written = client.get(card).content.decode()
    shown = words_of(client.post(f"{card}show/", follow=True))
    listed = words_of(client.get(HOME))
    hidden = words_of(client.post(f"{card}hide/", follow=True))

    assert "No other member is listed here yet." in empty
    assert wrong.status_code == 400
    assert "This is no phone number." in words_of(wrong)
    assert 'value="(559) 555-0142 ext. 3"' in written
    assert "We agree: show it" in written
    assert "Show it to nobody from now on" in shown
    assert "Your card" in listed
    assert "Nobody else sees your card any more." in hidden
