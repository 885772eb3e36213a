import json
import logging
import sys

import pytest

from tejido.foundation.private_logs import EventFormatter, JsonFormatter

CANARY = "canary 94606"
FORMAT = "%(levelname)s %(name)s %(message)s"


def written(name, message, *values, error=None):
    record = logging.LogRecord(name, logging.ERROR, "private_logs.py", 1, message, values, error)
    return EventFormatter(FORMAT).format(record)


def raised():
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise LookupError(CANARY) from error
    except LookupError:
        return sys.exc_info()


def test_our_own_sentences_are_written_in_full():
    assert (
        written("tejido.finder", "built %s listings", 46)
        == "ERROR tejido.finder built 46 listings"
    )


@pytest.mark.parametrize("name", ["django.request", "root", "tejidos", "allauth.account"])
def test_sentences_of_others_lose_their_values(name):
    assert written(name, "Not Found: %s", f"/find/{CANARY}") == f"ERROR {name} Not Found: %s"


def test_sentences_of_others_that_came_without_values_leave_only_their_place():
    text = written("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{CANARY}'")

    assert text == "ERROR django.security.DisallowedHost private_logs:1"


@pytest.mark.parametrize("name", ["django.request", "tejido.finder"])
def test_an_exception_keeps_its_kind_and_lines_but_not_its_words(name):
    text = written(name, "Internal Server Error", error=raised())

    assert CANARY not in text
    assert "ValueError" in text
    assert "LookupError" in text
    assert "test_private_logs.py" in text


def test_an_exception_that_another_handler_has_written_out_stays_out():
    record = logging.LogRecord("django", logging.ERROR, "", 1, "Failed", (), raised())
    logging.Formatter(FORMAT).format(record)

    assert CANARY not in EventFormatter(FORMAT).format(record)
    assert CANARY in record.exc_text


def as_json(name="tejido.finder", message="built", error=None, **fields):
    record = logging.LogRecord(name, logging.ERROR, "private_logs.py", 1, message, (), error)
    record.__dict__.update(fields)
    return json.loads(JsonFormatter().format(record))


def test_json_holds_only_fields_of_the_allow_list():
    told = as_json(actor="6f3a", round="backup", query=CANARY, ip="203.0.113.9")

    assert told == {
        "at": told["at"],
        "level": "ERROR",
        "from": "tejido.finder",
        "event": "built",
        "actor": "6f3a",
        "round": "backup",
    }


def test_json_of_an_exception_keeps_its_lines_and_not_its_words():
    told = as_json("django.request", CANARY, error=raised())

    assert CANARY not in json.dumps(told)
    assert "ValueError" in told["trace"]


def test_json_is_one_line_for_each_event():
    record = logging.LogRecord("tejido", logging.ERROR, "a.py", 1, "a\nb", (), raised())

    assert "\n" not in JsonFormatter().format(record)
