"""Landmarks as a steward sees them: in the list, removed, and what they were before."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tejido.geography.domain.landmarks import LandmarkDraft, LandmarkKind, LandmarkNames
from tejido.geography.domain.names import plain
from tejido.geography.models import Landmark, LandmarkVersion


@dataclass(frozen=True, slots=True)
class LandmarkSeen:
    """One landmark; `removed_on` is None for one in the list, `county` is its name."""

    id: UUID
    draft: LandmarkDraft
    county: str
    added_on: date
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """What a landmark was until a day."""

    id: int
    draft: LandmarkDraft
    county: str
    was_removed: bool
    until: date


def landmarks_seen(words: str = "", *, removed: bool = False) -> list[LandmarkSeen]:
    """Return the landmarks in the list, or those removed from it, by name and town. One query.

    Args:
        words: with these in a name or the town; '' for all.
        removed: those that were taken out instead.
    """
    rows = Landmark.objects.select_related("county").order_by("name", "town", "id")
    found = [_seen(row) for row in rows.filter(removed_on__isnull=not removed)]
    wanted = plain(words)
    return [
        each
        for each in found
        if any(wanted in plain(name) for name in (*each.draft.names.all(), each.draft.town))
    ]


def landmark_seen(landmark_id: UUID) -> LandmarkSeen | None:
    """Return one landmark, in the list or not, or None. One query."""
    row = Landmark.objects.select_related("county").filter(pk=landmark_id).first()
    return None if row is None else _seen(row)


def versions_of(landmark_id: UUID) -> list[VersionSeen]:
    """Return what a landmark was before, the last first. One query."""
    rows = LandmarkVersion.objects.filter(landmark_id=landmark_id).select_related("county")
    return [
        VersionSeen(
            row.pk, _draft(row), row.county.name, row.removed_on is not None, row.changed_on
        )
        for row in rows.order_by("-id")
    ]


def _seen(row: Landmark) -> LandmarkSeen:
    return LandmarkSeen(row.id, _draft(row), row.county.name, row.added_on, row.removed_on)


def _draft(row: Landmark | LandmarkVersion) -> LandmarkDraft:
    return LandmarkDraft(
        LandmarkKind(row.kind),
        LandmarkNames(row.name, row.spanish_name, tuple(row.other_names)),
        row.town,
        row.latitude,
        row.longitude,
        county_fips=row.county_id,
    )
