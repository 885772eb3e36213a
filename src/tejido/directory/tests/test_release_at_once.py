"""A tribal partner answers while its counts are being released, on a connection of its own."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waits
from datetime import date

import pytest
from django.db import connection

from tejido.directory.queries.unmet import SUBJECT, released_unmet
from tejido.directory.services import release_unmet as releasing
from tejido.directory.tests.test_release_unmet import (
    FRESNO,
    LATE,
    THIRD,
    WHO,
    count,
    places,
)
from tejido.network.domain.roles import Role
from tejido.network.services.release_rules import (
    ReleaseRuleRefused,
    RuleIn,
    answer_release,
    set_rule,
)
from tejido.network.testing import a_person, a_tribal_partner

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["places"]


def test_a_no_that_comes_while_counts_leave_is_told_that_they_have_left(kept, monkeypatch):
    partner = a_tribal_partner()
    ana = a_person(partner, Role.PROGRAM_MANAGER)
    set_rule(member_id=partner.id, rule=RuleIn(counties=[FRESNO]), by=ana.id, at=LATE)
    count(date(2026, 7, 4), fresno=60, kern=90)

    def answer(*, says_yes):
        answer_release(
            member_id=partner.id,
            subject=SUBJECT,
            period=str(THIRD),
            says_yes=says_yes,
            signed_as="Ana Invented",
            by=ana.id,
            at=LATE,
        )

    def refused():
        try:
            answer(says_yes=False)
        except ReleaseRuleRefused as refusal:
            return refusal.code
        else:
            return ""
        finally:
            connection.close()

    def shown():
        try:
            releasing.release_unmet(quarter=THIRD, released_by=WHO, today=LATE.date(), at=LATE)
            return released_unmet()[0].tables["naloxone"].shown
        finally:
            connection.close()

    answer(says_yes=True)
    kept(0)
    leave = releasing.release
    came: list[Future[str]] = []

    with ThreadPoolExecutor(2) as people:

        def release_slowly(**what):
            came.append(people.submit(refused))
            with pytest.raises(Waits):
                came[0].result(timeout=1)
            return leave(**what)

        monkeypatch.setattr(releasing, "release", release_slowly)
        left = people.submit(shown).result()

    assert came[0].result() == "period-closed"
    assert left[FRESNO, "2026-Q3"] == 60
