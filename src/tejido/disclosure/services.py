"""Letting tables out: once, for good, and only after what left before them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release
from tejido.disclosure.queries import Tables, digest_of, written_tables
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
    after: int,
    released_by: UUID,
    at: datetime,
) -> UUID:
    """Write down what leaves; return the id of the release.

    Args:
        subject: what is counted, as `unmet-searches`.
        period: what the tables are about.
        tables: drafts made with `domain.releasing.draft_of` against every earlier release.
        rule: by which they were made.
        after: the number of the last release that they were made against, 0 for none.
        released_by: the person.
        at: when.

    Raises:
        ReleaseRefused: `nothing-to-show`; `released-meanwhile`, where somebody else released
            tables that these were not held against.
    """
    if not any(any(draft.shown.values()) for draft in tables.values()):
        raise ReleaseRefused(
            "nothing-to-show",
            _("Every count is too small to show. Wait for more, or release a longer time."),
        )
    written = written_tables(tables)
    try:
        with transaction.atomic(), network_scope():
            return Release.objects.create(
                subject=subject,
                number=after + 1,
                period=period,
                threshold=rule.threshold,
                shows_zero=rule.shows_zero,
                tables=written,
                digest=digest_of(written),
                released_by=released_by,
                released_at=at,
            ).id
    except IntegrityError as meanwhile:
        raise ReleaseRefused(
            "released-meanwhile",
            _("Somebody else released these counts just now. Look at theirs first."),
        ) from meanwhile
