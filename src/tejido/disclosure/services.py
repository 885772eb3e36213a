"""Letting tables out: once, for good, and only after what left before them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.disclosure.domain.guidelines import Judged
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release
from tejido.disclosure.queries import Tables, left_digest, written_judged, written_tables
from tejido.foundation.errors import Refused
from tejido.foundation.scope import network_scope


class ReleaseRefused(Refused):
    """Tables that stay where they are."""


def release(
    *,
    subject: str,
    period: str,
    tables: Tables,
    rule: Rule,
    judged: Judged | None,
    after: int,
    released_by: UUID,
    at: datetime,
    review: str = "",
) -> UUID:
    """Write down what leaves; return the id of the release.

    Args:
        subject: what is counted, as `unmet-searches`.
        period: what the tables are about.
        tables: drafts made with `domain.releasing.draft_of` against every earlier release.
        rule: by which they were made.
        judged: what `queries.judged` said of the tables; None where they show no number.
        after: the number of the last release that they were made against, 0 for none.
        released_by: the person.
        at: when.
        review: who looked at them and why they may leave, where the guidelines ask for that.

    Raises:
        ReleaseRefused: `nothing-to-show`; `not-reviewed`; `released-meanwhile`, where somebody
            else released tables that these were not held against.
    """
    if judged is None or not any(any(draft.shown.values()) for draft in tables.values()):
        raise ReleaseRefused(
            "nothing-to-show",
            _("Every count is too small to show. Wait for more, or release a longer time."),
        )
    if judged.needs_review and not review.strip():
        raise ReleaseRefused(
            "not-reviewed",
            _("The guidelines ask for a review. Say who looked, and why these numbers may leave."),
        )
    try:
        with transaction.atomic(), network_scope():
            return Release.objects.create(
                subject=subject,
                number=after + 1,
                period=period,
                threshold=rule.threshold,
                shows_zero=rule.shows_zero,
                released_by=released_by,
                released_at=at,
                **_sealed(tables, judged, review.strip() if judged.needs_review else ""),
            ).id
    except IntegrityError as meanwhile:
        raise ReleaseRefused(
            "released-meanwhile",
            _("Somebody else released these counts just now. Look at theirs first."),
        ) from meanwhile


def _sealed(tables: Tables, judged: Judged, review: str) -> dict[str, Any]:
    """Return the columns that the digest holds, and the digest."""
    stored = (written_tables(tables), judged.edition, written_judged(judged), review)
    names = ("tables", "edition", "judged", "review")
    return dict(zip(names, stored, strict=True)) | {"digest": left_digest(*stored)}
