"""What anybody says is wrong with the listing of the tests, and a steward who answers."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from tejido.directory.domain.suggestions import KEPT_DAYS, WAITS_DAYS, Said, Wrong
from tejido.directory.queries.suggestions import told_page
from tejido.directory.services.acts import Actor
from tejido.directory.services.forgetting import forget_answered, forget_waiting
from tejido.directory.services.suggestion_answers import beside
from tejido.directory.services.suggestions import suggest
from tejido.directory.testing import an_id
from tejido.directory.tests.desk_pages import address, fields_of

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
SERVICE = an_id("service Naloxone")
PLACE = an_id("place Naloxone van")
STEWARD = Actor(role="steward")


def said(wrong=Wrong.CLOSED, **changes):
    fixed = {"id": uuid4(), "listing": PLACE, "service": SERVICE, "wrong": wrong}
    return Said(**{**fixed, "note": "", "instead": "", "language": "en", **changes})


def one_told():
    (told,) = told_page().rows
    return told


def answered(store, told=None, seen=None):
    told = told or one_told()
    mark = beside(told).seen if seen is None else seen
    return store(told, seen=mark, actor=STEWARD, on=TODAY, at=AT)


def forgotten(on: date) -> int:
    """Remove what is over on a day, by the rules as they are built in; return how many rows."""
    answered = forget_answered(on - timedelta(days=KEPT_DAYS), 100)
    return answered + forget_waiting(on - timedelta(days=WAITS_DAYS), 100)


def told(wrong=Wrong.CLOSED, *, days_ago=0, **changes):
    suggest(said(wrong, **changes), on=timezone.localdate() - timedelta(days=days_ago))


def queue(client):
    return client.get(address("wrong"))


def form_in(page):
    (form,) = re.findall(r"<form[^>]*wrong/answer/.*?</form>", page.content.decode(), re.S)
    return fields_of(form)


def send(client, answer, page=None):
    sent = form_in(page or queue(client)) | {"answer": answer}
    return client.post(address("answer-wrong"), sent, follow=True)


def forms_of(page):
    found = re.findall(r'class="btn btn--2" href="([^"]+told=[^"]+)"', page.content.decode())
    return [each.replace("&amp;", "&") for each in found]
