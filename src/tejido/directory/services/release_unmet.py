"""Letting out what people looked for and did not find: by need, county and quarter."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.unmet_pools import Together
from tejido.directory.queries.unmet import (
    ALONE,
    RULE,
    SUBJECT,
    draft_unmet,
    ledger_of_unmet,
    unreleased_quarters,
)
from tejido.directory.queries.unmet_score import judged_unmet
from tejido.disclosure.services import ReleaseRefused, release
from tejido.foundation.quarters import Quarter
from tejido.network.services.turns import take_every_turn


@transaction.atomic
def release_unmet(
    *,
    quarter: Quarter,
    released_by: UUID,
    today: date,
    at: datetime,
    together: Together = ALONE,
    mark: str | None = None,
    review: str = "",
) -> UUID:
    """Let the searches of a quarter out, for good; return the id of the release.

    Args:
        quarter: over for a day.
        released_by: the person.
        today: the day.
        at: when.
        together: what is shown beside each county and the quarter by themselves.
        mark: of the draft that the person looked at; None where nobody did.
        review: who looked at it and why it may leave, where the guidelines ask for that.

    Raises:
        ReleaseRefused: `not-to-release`; `counts-changed` since they were looked at;
            `ledger-changed`, where a release is not as it left any more; and what
            `disclosure.services.release` refuses.
    """
    # Partners whose answer comes first are heard; those who come later read that it has left.
    take_every_turn()
    _check_ledger()
    if quarter not in unreleased_quarters(today=today):
        raise ReleaseRefused(
            "not-to-release",
            _("This quarter is not over, or is released already, or nothing was counted in it."),
        )
    draft = draft_unmet(quarter, together)
    if mark not in {None, draft.mark}:
        raise ReleaseRefused(
            "counts-changed", _("These numbers changed since you looked. Look at them again.")
        )
    return release(
        subject=SUBJECT,
        period=str(quarter),
        tables=draft.tables,
        rule=RULE,
        judged=judged_unmet(draft.tables),
        after=draft.after,
        released_by=released_by,
        at=at,
        review=review,
    )


def _check_ledger() -> None:
    """What was changed since it left cannot be reckoned with."""
    if not all(each.is_unchanged for each in ledger_of_unmet()):
        raise ReleaseRefused(
            "ledger-changed",
            _(
                "Somebody changed in the database what was released. Put the table back from a "
                "backup; until then nothing more is released."
            ),
        )
