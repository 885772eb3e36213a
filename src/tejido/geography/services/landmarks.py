"""Adding, changing and removing landmarks and corners; what was stays on record.

The caller has checked that the person may do it, and hands in the words for needs, which stand in
an area above this one: no landmark may be called what people look for.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.geography.domain.california import is_in_california
from tejido.geography.domain.crossings import crossing_of
from tejido.geography.domain.distance import METRES_PER_MILE, distance_m
from tejido.geography.domain.landmarks import (
    LONGEST_NAME,
    MOST_OTHER_NAMES,
    LandmarkDraft,
    LandmarkKind,
    LandmarkNames,
    identity,
    landmark_key,
    says_nothing,
)
from tejido.geography.domain.names import ZIP, county_name, key, plain
from tejido.geography.models import County, Landmark, LandmarkVersion, Town, ZipPoint
from tejido.geography.queries.outlines import county_at

# What a version keeps of a landmark, by attribute.
KEPT = (
    *("kind", "name", "spanish_name", "other_names", "town", "county_id"),
    *("latitude", "longitude", "removed_on", "removed_by"),
)
FARTHEST_FROM_TOWN_M = 60 * METRES_PER_MILE
LONGEST_TOWN = 60
_SENTENCES: dict[str, Promise] = {
    "name-empty": _("Write what people call it, with at least one word of its own."),
    "name-long": _("“%(name)s” is longer than %(most)s letters. Write a shorter name."),
    "names-many": _("Write at most %(most)s other names."),
    "name-is-need": _(
        "“%(name)s” is a word for what people look for. Write the whole name of the place."
    ),
    "name-is-place": _(
        "“%(name)s” is the name of a town, county or ZIP code. Write the whole name of the place."
    ),
    "corner-unclear": _(
        "“%(name)s” does not name two streets. Write a corner like Fulton and Tuolumne."
    ),
    "town-empty": _("Write the city or town where it is."),
    "point-outside": _(
        "The point %(point)s lies outside California. Check latitude and longitude."
    ),
    "point-far": _("The point lies %(miles)s miles from %(town)s. Check the point and the town."),
    "county-unknown": _("We do not know which county this is in. Choose the county."),
    "landmark-exists": _("“%(name)s” in %(town)s stands in the list already. Rename that one."),
    "landmark-there": _("“%(name)s” is in the list."),
    "version-unknown": _("This landmark never stood so."),
    "landmark-unknown": _("This landmark is not in the list. It may have been removed."),
}


class LandmarkRefused(Refused):
    """A landmark that cannot be added or changed as asked; nothing changed."""

    def __init__(self, code: str, **values: object) -> None:
        """Fill in the sentence."""
        super().__init__(code, _SENTENCES[code] % values)


@dataclass(frozen=True, slots=True)
class _Said:
    """The names of a landmark, tidied, and where it is."""

    kind: LandmarkKind
    names: LandmarkNames
    town: str

    @property
    def identity(self) -> str:
        return identity(kind=self.kind, name=self.names.name, town=self.town)


@transaction.atomic
def add_landmark(
    *, draft: LandmarkDraft, need_words: Collection[str], added_by: UUID, on: date
) -> UUID:
    """Store a landmark or corner; return its id. People find it after the next `build_index`.

    Args:
        draft: what the steward says.
        need_words: every word for a need, in both languages; see `directory.queries.concepts`.
        added_by: the person.
        on: the day.

    Raises:
        LandmarkRefused: `name-empty`, `name-long`, `names-many`, `name-is-need`, `name-is-place`,
            `corner-unclear`, `town-empty`, `point-outside`, `point-far`, `county-unknown`,
            `landmark-exists`.
    """
    landmark = Landmark(added_on=on, added_by=added_by)
    _put(landmark, draft, need_words)
    return landmark.id


@transaction.atomic
def change_landmark(
    *,
    landmark_id: UUID,
    draft: LandmarkDraft,
    need_words: Collection[str],
    changed_by: UUID,
    on: date,
) -> bool:
    """Change what a landmark is called and where it is; say whether anything changed.

    What was stays on record. Without a county in the draft, town and point say it.

    Raises:
        LandmarkRefused: `landmark-unknown`, or as for `add_landmark`.
    """
    landmark = _current(landmark_id)
    before = LandmarkVersion(**_kept(landmark))
    _put(landmark, draft, need_words)
    if _kept(landmark) == _kept(before):
        return False
    _keep(before, landmark, changed_by, on)
    return True


@transaction.atomic
def restore_landmark(
    *, landmark_id: UUID, need_words: Collection[str], restored_by: UUID, on: date
) -> None:
    """Bring a landmark back that was removed, if it may still stand so.

    Raises:
        LandmarkRefused: `landmark-unknown`, `landmark-there`, or as for `add_landmark`.
    """
    landmark = Landmark.objects.select_for_update().filter(pk=landmark_id).first()
    if landmark is None:
        raise LandmarkRefused("landmark-unknown")
    if landmark.removed_on is None:
        raise LandmarkRefused("landmark-there", name=landmark.name)
    before = LandmarkVersion(**_kept(landmark))
    landmark.removed_on = landmark.removed_by = None
    _put(landmark, _draft_of(before), need_words)
    _keep(before, landmark, restored_by, on)


def put_back(
    *, landmark_id: UUID, version_id: int, need_words: Collection[str], changed_by: UUID, on: date
) -> bool:
    """Make a landmark again what an earlier version was; say whether anything changed.

    Raises:
        LandmarkRefused: `version-unknown`: not a version of this one; or as `change_landmark`.
    """
    # Found among its few versions, because an id may be larger than any database holds.
    versions = {row.pk: row for row in LandmarkVersion.objects.filter(landmark_id=landmark_id)}
    version = versions.get(version_id)
    if version is None:
        raise LandmarkRefused("version-unknown")
    return change_landmark(
        landmark_id=landmark_id,
        draft=_draft_of(version),
        need_words=need_words,
        changed_by=changed_by,
        on=on,
    )


@transaction.atomic
def remove_landmark(*, landmark_id: UUID, removed_by: UUID, on: date) -> None:
    """Take a landmark out of the list; who and when stays on record.

    Raises:
        LandmarkRefused: `landmark-unknown`.
    """
    landmark = _current(landmark_id)
    landmark.removed_on, landmark.removed_by = on, removed_by
    landmark.save(update_fields=["removed_on", "removed_by"])


def _current(landmark_id: UUID) -> Landmark:
    kept = Landmark.objects.select_for_update().filter(removed_on__isnull=True)
    landmark = kept.filter(pk=landmark_id).first()
    if landmark is None:
        raise LandmarkRefused("landmark-unknown")
    return landmark


def _kept(row: Landmark | LandmarkVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def _keep(before: LandmarkVersion, landmark: Landmark, changed_by: UUID, on: date) -> None:
    before.landmark, before.changed_by, before.changed_on = landmark, changed_by, on
    before.save()


def _draft_of(version: LandmarkVersion) -> LandmarkDraft:
    return LandmarkDraft(
        LandmarkKind(version.kind),
        LandmarkNames(version.name, version.spanish_name, tuple(version.other_names)),
        version.town,
        version.latitude,
        version.longitude,
        county_fips=version.county_id,
    )


def _put(landmark: Landmark, draft: LandmarkDraft, need_words: Collection[str]) -> None:
    """Check what a steward says and store it."""
    said = _Said(draft.kind, _tidied(draft.names), _spaced(draft.town))
    _check_names(said, need_words)
    _check_town(said.town)
    _check_point(draft.latitude, draft.longitude, town=said.town)
    _check_not_there(said, but=landmark.id)
    landmark.county_id = _county(draft, said.town)
    landmark.latitude, landmark.longitude = draft.latitude, draft.longitude
    _save(landmark, said)


def _save(landmark: Landmark, said: _Said) -> None:
    landmark.kind, landmark.town, landmark.identity = said.kind.value, said.town, said.identity
    landmark.name, landmark.spanish_name = said.names.name, said.names.spanish_name
    landmark.other_names = list(said.names.other_names)
    try:
        with transaction.atomic():
            landmark.save()
    except IntegrityError as error:  # somebody added it at the same moment
        raise LandmarkRefused("landmark-exists", name=landmark.name, town=said.town) from error


def _tidied(names: LandmarkNames) -> LandmarkNames:
    name, spanish = _spaced(names.name), _spaced(names.spanish_name)
    others = dict.fromkeys(filter(None, map(_spaced, names.other_names)))
    return replace(
        names,
        name=name,
        spanish_name="" if spanish == name else spanish,
        other_names=tuple(other for other in others if other not in (name, spanish)),
    )


def _spaced(text: str) -> str:
    """Return the text without control characters, words parted by one blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split()).strip(" ,;")


def _check_names(said: _Said, need_words: Collection[str]) -> None:
    names = said.names
    if len(names.other_names) > MOST_OTHER_NAMES:
        raise LandmarkRefused("names-many", most=MOST_OTHER_NAMES)
    needs = {landmark_key(word) for word in need_words}
    for name in (names.name, *names.all()):
        if says_nothing(name):
            raise LandmarkRefused("name-empty")
        if len(name) > LONGEST_NAME:
            raise LandmarkRefused("name-long", name=f"{name[:30]}…", most=LONGEST_NAME)
        if landmark_key(name) in needs:
            raise LandmarkRefused("name-is-need", name=name)
        if _is_place(name):
            raise LandmarkRefused("name-is-place", name=name)
    if said.kind is LandmarkKind.CROSS_STREETS and crossing_of(names.name) is None:
        raise LandmarkRefused("corner-unclear", name=names.name)


def _is_place(name: str) -> bool:
    """Return whether a search would take the name for a town, a county or a ZIP code."""
    zips = ZIP.findall(name)
    if zips and ZipPoint.objects.filter(code__in=zips).exists():
        return True
    words = {key(name), key(county_name(plain(name))), landmark_key(name)} - {""}
    towns = Town.objects.values_list("name", flat=True)
    counties = County.objects.values_list("name", flat=True)
    return any(key(known) in words for known in (*towns, *counties))


def _check_town(town: str) -> None:
    if says_nothing(town):
        raise LandmarkRefused("town-empty")
    if len(town) > LONGEST_TOWN:
        raise LandmarkRefused("name-long", name=f"{town[:30]}…", most=LONGEST_TOWN)


def _check_point(latitude: float, longitude: float, *, town: str) -> None:
    is_number = isfinite(latitude) and isfinite(longitude)
    if not is_number or not is_in_california(latitude, longitude):
        raise LandmarkRefused("point-outside", point=f"{latitude:g}, {longitude:g}")
    away = [
        distance_m(latitude, longitude, known.latitude, known.longitude)
        for known in _towns_called(town)
    ]
    if away and min(away) > FARTHEST_FROM_TOWN_M:
        miles = round(min(away) / METRES_PER_MILE)
        raise LandmarkRefused("point-far", miles=miles, town=town)


def _towns_called(town: str) -> list[Town]:
    return [known for known in Town.objects.order_by("key") if key(known.name) == key(town)]


def _county(draft: LandmarkDraft, town: str) -> str:
    """Return the county: the one given, else around the point, else of the only such town."""
    if draft.county_fips:
        if not County.objects.filter(fips=draft.county_fips).exists():
            raise LandmarkRefused("county-unknown")
        return draft.county_fips
    around = county_at(draft.latitude, draft.longitude)
    counties = {known.county_id for known in _towns_called(town) if known.county_id}
    if not around and len(counties) != 1:
        raise LandmarkRefused("county-unknown")
    return around or str(counties.pop())


def _check_not_there(said: _Said, *, but: UUID | None = None) -> None:
    """Refuse a landmark of the same name in the town, also under its other names."""
    called = {landmark_key(name) for name in said.names.all()}
    corner = crossing_of(said.names.name) if said.kind is LandmarkKind.CROSS_STREETS else None
    for known in Landmark.objects.filter(removed_on__isnull=True).order_by("id"):
        if known.id == but:
            continue
        names = LandmarkNames(known.name, known.spanish_name, tuple(known.other_names)).all()
        corners = [crossing_of(name) for name in names] if corner else []
        if key(known.town) == key(said.town) and (
            not called.isdisjoint(map(landmark_key, names))
            or any(corner and each and corner.may_be(each) for each in corners)
        ):
            raise LandmarkRefused("landmark-exists", name=known.name, town=known.town)
