"""What tribal partners ask of a release, as values for `disclosure`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tejido.disclosure.domain.partners import PartnerRule
from tejido.disclosure.queries import releases_of
from tejido.foundation.quarters import Quarter, quarter_of, quarters_over
from tejido.foundation.scope import member_scope, network_scope
from tejido.network.models import Event, Member, ReleaseAnswer, ReleaseRule

YEARS_ASKED = 2
MARKED, UNMARKED = MARKS = ("mark.tribal-partner", "unmark.tribal-partner")


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """A tribal partner's rule before one release.

    Attributes:
        member: what it is called.
        words_en, words_es: its own words about it.
        rule: what `disclosure` needs.
    """

    member: str
    words_en: str
    words_es: str
    rule: PartnerRule


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What a partner answered to one release, by whom and when."""

    period: str
    says_yes: bool
    signed_as: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """The mark of a tribal partner was set or taken off, by a member of this name ('': gone)."""

    is_set: bool
    by_member: str
    at: datetime


def partners_before(subject: str, period: str) -> list[PartnerSeen]:
    """Return what each tribal partner asks of one release, by name. Two queries."""
    with network_scope():
        rows = ReleaseRule.objects.select_related("member").order_by("set_at", "id")
        newest = {row.member_id: row for row in rows}
        answers = ReleaseAnswer.objects.filter(subject=subject, period=period)
        said = dict(answers.order_by("answered_at", "id").values_list("member_id", "says_yes"))
    found = [
        PartnerSeen(row.member.name, row.words_en, row.words_es, _rule(row, said))
        for row in newest.values()
        if row.holds
    ]
    return sorted(found, key=lambda each: each.member)


def rule_of(member_id: UUID) -> ReleaseRule | None:
    """Return the rule of a member that counts now, or None. One query."""
    with member_scope(member_id):
        newest: ReleaseRule | None = ReleaseRule.objects.order_by("-set_at", "-id").first()
    return newest if newest and newest.holds else None


def tribal_partners() -> dict[UUID, date]:
    """Return which members are marked as tribal partners, each since which day. One query."""
    marked = Member.objects.filter(tribal_partner_since__isnull=False)
    return {row.id: row.tribal_partner_since for row in marked if row.tribal_partner_since}


def last_mark(member_id: UUID) -> MarkSeen | None:
    """Return how the mark of a member was last set or taken off, or None. Two queries."""
    with member_scope(member_id):
        events = Event.objects.filter(act__in=MARKS, object_id=member_id)
        event = events.order_by("-happened_at", "-id").first()
    if event is None:
        return None
    marker = Member.objects.filter(id=event.facts.get("by_member")).first()
    return MarkSeen(event.act == MARKED, marker.name if marker else "", event.happened_at)


def may_keep_back(member_id: UUID) -> bool:
    """Return whether a member may write rules and answers: it is marked, or its rule holds.

    Whoever loses the mark keeps its word over what it keeps back already. Two queries.
    """
    return member_id in tribal_partners() or rule_of(member_id) is not None


def quarters_to_answer(subject: str, *, today: date) -> list[Quarter]:
    """Return the last quarters that are over and not released, the last first. One query."""
    done, running = {each.period for each in releases_of(subject)}, quarter_of(today)
    first = Quarter(running.year - YEARS_ASKED, running.number)
    waiting = [each for each in quarters_over(first.begins, today) if str(each) not in done]
    return waiting[::-1]


def answers_of(member_id: UUID, subject: str) -> list[AnswerSeen]:
    """Return what a member answered, the last first. One query."""
    with member_scope(member_id):
        rows = ReleaseAnswer.objects.filter(subject=subject).order_by("-answered_at", "id")
        return [
            AnswerSeen(row.period, row.says_yes, row.signed_as, row.answered_at) for row in rows
        ]


def _rule(row: ReleaseRule, said: dict[UUID, bool]) -> PartnerRule:
    return PartnerRule(
        places=frozenset(row.counties),
        threshold=row.threshold,
        says_yes=said.get(row.member_id, False),
    )
