"""Loads counties, ZIP points and towns; safe to repeat, and at once when nothing changed."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import zipcodes
from django.db import transaction
from django.db.models import Model

from tejido.geography.domain.towns import ZipFact, towns_of
from tejido.geography.models import County, Town, ZipPoint

COUNTIES = Path(__file__).with_name("reference") / "ca_counties.csv"


@transaction.atomic
def load_reference(report: Callable[[str], None]) -> None:
    """Make the three tables equal to their sources and report how many rows each holds.

    Sources: docs/sources.md#census-counties-2020, docs/sources.md#zipcodes-package
    """
    counties = _counties()
    fips_of = {county.name: county.fips for county in counties}
    zips = _zips(fips_of)
    _store(County, counties)
    _store(ZipPoint, [_point(fact) for fact in zips])
    towns = [
        Town(
            key=f"{town.county_fips or 'none'}/{town.name}",
            name=town.name,
            county_id=town.county_fips or None,
            latitude=town.latitude,
            longitude=town.longitude,
            zip_count=town.zip_count,
        )
        for town in towns_of(zips)
    ]
    _store(Town, towns)
    report(f"geography: {len(counties)} counties, {len(zips)} ZIP codes, {len(towns)} towns")


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


def _store(table: type[Model], rows: Iterable[Model]) -> None:
    """Write the rows that differ from what is stored, and remove those that the source lost."""
    fields = [field.attname for field in table._meta.concrete_fields]
    stored = {row[0]: row for row in table._default_manager.values_list("pk", *fields)}
    wanted = {row.pk: row for row in rows}
    changed = [
        row
        for pk, row in wanted.items()
        if stored.get(pk) != (pk, *(getattr(row, name) for name in fields))
    ]
    gone = stored.keys() - wanted.keys()
    if gone:
        table._default_manager.filter(pk__in=gone).delete()
    if changed:
        table._default_manager.bulk_create(
            changed,
            batch_size=500,
            update_conflicts=True,
            unique_fields=[table._meta.pk.name],
            update_fields=[f.name for f in table._meta.concrete_fields if not f.primary_key],
        )
