"""Loads counties, ZIP points and towns; safe to repeat, and at once when nothing changed."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import zipcodes
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from tejido.geography.domain.towns import TownFact, ZipFact, towns_of
from tejido.geography.models import County, Town, ZipPoint

Row = TypeVar("Row", bound=Model)
_POINT = ("latitude", "longitude")
COUNTIES = Path(__file__).with_name("reference") / "ca_counties.csv"


@transaction.atomic
def load_reference(report: Callable[[str], None]) -> None:
    """Make the three tables equal to their sources and report how many rows each holds.

    Sources: docs/sources.md#census-counties-2020, docs/sources.md#zipcodes-package
    """
    counties = _counties()
    fips_of = {county.name: county.fips for county in counties}
    zips = _zips(fips_of)
    _store(County.objects, counties, ("name", "population_2020", *_POINT))
    points = [_point(fact) for fact in zips]
    _store(ZipPoint.objects, points, ("town", "county_id", *_POINT))
    towns = [_town(fact) for fact in towns_of(zips)]
    _store(Town.objects, towns, ("name", "county_id", *_POINT, "zip_count"))
    counted = {"counties": len(counties), "zips": len(zips), "towns": len(towns)}
    report(_("geography: %(counties)s counties, %(zips)s ZIP codes, %(towns)s towns") % counted)


def _counties() -> list[County]:
    with COUNTIES.open(encoding="utf-8", newline="") as lines:
        return [
            County(
                fips=row["fips"],
                name=row["name"],
                population_2020=int(row["population_2020"]),
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
            )
            for row in csv.DictReader(lines)
        ]


def _zips(fips_of: dict[str, str]) -> list[ZipFact]:
    facts = [
        ZipFact(
            code=row["zip_code"],
            town=row["city"],
            also=tuple(row["acceptable_cities"]),
            county_fips=fips_of.get(row["county"].removesuffix(" County"), ""),
            latitude=float(row["lat"]),
            longitude=float(row["long"]),
            is_street_mail=row["active"] and row["zip_code_type"] == "STANDARD",
        )
        for row in zipcodes.filter_by(state="CA")
    ]
    # The package says 0, 0 where it does not know; that is off Africa.
    return [fact for fact in facts if fact.latitude and fact.longitude]


def _point(fact: ZipFact) -> ZipPoint:
    return ZipPoint(
        code=fact.code,
        town=fact.town,
        county_id=fact.county_fips or None,
        latitude=fact.latitude,
        longitude=fact.longitude,
    )


def _town(fact: TownFact) -> Town:
    return Town(
        key=f"{fact.county_fips or 'none'}/{fact.name}",
        name=fact.name,
        county_id=fact.county_fips or None,
        latitude=fact.latitude,
        longitude=fact.longitude,
        zip_count=fact.zip_count,
    )


def _store(rows_of: Manager[Row], rows: Iterable[Row], fields: Sequence[str]) -> None:
    """Write the rows that differ from what is stored, and remove those that the source lost."""
    stored = {row[0]: row for row in rows_of.values_list("pk", *fields)}
    wanted = {row.pk: row for row in rows}
    gone = stored.keys() - wanted.keys()
    changed = [row for pk, row in wanted.items() if stored.get(pk) != _values(row, fields)]
    if gone:
        rows_of.filter(pk__in=gone).delete()
    if changed:
        rows_of.bulk_create(
            changed,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=fields,
        )


def _values(row: Model, fields: Sequence[str]) -> tuple[object, ...]:
    return (row.pk, *(getattr(row, name) for name in fields))
