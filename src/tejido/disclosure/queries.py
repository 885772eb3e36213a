"""What has left, for pages and for the next release."""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tejido.disclosure.domain.guidelines import (
    Described,
    Edition,
    Judged,
    Score,
    judged_by,
)
from tejido.disclosure.domain.releasing import Draft
from tejido.disclosure.domain.suppression import Rule
from tejido.disclosure.models import Release
from tejido.foundation.quarters import quarters_in

Tables = Mapping[str, Draft]
GUIDELINES = Path(__file__).parent / "guidelines.toml"


@dataclass(frozen=True, slots=True)
class Released:
    """One release.

    Attributes:
        judged: what the guidelines said of it; None where nobody asked them.
        review: why it left although they asked for a review.
        is_unchanged: its tables, and what was said of them, are as they left.
    """

    id: UUID
    number: int
    period: str
    rule: Rule
    tables: Tables
    judged: Judged | None
    review: str
    released_at: datetime
    is_unchanged: bool


def edition_in_force() -> str:
    """Return the name of the edition by which tables are scored now."""
    name: str = tomllib.loads(GUIDELINES.read_text(encoding="utf-8"))["in_force"]
    return name


def judged(described: Described) -> Judged:
    """Return what the edition in force says of a table.

    Raises:
        KeyError: it knows no such variable or site.
    """
    name = edition_in_force()
    return judged_by(edition_of(name), name, described)


def edition_of(name: str) -> Edition:
    """Return an edition of the guidelines by which tables are scored.

    Raises:
        KeyError: there is none of that name.
    """
    edition: Edition = tomllib.loads(GUIDELINES.read_text(encoding="utf-8"))[name]
    return edition


def releases_of(subject: str) -> list[Released]:
    """Return every release of a subject, the first one first. One database query."""
    return [_released(row) for row in Release.objects.filter(subject=subject).order_by("number")]


def periods_released(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what the tables of some releases are about, such as `2026-Q3`. One query."""
    return dict(Release.objects.filter(id__in=list(ids)).values_list("id", "period"))


def period_words(period: str) -> str:
    """Return a period as people say it: April to June 2026, July to December 2026, or the year."""
    if "-Q" not in period:
        return period
    quarters = quarters_in(period)
    months = (quarters[0].begins, quarters[-1].ends)
    first, last = (date_format(day, "F") for day in months)
    words = {"first": first, "last": last, "year": quarters[0].year}
    return _("%(first)s to %(last)s %(year)s") % words


def written_tables(tables: Tables) -> dict[str, dict[str, list[list[Any]]]]:
    """Return tables as they are stored."""
    return {name: _written(draft) for name, draft in sorted(tables.items())}


def written_judged(said: Judged) -> dict[str, Any]:
    """Return what the guidelines said, as it is stored beside the name of the edition."""
    return {
        "described": {**asdict(said.described), "variables": [*said.described.variables]},
        "parts": [list(part) for part in said.score.parts],
        "mask_from": said.score.mask_from,
        "is_plain": said.is_plain,
    }


def left_digest(tables: Any, edition: str, judged: Any, review: str) -> str:
    """Return the digest of a release; of the tables alone where nobody scored them."""
    return digest_of([tables, edition, judged, review] if edition else tables)


def digest_of(stored: Any) -> str:
    """Return the SHA-256 of what is stored, such as tables."""
    written = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _released(row: Release) -> Released:
    return Released(
        id=row.id,
        number=row.number,
        period=row.period,
        rule=Rule(row.threshold, row.shows_zero),
        tables={name: _draft(table) for name, table in row.tables.items()},
        judged=_judged(row.edition, row.judged) if row.edition else None,
        review=row.review,
        released_at=row.released_at,
        is_unchanged=left_digest(row.tables, row.edition, row.judged, row.review) == row.digest,
    )


def _judged(edition: str, stored: dict[str, Any]) -> Judged:
    described = stored["described"]
    return Judged(
        edition=edition,
        described=Described(**{**described, "variables": tuple(described["variables"])}),
        score=Score(
            tuple((name, points) for name, points in stored["parts"]), stored["mask_from"]
        ),
        is_plain=stored["is_plain"],
    )


def _draft(table: dict[str, list[list[Any]]]) -> Draft:
    return Draft(
        shown={tuple(values): count for *values, count in table["shown"]},
        hidden=frozenset(tuple(values) for values in table["hidden"]),
    )


def _written(draft: Draft) -> dict[str, list[list[Any]]]:
    return {
        "shown": [[*cell, count] for cell, count in sorted(draft.shown.items())],
        "hidden": [list(cell) for cell in sorted(draft.hidden)],
    }
