from dataclasses import replace
from datetime import timedelta

import pytest

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.suggestions import (
    PARTS,
    Answer,
    Wrong,
)
from tejido.directory.models import Alias, Location, Phone, Service, ServiceAtLocation
from tejido.directory.queries.suggestions import (
    alerting,
    count_told,
    last_answer,
    told_about,
    told_page,
)
from tejido.directory.services.merging import Merge, merge
from tejido.directory.services.publishing import Publicity, publish
from tejido.directory.services.suggestion_answers import (
    AnswerRefused,
    beside,
    confirm_told,
    mark_written,
    put_aside,
    read_mark,
    take_back_aside,
    write_number,
)
from tejido.directory.services.suggestions import (
    suggest,
)
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_phone, a_place, a_service, an_id, everything_stored, stored
from tejido.directory.tests.saying_wrong import (
    AT,
    PLACE,
    SERVICE,
    STEWARD,
    TODAY,
    TOMORROW,
    answered,
    one_told,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]


def refused(code, store, told, seen=None):
    with pytest.raises(AnswerRefused) as refusal:
        answered(store, told, seen=seen)
    return refusal.value.code == code


def test_still_right_is_the_stewards_word_on_the_field_and_can_be_undone():
    stored(a_service())
    suggest(said(Wrong.HOURS), on=TODAY)

    act = answered(confirm_told)

    word = Service.objects.get().provenance["schedules"]
    assert (word["by"], word["role"], word["on"]) == ("network", "steward", "2026-11-21")
    assert told_page().total == 0
    undo_act(act_id=act, at=AT)
    assert "schedules" not in Service.objects.get().provenance
    assert one_told().wrong is Wrong.HOURS
    again = answered(confirm_told)
    assert again != act
    assert last_answer(PLACE, Wrong.HOURS).answer is Answer.CONFIRMED


def test_the_number_that_was_said_is_written_as_one_act_and_can_be_undone():
    stored(a_service(phones=(a_phone(),)))
    suggest(said(Wrong.PHONE, instead="(510) 555-0188"), on=TODAY)

    act = answered(write_number)

    assert Phone.objects.get().number == "+15105550188"
    assert Service.objects.get().provenance["phones"]["role"] == "steward"
    undo_act(act_id=act, at=AT)
    assert Phone.objects.get().number == "+15105550142"
    assert told_page().total == 1


@pytest.mark.parametrize(
    "words",
    [
        ("call them",),
        ("",),
        ("510-555-0188", "510-555-0199"),
        ("510-555-0142",),
        ("javascript:alert(1)",),
    ],
)
def test_a_number_is_offered_only_where_one_new_one_was_said(words):
    stored(a_service(phones=(a_phone(),)))
    for each in words:
        suggest(said(Wrong.PHONE, instead=each), on=TODAY)

    assert beside(one_told()).number is None
    assert refused("nothing-to-write", write_number, one_told())


def test_of_several_numbers_no_machine_chooses_the_one_to_replace():
    stored(a_service(phones=(a_phone(), a_phone("other", "+15105550177"))))
    suggest(said(Wrong.PHONE, instead="510-555-0188"), on=TODAY)

    assert beside(one_told()).number is None


def test_what_stands_beside_is_that_of_the_place_that_was_named():
    places = (a_place("One"), a_place("Two"))
    stored(a_service(places=places))
    suggest(said(Wrong.ADDRESS, listing=places[1].id), on=TODAY)

    (line,) = beside(one_told()).lines

    assert line.held.id == places[1].location.id


@pytest.mark.parametrize("wrong", [each for each in Wrong if each is not Wrong.OTHER])
def test_each_kind_stands_beside_the_part_that_it_is_about(wrong):
    stored(a_service(phones=(a_phone(),)))
    suggest(said(wrong), on=TODAY)

    assert {line.group for line in beside(one_told()).lines} == {PARTS[wrong]}
    assert set(PARTS.values()) == set(FieldGroup)


def test_the_second_of_two_stewards_is_told_and_changes_nothing():
    stored(a_service(phones=(a_phone(),)))
    suggest(said(Wrong.PHONE, instead="510-555-0188"), on=TODAY)
    told = one_told()
    mark = beside(told).seen
    answered(confirm_told, told, seen=mark)
    before = everything_stored()

    assert refused("answered-already", write_number, told, seen=mark)
    assert refused("answered-already", confirm_told, told, seen=mark)

    assert everything_stored() == before
    assert last_answer(PLACE, Wrong.PHONE).role == "steward"


def test_what_changed_since_the_page_was_opened_is_not_answered_by_an_old_page():
    stored(a_service(phones=(a_phone(),)))
    suggest(said(Wrong.PHONE), on=TODAY)
    told = one_told()
    mark = beside(told).seen
    suggest(said(Wrong.PHONE, note="it rings out"), on=TODAY)

    assert refused("changed-meanwhile", confirm_told, told, seen=mark)
    assert one_told().times == 2


def test_something_else_has_nothing_to_confirm_and_is_put_aside_and_taken_back():
    stored(a_service())
    suggest(said(Wrong.OTHER, note="the ramp is broken"), on=TODAY)
    told = one_told()
    assert refused("nothing-to-confirm", confirm_told, told)

    put_aside(told, seen=beside(told).seen, actor=STEWARD, on=TODAY)

    assert told_page().total == 0
    assert take_back_aside(listing=PLACE, wrong=Wrong.OTHER, on=TODAY) == 1
    assert one_told().wrong is Wrong.OTHER


def test_hours_in_words_are_never_confirmed_at_once():
    stored(a_service(rules=(), hours_text="Mondays, ring twice"))
    suggest(said(Wrong.HOURS), on=TODAY)

    assert refused("nothing-to-confirm", confirm_told, one_told())


def test_what_was_written_in_a_form_answers_what_waits_until_it_is_undone():
    stored(a_service())
    suggest(said(), on=TODAY)
    shown = beside(one_told())
    act = publish(
        listings=[shown.desk], publicity=Publicity.CLOSED, actor=STEWARD, on=TODAY, at=AT
    ).act

    what = {"listing": PLACE, "wrong": Wrong.CLOSED, "actor": STEWARD, "on": TODAY, "act": act}
    assert mark_written(**what, read=[]) == 0
    assert mark_written(**what, read=map(read_mark, shown.words)) == 1

    assert told_page().total == 0
    undo_act(act_id=act, at=AT)
    assert told_page().total == 1


def test_a_listing_that_is_gone_leaves_the_words_and_can_be_put_aside():
    suggest(said(), on=TODAY)
    told = one_told()
    shown = beside(told)

    assert (shown.desk, shown.lines) == (None, ())
    put_aside(told, seen=shown.seen, actor=STEWARD, on=TODAY)
    assert told_page().total == 0


def test_what_was_said_of_a_record_that_became_part_of_another_leads_to_the_one_that_stayed():
    stored(a_service())
    first, gone = an_id("a service before"), an_id("a service in between")
    for old, new in ((first, gone), (gone, SERVICE)):
        stamps = {"created_at": AT, "updated_at": AT}
        Alias.objects.create(object_type="directory.service", said=old, stands_for=new, **stamps)
    suggest(said(Wrong.HOURS, listing=an_id("a place before"), service=first), on=TODAY)

    shown = beside(one_told())

    assert shown.desk.service.id == SERVICE
    answered(confirm_told)
    assert told_page().total == 0


def two_listings_merged():
    """Say of each of two doubles on its own day that it is closed, then put them together."""
    doubles = [
        a_service(
            name,
            id=an_id(f"service {name}"),
            organization=OrganizationDraft(an_id(f"organization {name}"), f"Org {name}"),
            places=(a_place(name),),
        )
        for name in ("ours", "theirs")
    ]
    stored(*doubles)
    location = Location.objects.get(id=an_id("location ours"))
    ServiceAtLocation.objects.filter(id=an_id("place theirs")).update(location=location)
    for day, name in ((TODAY, "theirs"), (TOMORROW, "ours")):
        where = {"listing": an_id(f"place {name}"), "service": an_id(f"service {name}")}
        suggest(said(**where, note=f"said of {name}"), on=day)
    assert alerting() == frozenset()
    wanted = Merge(Kind.SERVICE, an_id("service ours"), an_id("service theirs"))
    return merge(wanted=wanted, actor=STEWARD, on=TODAY, at=AT)


def test_closed_on_two_days_is_an_alert_across_a_merge_and_is_said_once():
    two_listings_merged()

    told = one_told()

    place, service = an_id("place ours"), an_id("service ours")
    assert (told.listing, told.service, told.times) == (place, service, 2)
    assert told.is_alert
    assert (alerting(), count_told()) == ({place}, (1, 1))
    for key in (place, service, an_id("place theirs"), an_id("service theirs")):
        assert told_about([key]) == [told]
    assert [each.note for each in beside(told).words] == ["said of ours", "said of theirs"]


def test_one_answer_answers_what_was_said_before_a_merge_and_after_it():
    two_listings_merged()

    answered(confirm_told)

    assert told_page().total == 0


def test_a_page_from_before_a_merge_shows_what_was_said_of_the_record_that_stayed():
    two_listings_merged()

    told = replace(one_told(), listing=an_id("place theirs"), service=an_id("service theirs"))

    assert beside(told) == beside(one_told())
    put_aside(told, seen=beside(told).seen, actor=STEWARD, on=TOMORROW)
    assert take_back_aside(listing=told.listing, wrong=told.wrong, on=TOMORROW) == 2


def test_when_a_merge_is_undone_each_listing_has_its_own_words_again():
    act = two_listings_merged()

    undo_act(act_id=act, at=AT + timedelta(hours=1))

    assert alerting() == frozenset()
    assert {each.listing for each in told_page().rows} == {
        an_id("place ours"),
        an_id("place theirs"),
    }
