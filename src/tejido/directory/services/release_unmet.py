"""Letting out what people looked for and did not find: by need, county and quarter."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.quarters import Quarter
from tejido.directory.queries.unmet import RULE, SUBJECT, draft_unmet, unreleased_quarters
from tejido.disclosure.services import ReleaseRefused, release


def release_unmet(*, quarter: Quarter, released_by: UUID, today: date, at: datetime) -> UUID:
    """Let the searches of a quarter out, for good; return the id of the release.

    Raises:
        ReleaseRefused: `not-to-release`, and what `disclosure.services.release` refuses.
    """
    if quarter not in unreleased_quarters(today=today):
        raise ReleaseRefused(
            "not-to-release",
            _("This quarter is not over, or is released already, or nothing was counted in it."),
        )
    draft = draft_unmet(quarter)
    return release(
        subject=SUBJECT,
        period=str(quarter),
        tables=draft.tables,
        rule=RULE,
        after=draft.after,
        released_by=released_by,
        at=at,
    )
