from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.suggestions import (
    KEPT_DAYS,
    MOST_A_DAY,
    MOST_OF_A_KIND,
    PARTS,
    WAITS_DAYS,
    Answer,
    Said,
    Wrong,
)
from tejido.directory.models import Phone, Service, Suggestion
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.suggestions import (
    alerting,
    count_told,
    last_answer,
    told_about,
    told_page,
)
from tejido.directory.services import suggestions
from tejido.directory.services.acts import Actor
from tejido.directory.services.publishing import Publicity, publish
from tejido.directory.services.suggestion_answers import (
    AnswerRefused,
    beside,
    confirm_told,
    mark_written,
    put_aside,
    take_back_aside,
    write_number,
)
from tejido.directory.services.suggestions import (
    SuggestionRefused,
    Taken,
    forget_suggestions,
    suggest,
)
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_phone, a_place, a_service, an_id, everything_stored, stored

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
SERVICE = an_id("service Naloxone")
PLACE = an_id("place Naloxone van")
STEWARD = Actor(role="steward")


@pytest.fixture(autouse=True)
def nothing_sent_before():
    cache.clear()


def said(wrong=Wrong.CLOSED, **changes):
    fixed = {"id": uuid4(), "listing": PLACE, "service": SERVICE, "wrong": wrong}
    return Said(**{**fixed, "note": "", "instead": "", "language": "en", **changes})


def one_told():
    (told,) = told_page().rows
    return told


def answered(store, told=None, on=TODAY, seen=None):
    told = told or one_told()
    mark = beside(told).seen if seen is None else seen
    return store(told, seen=mark, actor=STEWARD, on=on, at=AT)


def refused(code, store, told, seen=None):
    with pytest.raises(AnswerRefused) as refusal:
        answered(store, told, seen=seen)
    return refusal.value.code == code


def test_no_report_changes_what_everybody_sees():
    stored(a_service(phones=(a_phone(),)))
    before = repr(list(public_listings()))

    for day in range(10):
        for wrong in Wrong:
            words = said(wrong, note="It is closed for good", instead="510-555-0188")
            suggest(words, on=TODAY + timedelta(days=day))

    assert alerting() == {PLACE}
    assert repr(list(public_listings())) == before


def test_what_one_form_sends_twice_is_one_and_its_last_words_hold():
    first = said(note="shut")
    assert suggest(first, on=TODAY) is Taken.KEPT

    again = said(Wrong.HOURS, id=first.id, note="shut on Mondays")
    assert suggest(again, on=TODAY) is Taken.AGAIN

    row = Suggestion.objects.get()
    assert (row.wrong, row.note) == ("hours", "shut on Mondays")


def test_a_form_that_was_answered_meanwhile_changes_nothing_any_more():
    stored(a_service())
    first = said(note="shut")
    suggest(first, on=TODAY)
    answered(confirm_told)

    assert suggest(said(id=first.id, note="other"), on=TODAY) is Taken.AGAIN

    assert Suggestion.objects.get().note == "shut"


def test_a_flood_of_one_kind_about_one_listing_is_counted_and_fills_nothing():
    forms = [said() for _ in range(50)]
    taken = [suggest(form, on=TODAY) for form in forms]

    assert taken.count(Taken.KEPT) == MOST_OF_A_KIND
    assert suggest(forms[-1], on=TODAY) is Taken.AGAIN
    assert Suggestion.objects.count() == MOST_OF_A_KIND
    assert one_told().times == 50


def test_a_flood_of_one_kind_keeps_no_other_kind_and_no_other_day_out():
    for _ in range(20):
        suggest(said(Wrong.HOURS), on=TODAY)

    assert suggest(said(Wrong.CLOSED), on=TODAY) is Taken.KEPT
    assert suggest(said(Wrong.HOURS), on=TOMORROW) is Taken.KEPT


def test_more_than_people_send_on_a_day_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_A_DAY", 2)
    for number in range(2):
        suggest(said(listing=an_id(f"place {number}")), on=TODAY)

    with pytest.raises(SuggestionRefused, match="Too many reports came today"):
        suggest(said(), on=TODAY)

    assert suggest(said(), on=TOMORROW) is Taken.KEPT
    assert MOST_A_DAY == 500


def test_only_the_day_is_kept_and_ids_do_not_tell_in_which_order_words_came():
    suggest(said(note="closed"), on=TODAY)

    kept = Suggestion.objects.values().get()

    assert {type(value) for value in kept.values()} <= {type(None), str, int, date, type(PLACE)}
    assert kept["day"] == TODAY


@pytest.mark.parametrize(
    ("days", "is_alert"), [((0,), False), ((0, 0, 0), False), ((0, 1), True), ((0, 20), True)]
)
def test_closed_on_two_days_is_an_alert_and_twice_on_one_day_is_none(days, is_alert):
    for day in days:
        suggest(said(), on=TODAY + timedelta(days=day))

    assert (alerting() == {PLACE}) is is_alert
    assert one_told().is_alert is is_alert
    assert count_told() == (1, int(is_alert))


@pytest.mark.parametrize("wrong", [each for each in Wrong if each is not Wrong.CLOSED])
def test_other_reports_on_two_days_are_no_alert(wrong):
    suggest(said(wrong), on=TODAY)
    suggest(said(wrong), on=TOMORROW)

    assert alerting() == frozenset()


def test_closed_at_two_places_of_one_service_is_no_alert():
    suggest(said(), on=TODAY)
    suggest(said(listing=an_id("place Other")), on=TOMORROW)

    assert alerting() == frozenset()


def test_a_confirmation_between_two_days_does_not_hide_the_second_from_the_alert():
    stored(a_service())
    suggest(said(), on=TODAY)
    answered(confirm_told)
    assert told_page().total == 0

    suggest(said(), on=TOMORROW)

    assert alerting() == {PLACE}


def test_what_a_steward_put_aside_counts_for_no_alert():
    suggest(said(), on=TODAY)
    told = one_told()
    put_aside(told, seen=beside(told).seen, actor=STEWARD, on=TODAY)

    suggest(said(), on=TOMORROW)

    assert alerting() == frozenset()


def test_alerts_come_first_and_then_the_newest():
    suggest(said(listing=an_id("a"), service=an_id("sa")), on=TODAY - timedelta(days=9))
    suggest(said(listing=an_id("a"), service=an_id("sa")), on=TODAY - timedelta(days=8))
    suggest(said(Wrong.HOURS, listing=an_id("b"), service=an_id("sb")), on=TODAY)
    suggest(said(Wrong.PHONE, listing=an_id("c"), service=an_id("sc")), on=TOMORROW)

    rows = told_page().rows

    assert [row.listing for row in rows] == [an_id("a"), an_id("c"), an_id("b")]


def test_what_waits_is_found_from_the_service_and_from_its_place():
    suggest(said(), on=TODAY)

    assert [each.wrong for each in told_about([SERVICE])] == [Wrong.CLOSED]
    assert [each.wrong for each in told_about([PLACE])] == [Wrong.CLOSED]
    assert told_about([an_id("elsewhere")]) == []


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
    )

    assert mark_written(listing=PLACE, wrong=Wrong.CLOSED, actor=STEWARD, on=TODAY, act=act) == 1

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


def test_what_was_answered_is_forgotten_after_its_days_and_what_waits_after_half_a_year():
    stored(a_service())
    suggest(said(), on=TODAY)
    answered(confirm_told)
    suggest(said(Wrong.OFFER), on=TODAY)

    assert forget_suggestions(on=TODAY + timedelta(days=KEPT_DAYS)) == 0
    assert forget_suggestions(on=TODAY + timedelta(days=KEPT_DAYS + 1)) == 1
    assert forget_suggestions(on=TODAY + timedelta(days=WAITS_DAYS)) == 0
    assert forget_suggestions(on=TODAY + timedelta(days=WAITS_DAYS + 1)) == 1
    assert not Suggestion.objects.exists()


def test_an_answer_that_was_undone_waits_and_is_not_forgotten_with_answers():
    stored(a_service())
    suggest(said(), on=TODAY)
    undo_act(act_id=answered(confirm_told), at=AT)

    assert forget_suggestions(on=TODAY + timedelta(days=KEPT_DAYS + 1)) == 0
    assert forget_suggestions(on=TODAY + timedelta(days=WAITS_DAYS + 1)) == 1


@pytest.mark.parametrize(
    "changes", [{"wrong": "made-up"}, {"answer": "made-up"}, {"answer": "aside"}]
)
def test_a_suggestion_that_makes_no_sense_is_not_stored(changes):
    whole = {"listing": PLACE, "service": SERVICE, "wrong": "closed", "language": "en"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.create(**whole | {"day": TODAY} | changes)
