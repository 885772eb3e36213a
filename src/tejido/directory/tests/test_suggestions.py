from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.domain.suggestions import (
    KEPT_DAYS,
    MOST_A_DAY,
    MOST_OF_A_KIND,
    WAITS_DAYS,
    Wrong,
)
from tejido.directory.models import Suggestion
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.suggestions import (
    alerting,
    count_told,
    told_about,
    told_page,
)
from tejido.directory.services import suggestions
from tejido.directory.services.suggestion_answers import (
    beside,
    confirm_told,
    put_aside,
)
from tejido.directory.services.suggestions import (
    SuggestionRefused,
    Taken,
    suggest,
)
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import a_phone, a_service, an_id, stored
from tejido.directory.tests.saying_wrong import (
    AT,
    PLACE,
    SERVICE,
    STEWARD,
    TODAY,
    TOMORROW,
    answered,
    forgotten,
    one_told,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]


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


def test_a_form_sent_again_as_another_thing_does_not_pass_the_three_of_a_day():
    others = [wrong for wrong in Wrong if wrong is not Wrong.CLOSED]
    for number in range(10):
        form = said(others[number % len(others)], note=f"first {number}")
        suggest(form, on=TODAY)
        assert suggest(said(id=form.id, note=f"then {number}"), on=TODAY) is Taken.AGAIN

    assert Suggestion.objects.filter(wrong="closed").count() == MOST_OF_A_KIND
    assert set(Suggestion.objects.values_list("note", flat=True)) >= {"then 0", "then 9"}


def test_what_only_counted_with_a_report_does_not_become_another_thing_with_it():
    forms = [said(Wrong.HOURS) for _ in range(5)]
    for form in forms:
        suggest(form, on=TODAY)
    counted = Suggestion.objects.get(further=2)

    suggest(said(id=counted.id, note="shut"), on=TODAY)

    row = Suggestion.objects.get(id=counted.id)
    assert (row.wrong, row.note, row.further) == ("hours", "shut", 2)


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


def test_what_was_answered_is_forgotten_after_its_days_and_what_waits_after_half_a_year():
    stored(a_service())
    suggest(said(), on=TODAY)
    answered(confirm_told)
    suggest(said(Wrong.OFFER), on=TODAY)

    assert forgotten(TODAY + timedelta(days=KEPT_DAYS)) == 0
    assert forgotten(TODAY + timedelta(days=KEPT_DAYS + 1)) == 1
    assert forgotten(TODAY + timedelta(days=WAITS_DAYS)) == 0
    assert forgotten(TODAY + timedelta(days=WAITS_DAYS + 1)) == 1
    assert not Suggestion.objects.exists()


def test_an_answer_that_was_undone_waits_and_is_not_forgotten_with_answers():
    stored(a_service())
    suggest(said(), on=TODAY)
    undo_act(act_id=answered(confirm_told), at=AT)

    assert forgotten(TODAY + timedelta(days=KEPT_DAYS + 1)) == 0
    assert forgotten(TODAY + timedelta(days=WAITS_DAYS + 1)) == 1


@pytest.mark.parametrize(
    "changes", [{"wrong": "made-up"}, {"answer": "made-up"}, {"answer": "aside"}]
)
def test_a_suggestion_that_makes_no_sense_is_not_stored(changes):
    whole = {"listing": PLACE, "service": SERVICE, "wrong": "closed", "language": "en"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.create(**whole | {"day": TODAY} | changes)
