"""A tribal partner says what may be released about it: a rule for all, an answer for each."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.foundation.days import local_day
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.domain.members import is_california_county
from tejido.network.domain.permissions import Permission
from tejido.network.models import ReleaseAnswer, ReleaseRule
from tejido.network.models.release_rules import USUAL_THRESHOLD
from tejido.network.queries.access import require
from tejido.network.queries.release_rules import may_keep_back, quarters_to_answer
from tejido.network.services.events import note_event
from tejido.network.services.turns import take_turn

LONGEST_NAME = 80
PERIOD_CLOSED = _("This quarter is not over yet, or it is released already. Choose another one.")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")


class ReleaseRuleRefused(Refused):
    """A rule or an answer that cannot be kept as asked."""


@dataclass(frozen=True, slots=True)
class RuleIn:
    """What a partner asks: its counties (five digits each), threshold, words; or nothing more."""

    counties: Collection[str]
    threshold: int = USUAL_THRESHOLD
    words_en: str = ""
    words_es: str = ""
    holds: bool = True


def set_rule(*, member_id: UUID, rule: RuleIn, by: UUID, at: datetime) -> None:
    """Store what a tribal partner asks of every release from now on.

    Raises:
        MemberUnknown, NotAllowed: `by` does not decide that there.
        ReleaseRuleRefused: `not-tribal-partner`, `county-unknown`, `threshold-low`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        _require(by, member_id)
        known = all(map(is_california_county, rule.counties))
        if not known or (rule.holds and not rule.counties):
            raise ReleaseRuleRefused("county-unknown", _("Choose the counties"))
        if rule.threshold < USUAL_THRESHOLD:
            raise ReleaseRuleRefused("threshold-low", _("Write 11 or more"))
        row = ReleaseRule.objects.create(
            member_id=member_id,
            holds=rule.holds,
            counties=sorted(rule.counties),
            threshold=rule.threshold,
            words_en=rule.words_en.strip(),
            words_es=rule.words_es.strip(),
            set_by=by,
            set_at=at,
        )
        note_event(member_id=member_id, act="set.release-rule", object_id=row.id, by=by, at=at)


def answer_release(
    *,
    member_id: UUID,
    subject: str,
    period: str,
    says_yes: bool,
    signed_as: str,
    by: UUID,
    at: datetime,
) -> None:
    """Store a partner's yes or no to one release; the newest counts until it has left.

    Raises:
        MemberUnknown, NotAllowed: `by` does not decide that there.
        ReleaseRuleRefused: `not-tribal-partner`, `period-unknown`, `period-closed`: it is not
            over, or has left; `name-empty`.
    """
    with transaction.atomic(), member_scope(member_id):
        take_turn(member_id)
        _require(by, member_id)
        if not _QUARTER.fullmatch(period):
            raise ReleaseRuleRefused("period-unknown", _("Choose a quarter"))
        waiting = quarters_to_answer(subject, today=local_day(at))
        if period not in map(str, waiting):
            raise ReleaseRuleRefused("period-closed", PERIOD_CLOSED)
        if not 0 < len(signed_as.strip()) <= LONGEST_NAME:
            raise ReleaseRuleRefused("name-empty", _("Write your name to sign"))
        row = ReleaseAnswer.objects.create(
            member_id=member_id,
            subject=subject,
            period=period,
            says_yes=says_yes,
            signed_as=signed_as.strip(),
            person=by,
            answered_at=at,
        )
        note_event(member_id=member_id, act="answer.release", object_id=row.id, by=by, at=at)


def _require(by: UUID, member_id: UUID) -> None:
    require(by, member_id, Permission.RELEASE_OWN)
    if not may_keep_back(member_id):
        raise ReleaseRuleRefused(
            "not-tribal-partner",
            _(
                "Only tribal partners keep counts back. Ask a network coordinator to mark your "
                "member as one."
            ),
        )
