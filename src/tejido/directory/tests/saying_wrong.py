"""What anybody says is wrong with the listing of the tests, and a steward who answers."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from tejido.directory.domain.suggestions import Said, Wrong
from tejido.directory.queries.suggestions import told_page
from tejido.directory.services.acts import Actor
from tejido.directory.services.suggestion_answers import beside
from tejido.directory.testing import an_id

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
