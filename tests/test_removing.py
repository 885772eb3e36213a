"""What is over goes at night: nothing younger, everything older, once; unless it is on hold."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.db import DatabaseError, transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.config.held import RULES as OURS
from tejido.directory import held as directory_held
from tejido.directory.domain.import_runs import RunKind, RunState
from tejido.directory.models import ConfirmLink, ImportRun, LinkAddress, Suggestion, UnmetNeed
from tejido.foundation import removing
from tejido.foundation.days import local_day
from tejido.foundation.holds import HoldReason
from tejido.foundation.models import RuleKept
from tejido.foundation.removing import (
    RemovalFailed,
    RetentionRefused,
    begin_hold,
    end_hold,
    hold_now,
    remove_what_is_over,
    rules_now,
    set_days,
)
from tejido.foundation.scope import member_scope, network_scope
from tejido.foundation.testing import examples
from tejido.foundation.what_is_held import Rule, all_rules
from tejido.network.models import (
    Contact,
    ContactImport,
    Invitation,
    Member,
    OutMessage,
    PartnerCard,
)
from tejido.network.testing import a_member
from tests.over_at_members import (
    BY,
    a_book_that_stayed,
    a_card_that_stayed,
    a_removed_contact,
    a_sent_message,
    an_unconfirmed_address,
    days_of_addresses,
    days_of_removed,
    days_of_those_that_left,
    noon,
)

pytestmark = pytest.mark.django_db
# Ten to three in the morning in California.
AT = datetime(2026, 11, 22, 10, 50, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def dealt_with(day: date) -> None:
    a_suggestion(day, answer="aside", answered_on=day)


def waiting(day: date) -> None:
    a_suggestion(day)


def a_suggestion(day: date, **more: object) -> None:
    said = {"listing": uuid4(), "service": uuid4(), "wrong": "closed", "language": "en"}
    Suggestion.objects.create(**said, day=day, **more)


def unmet(day: date) -> None:
    with network_scope():
        need = {"concept": uuid4().hex, "county_fips": "06019", "searches": 1}
        UnmetNeed.objects.create(**need, day=day)


def a_link(day: date) -> None:
    told = {"organization": uuid4(), "token_hash": uuid4().hex, "made_at": noon(day)}
    ConfirmLink.objects.create(**told, expires_on=day)


def a_link_address(day: date) -> None:
    told = {"organization": uuid4(), "address": "a@example.org", "given_on": day}
    written = noon(day) - timedelta(days=1)
    LinkAddress.objects.create(**told, language="en", noted_at=written, tried_at=noon(day))


def a_run(day: date, state: RunState) -> None:
    member = Member.objects.get()
    with member_scope(member.id):
        ImportRun.objects.create(
            member=member, by=BY, at=noon(day), file_name="a", kind=RunKind.TABLE, state=state
        )


def brought(day: date) -> None:
    a_run(day, RunState.NEW)


def read_in(day: date) -> None:
    a_run(day, RunState.DONE)


def a_table_of_contacts(day: date) -> None:
    member = Member.objects.get()
    with member_scope(member.id):
        told = {"file_name": "a", "brought_by": BY, "brought_at": noon(day)}
        ContactImport.objects.create(member=member, **told)


def an_invitation(day: date) -> None:
    member = Member.objects.get()
    with member_scope(member.id):
        told = {"called": "Ana", "roles": [], "token_hash": uuid4().hex, "made_by": BY}
        times = {"made_at": noon(day) - timedelta(days=14), "expires_at": noon(day)}
        Invitation.objects.create(member=member, **told, **times)


def days_of_members(model: Any, column: str) -> list[date]:
    with member_scope(Member.objects.get().id):
        return [local_day(at) for at in model.objects.values_list(column, flat=True)]


def a_report(day: date) -> None:
    of_a_day(folder("imports") / f"{uuid4()}.csv", day)


def a_check(day: date) -> None:
    of_a_day(folder("checks", "member", str(uuid4())), day)


def folder(*names: str) -> Path:
    path = Path(project.DATA).joinpath(*names)
    path.mkdir(parents=True, exist_ok=True)
    return path


def of_a_day(path: Path, day: date) -> None:
    if not path.exists():
        path.touch()
    os.utime(path, (noon(day).timestamp(),) * 2)


def a_task(day: date) -> None:
    told = {"task_path": "a.b", "args_kwargs": {"args": [], "kwargs": {}}, "priority": 0}
    names = {"queue_name": "default", "backend_name": "default", "status": "SUCCESSFUL"}
    DBTaskResult.objects.create(
        **told, **names, finished_at=noon(day), exception_class_path="", traceback=""
    )


def days_of_runs(state: RunState) -> list[date]:
    with member_scope(Member.objects.get().id):
        return [local_day(run.at) for run in ImportRun.objects.filter(state=state)]


def days_of_files(*pattern: str) -> list[date]:
    paths = Path(project.DATA).glob("/".join(pattern))
    return [local_day(datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in paths]


def days_of_unmet() -> list[date]:
    with network_scope():
        return list(UnmetNeed.objects.values_list("day", flat=True))


# Of each rule: something that is over on a day, and the days of what is left.
KINDS: dict[str, tuple[Callable[[date], None], Callable[[], list[date]]]] = {
    "suggestions-answered": (
        dealt_with,
        lambda: list(Suggestion.objects.values_list("answered_on", flat=True)),
    ),
    "suggestions-waiting": (
        waiting,
        lambda: list(Suggestion.objects.values_list("day", flat=True)),
    ),
    "unmet-counts": (unmet, days_of_unmet),
    "confirm-links": (
        a_link,
        lambda: list(ConfirmLink.objects.values_list("expires_on", flat=True)),
    ),
    "link-addresses": (
        a_link_address,
        lambda: [local_day(row.tried_at) for row in LinkAddress.objects.all() if row.tried_at],
    ),
    "import-uploads": (brought, lambda: days_of_runs(RunState.NEW)),
    "import-runs": (read_in, lambda: days_of_runs(RunState.DONE)),
    "import-reports": (a_report, lambda: days_of_files("imports", "*.csv")),
    "feed-checks": (a_check, lambda: days_of_files("checks", "*", "*")),
    "contact-tables": (a_table_of_contacts, lambda: days_of_members(ContactImport, "brought_at")),
    "books-of-members-that-left": (a_book_that_stayed, lambda: days_of_those_that_left(Contact)),
    "cards-of-members-that-left": (
        a_card_that_stayed,
        lambda: days_of_those_that_left(PartnerCard),
    ),
    "contacts-removed": (a_removed_contact, days_of_removed),
    "messages": (a_sent_message, lambda: days_of_members(OutMessage, "ended_at")),
    "addresses-not-confirmed": (an_unconfirmed_address, days_of_addresses),
    "invitations": (an_invitation, lambda: days_of_members(Invitation, "expires_at")),
    "tasks": (
        a_task,
        lambda: [local_day(each.finished_at) for each in DBTaskResult.objects.all()],
    ),
}


@contextmanager
def a_night(path: Path) -> Iterator[None]:
    """Let what a block does to tables and files be undone."""
    before, project.DATA = project.DATA, path / uuid4().hex
    try:
        with transaction.atomic():
            a_member()
            yield
            transaction.set_rollback(True)
    finally:
        project.DATA = before


def is_over(name: str, day: date, days: int) -> bool:
    first = TODAY - timedelta(days=days)
    return day < (date(first.year, 1, 1) if name == "unmet-counts" else first)


def test_every_rule_is_tried() -> None:
    assert set(KINDS) == set(all_rules())


@pytest.mark.parametrize("name", KINDS)
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_nothing_younger_goes_and_nothing_older_stays(
    name: str, tmp_path: Path, data: st.DataObject
) -> None:
    plant, left = KINDS[name]
    rule = all_rules()[name]
    days = data.draw(st.integers(rule.shortest, rule.days))
    ages = data.draw(
        st.lists(st.integers(days - 2, days + 2) | st.integers(0, 2 * days + 400), max_size=9)
    )
    planted = [TODAY - timedelta(days=max(0, age)) for age in ages]
    with a_night(tmp_path):
        set_days(name=name, days=days, by=BY, at=AT)
        for day in planted:
            plant(day)

        remove_what_is_over(AT, batch=data.draw(st.integers(1, 4)))

        kept = [day for day in planted if not is_over(name, day, days)]
        assert Counter(left()) == Counter(kept)
        assert rules_now()[name].removed == len(planted) - len(kept)
        assert remove_what_is_over(AT) == 0
        assert Counter(left()) == Counter(kept)
        assert rules_now()[name].removed == len(planted) - len(kept)


def test_rows_of_every_member_go(own_data_folder: Path) -> None:
    members = [a_member("Valley Harm Reduction"), a_member("Coast Harm Reduction")]
    for member in members:
        with member_scope(member.id):
            ImportRun.objects.create(
                member=member, by=BY, at=noon(date(2020, 1, 1)), file_name="a", state="done"
            )

    assert remove_what_is_over(AT, batch=1) == 2


def test_a_night_that_broke_off_goes_on_and_counts_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        waiting(date(2020, 1, 1))
    whole, calls = removing._note, []

    def breaks_off(name: str, gone: int, *, night: date) -> None:
        calls.append(name)
        if name == "suggestions-waiting" and calls.count(name) == 2:
            raise SystemExit
        whole(name, gone, night=night)

    monkeypatch.setattr(removing, "_note", breaks_off)
    with pytest.raises(SystemExit):
        remove_what_is_over(AT, batch=2)
    assert Suggestion.objects.count() == 3
    remove_what_is_over(AT, batch=2)

    assert not Suggestion.objects.exists()
    assert rules_now()["suggestions-waiting"].removed == 5


def test_a_rule_that_fails_keeps_no_other_from_being_applied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(before: date, limit: int) -> int:
        raise DatabaseError

    broken = Rule("broken", "it", "ever", 1, fail)
    monkeypatch.setattr(directory_held, "RULES", [broken, *directory_held.RULES])
    waiting(date(2020, 1, 1))

    with pytest.raises(RemovalFailed, match="broken"):
        remove_what_is_over(AT)

    assert not Suggestion.objects.exists()


def test_on_hold_nothing_goes_and_afterwards_everything_that_is_over() -> None:
    waiting(date(2020, 1, 1))
    hold = begin_hold(reason=HoldReason.SUBPOENA, by=BY, on=TODAY)

    assert remove_what_is_over(AT) == 0
    assert Suggestion.objects.count() == 1
    end_hold(hold_id=hold, by=BY, on=TODAY)
    assert remove_what_is_over(AT) == 1


def test_a_hold_is_heard_in_the_middle_of_a_night(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        waiting(date(2020, 1, 1))
    whole = removing._note

    def then_hold(name: str, gone: int, *, night: date) -> None:
        whole(name, gone, night=night)
        if gone:
            begin_hold(reason=HoldReason.SUBPOENA, by=BY, on=TODAY)

    monkeypatch.setattr(removing, "_note", then_hold)

    assert remove_what_is_over(AT, batch=1) == 1


def test_there_is_one_hold_at_a_time_and_it_ends_once() -> None:
    hold = begin_hold(reason=HoldReason.DISPUTE, by=BY, on=TODAY)

    with pytest.raises(RetentionRefused, match="on hold already"):
        begin_hold(reason=HoldReason.OTHER, by=BY, on=TODAY)
    end_hold(hold_id=hold, by=BY, on=TODAY)
    with pytest.raises(RetentionRefused, match="ended already"):
        end_hold(hold_id=hold, by=BY, on=TODAY)
    assert hold_now() is None
    begin_hold(reason=HoldReason.OTHER, by=BY, on=TODAY)


@pytest.mark.parametrize("days", [0, -1, 31, 40_000])
def test_a_rule_is_never_made_longer_than_it_is_built(days: int) -> None:
    with pytest.raises(RetentionRefused, match="from 1 to 30"):
        set_days(name="suggestions-answered", days=days, by=BY, at=AT)

    assert rules_now()["suggestions-answered"].days == 30


def test_a_rule_is_shortened_and_lengthened_again_up_to_what_is_built() -> None:
    assert set_days(name="suggestions-answered", days=3, by=BY, at=AT) == 30
    assert set_days(name="suggestions-answered", days=30, by=BY, at=AT) == 3


def test_a_rule_that_the_software_shortened_is_short_whatever_was_said_before() -> None:
    RuleKept.objects.create(name="tasks", days=90)

    assert rules_now()["tasks"].days == OURS[0].days == 7


def test_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(RetentionRefused, match="no such rule"):
        set_days(name="everything", days=1, by=BY, at=AT)
