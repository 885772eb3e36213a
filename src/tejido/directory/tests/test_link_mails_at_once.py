"""Two rounds, and a round and a steward, at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from tejido.directory.services.link_addresses import MailRefused
from tejido.directory.tests.mailing_links import AT, given, made_round, now
from tejido.directory.tests.test_confirm_links import core, old

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("mail_on")]
MONTHS = 5


@pytest.fixture
def due(kept):
    old(core())
    given()
    kept(0)


def at_once(*acts, at):
    ready = Barrier(len(acts))

    def do(act):
        ready.wait(timeout=20)
        try:
            act(at)
        except MailRefused as refusal:
            return refusal.code
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as several:
        return list(several.map(do, acts))


@pytest.mark.parametrize("acts", [(made_round,) * 3, (made_round, now), (now, now)])
@pytest.mark.usefixtures("due")
def test_whoever_sends_at_the_same_moment_one_letter_leaves_each_month(acts):
    counts = []
    for month in range(MONTHS):
        at_once(*acts, at=AT + timedelta(days=31 * month))
        counts.append(len(mail.outbox))

    assert counts == [1, 2, 3, 4, 5]
