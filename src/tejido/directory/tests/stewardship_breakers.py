"""Rows that the tables of stewardship refuse: name of the constraint -> what makes the row."""

from uuid import uuid4

from tejido.directory.models import (
    Act,
    Alias,
    Call,
    Clock,
    ConfirmLink,
    DuplicatePair,
    LastConfirmed,
    LinkAddress,
    Pace,
    ProposedChange,
    ProposedField,
    Suggestion,
)
from tejido.directory.testing import NAMES, NOON

STAMPS = {"created_at": NOON, "updated_at": NOON}
DAY = NOON.date()
SOMETHING_ELSE = uuid4()


def a_clock(**changes):
    row = {"group": "hours", "tier": "core", "kind": "fixed", "days": 90, "since": DAY}
    return Clock(**(row | changes), **STAMPS)


def a_pace(**changes):
    return Pace(**({"minutes_a_sheet": 10, "minutes_a_week": 60} | changes), **STAMPS)


def a_call(service, **changes):
    row = {"organization": service.organization_id, "at": NOON, "channel": "phone"}
    return Call(**(row | {"outcome": "no-answer"} | changes))


def an_address_of_who_said_stop(service):
    row = {"organization": service.organization_id, "address": "a@example.org", "language": "en"}
    return LinkAddress(**row, given_on=DAY, noted_at=NOON, stopped_at=NOON)


def a_link(service, **changes):
    row = {"organization": service.organization_id, "token_hash": "x", "made_at": NOON}
    return ConfirmLink(**(row | {"expires_on": DAY} | changes))


def a_pair(**changes):
    row = {"kind": "location", "one": NAMES, "other": uuid4(), "score": 0.9, "links": False}
    return DuplicatePair(**(row | {"mark": "x"} | changes), **STAMPS)


def a_pair_of_two():
    return a_pair(other=SOMETHING_ELSE)


def an_alias(**changes):
    row = {"object_type": "directory.location", "said": NAMES, "stands_for": NAMES}
    return Alias(**(row | changes), **STAMPS)


def a_part(service, **changes):
    row = {"listing": service, "organization": service.organization, "clock": 0, "since": DAY}
    return LastConfirmed(**(row | {"is_confirmed": True} | changes))


def a_part_that_stands(service):
    return a_part(service, clock=LastConfirmed.objects.filter(listing=service).first().clock)


def a_suggestion(**changes):
    row = {"listing": NAMES, "service": NAMES, "wrong": "closed", "language": "en", "day": DAY}
    return Suggestion(**(row | changes))


def a_proposal(**changes):
    return ProposedChange(
        **({"kind": "edit", "proposed_by": NAMES, "proposed_at": NOON} | changes)
    )


def a_field():
    proposal, _made = ProposedChange.objects.get_or_create(
        kind="edit", proposed_by=NAMES, proposed_at=NOON
    )
    return ProposedField(
        proposal=proposal, object_type="x", object_id=NAMES, field="address", language=""
    )


def again(make, *given):
    """Store one row, and return another like it."""
    make(*given).save()
    return make(*given)


def another_link(service):
    a_link(service).save()
    return a_link(service, token_hash="y")


def an_approved_act(service):
    return Act(
        kind="edit", at=NOON, state="done", source=service.source, actor=NAMES, second=NAMES
    )


def a_call_that_confirmed_unreached(service):
    return a_call(service, to_change=[["a", "b", "c", "d"]])


STEWARDSHIP_BREAKERS = {
    "directory_act_second_is_another": an_approved_act,
    "directory_alias_once": lambda _s: again(an_alias),
    "directory_call_words_known": lambda s: a_call(s, channel="pigeon"),
    "directory_call_only_who_was_reached_confirms": a_call_that_confirmed_unreached,
    "directory_clock_once_for_each": lambda _s: again(a_clock),
    "directory_clock_words_known": lambda _s: a_clock(group="weather"),
    "directory_clock_days_in_range": lambda _s: a_clock(days=0),
    "directory_clock_core_hours_run": lambda _s: a_clock(days=None),
    "directory_confirmlink_hash_not_empty": lambda s: a_link(s, token_hash=""),
    "directory_confirmlink_one_stands": another_link,
    "directory_duplicatepair_once": lambda _s: again(a_pair_of_two),
    "directory_duplicatepair_two_records": lambda _s: a_pair(other=NAMES),
    "directory_duplicatepair_kind_known": lambda _s: a_pair(kind="van"),
    "directory_duplicatepair_answer_known": lambda _s: a_pair(answer="maybe"),
    "directory_duplicatepair_score_share": lambda _s: a_pair(score=1.1),
    "directory_linkaddress_gone_once_stopped": an_address_of_who_said_stop,
    "directory_lastconfirmed_once_for_each": a_part_that_stands,
    "directory_lastconfirmed_clock_known": lambda s: a_part(s, clock=99),
    "directory_pace_sheet_takes_minutes": lambda _s: a_pace(minutes_a_sheet=0),
    "directory_pace_fits_a_week": lambda _s: a_pace(minutes_a_week=10_081),
    "directory_proposedchange_second_person": lambda _s: a_proposal(
        state="approved", decided_by=NAMES, decided_at=NOON
    ),
    "directory_proposedchange_act_after_yes": lambda s: a_proposal(
        act=Act.objects.get(source=s.source)
    ),
    "directory_proposedfield_once": lambda _s: again(a_field),
    "directory_suggestion_words_known": lambda _s: a_suggestion(wrong="ugly"),
    "directory_suggestion_answered_on_a_day": lambda _s: a_suggestion(answered_on=DAY),
    "directory_suggestion_program_names_a_record": lambda _s: a_suggestion(record=NAMES),
}
