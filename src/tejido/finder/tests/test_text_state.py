"""What is remembered of a conversation by text, for how long, and what never."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, connections

from tejido.finder.services import conversation
from tejido.finder.services.forgetting import Forgetting, forget_expired
from tejido.finder.testing import NOW, a_snapshot
from tejido.finder.tests.texting import Phone, kept, places

pytestmark = pytest.mark.django_db
NUMBER = "+15105550199"
NO_LIST = "We have no list to go on with"
TOO_MANY = (
    "That was many texts in one hour. Text again in an hour. If a life is in danger, call 911."
)


@pytest.fixture(autouse=True)
def published(settings, own_data_folder):
    cache.clear()
    a_snapshot(settings.SNAPSHOTS, places())


@pytest.fixture
def phone():
    return Phone(NUMBER)


def test_a_message_that_comes_twice_gets_the_same_answer_and_nothing_happens_twice(phone):
    phone.text("narcan oakland", own_id="SM-a")
    first = phone.text("MORE", own_id="SM-b")
    phone.later(minutes=5)

    assert phone.text("MORE", own_id="SM-b") == first
    assert phone.text("1").startswith("Green door\n")
    assert phone.text("MORE").startswith("Those were all")


def test_a_repeat_does_not_count(phone):
    answers = {phone.text("narcan oakland", own_id="SM-a") for _ in range(30)}

    assert len(answers) == 1
    assert phone.text("MORE").startswith("More:")


def test_the_conversation_is_forgotten_after_15_minutes(phone):
    phone.text("narcan oakland")
    phone.later(minutes=14, seconds=59)
    assert phone.text("1").startswith("Blue van")
    phone.later(minutes=15)

    assert phone.text("1").startswith(NO_LIST)


def test_two_phones_have_two_conversations(phone):
    phone.text("narcan oakland")

    assert Phone("+15105550198").text("1").startswith(NO_LIST)


def test_the_key_changes_each_day_and_with_it_every_name(phone):
    phone.text("narcan oakland")
    before = conversation._key(phone.now)
    phone.later(days=1, seconds=1)

    assert conversation._key(phone.now) != before
    assert phone.text("1").startswith(NO_LIST)


def test_the_eleventh_message_of_an_hour_is_told_so_once(phone):
    answers = [phone.text("narcan oakland") for _ in range(13)]

    assert answers[9].startswith("Near Oakland")
    assert answers[10:] == [TOO_MANY, "", ""]
    phone.later(minutes=61)
    assert phone.text("narcan oakland").startswith("Near Oakland")


def test_an_hour_begins_with_its_first_message(phone):
    for _ in range(5):
        phone.text("narcan oakland")
    phone.later(minutes=59)
    for _ in range(5):
        phone.text("narcan oakland")
    assert phone.text("narcan oakland") == TOO_MANY
    phone.later(minutes=2)

    assert phone.text("narcan oakland").startswith("Near Oakland")


@pytest.mark.parametrize(
    ("words", "answer"), [("od", "Not breathing? Call 911"), ("mental health", "Call or text 988")]
)
def test_what_cannot_wait_is_answered_however_often(phone, words, answer):
    for _ in range(12):
        phone.text("narcan oakland")

    assert phone.text(words).startswith(answer)
    phone.text("STOP")
    assert phone.text(words).startswith(answer)


def test_our_own_people_may_try_it_out_more_often(phone):
    answers = [phone.text("narcan oakland", limited=False) for _ in range(15)]

    assert len(set(answers)) == 1


def test_stop_is_confirmed_once_and_then_nothing_is_sent_until_start(phone):
    phone.text("narcan oakland")

    assert phone.text("STOP").startswith("You get no more texts from Tejido.")
    assert [phone.text(words) for words in ("stop", "narcan oakland", "MORE")] == ["", "", ""]
    assert phone.text("HELP").startswith("Tejido: find help")
    assert phone.text("START").startswith("Tejido: find help")
    assert phone.text("1").startswith(NO_LIST)
    assert phone.text("narcan oakland").startswith("Near Oakland")


def test_stop_is_heard_after_too_many_messages(phone):
    for _ in range(12):
        phone.text("narcan oakland")

    assert phone.text("ALTO").startswith("Ya no recibe mensajes")


def test_neither_number_nor_words_nor_their_place_are_kept(phone):
    for words in ("zanate7731 narcan oakland sunday 3pm", "1", "MORE", "zanate7731", "STOP"):
        phone.text(words, own_id=f"SM-{words}")

    found = repr(kept())
    traces = (NUMBER, NUMBER[2:], "zanate7731", "akland", "SM-", "narcan")
    assert len(kept()) >= 5
    assert [trace for trace in traces if trace in found] == []


@pytest.mark.postgres
def test_rows_whose_time_is_over_are_taken_away_by_the_next_message(phone):
    phone.text("narcan oakland")
    rows = len(kept())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tejido_cache SET expires = %s", [phone.now - timedelta(seconds=1)])

    Phone("+15105550198").text("HELP")

    assert len(kept()) <= rows


@pytest.mark.postgres
def test_what_is_over_is_forgotten_without_another_message(phone):
    phone.text("narcan oakland")

    assert forget_expired(phone.now + timedelta(minutes=16))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tejido_cache SET expires = %s", [phone.now])
    assert not forget_expired(phone.now + timedelta(seconds=1))
    assert kept() == []


@pytest.mark.postgres
def test_after_a_message_the_server_looks_again_by_itself_while_anything_is_left(
    phone, monkeypatch
):
    started = []
    monkeypatch.setattr("threading.Timer.start", lambda timer: started.append(timer))
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(conversation, "FORGETTING", Forgetting(after_s=900))

    for _ in range(3):
        phone.text("narcan oakland")
    (timer,) = started
    timer.function()
    cache.clear()
    started[-1].function()

    assert [(each.interval, each.daemon) for each in started] == [(900, True)] * 2


@pytest.mark.postgres
def test_while_the_database_is_stopped_forgetting_is_tried_again(monkeypatch, caplog):
    started = []
    monkeypatch.setattr("threading.Timer.start", lambda timer: started.append(timer))
    monkeypatch.setattr(connections, "close_all", lambda: None)

    with connection.execute_wrapper(refuse):
        Forgetting(after_s=900).look()

    assert len(started) == 1
    assert "tried again later" in caplog.text


def test_in_memory_there_is_nothing_to_look_for(monkeypatch, settings):
    settings.EMBEDDED = True
    monkeypatch.setattr("threading.Timer.start", lambda _timer: pytest.fail("it looks"))

    Forgetting(after_s=900).begin()

    assert not forget_expired(NOW)


def refuse(*_):
    raise OperationalError("the database is stopped")


@pytest.mark.postgres
def test_without_the_database_each_message_is_still_answered(phone):
    with connection.execute_wrapper(refuse):
        assert phone.text("narcan oakland").startswith("Near Oakland")
        assert phone.text("1").startswith(NO_LIST)
