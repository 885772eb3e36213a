"""What tests of exports have in common: write, read back, forget."""

import csv
import json

from tejido.directory.models import Address, Organization, Record, Service, Source
from tejido.directory.services.export_hsds import export_hsds
from tejido.directory.testing import NOON


def exported(folder, *, whole=True):
    return export_hsds(folder=folder, whole=whole, at=NOON)


def lines_in(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cleared():
    """Remove every listing and source."""
    for model in (Service, Record, Organization):
        model.objects.all().delete()
    Address.objects.all().delete()
    for name in ("Location", "Finding", "Change", "Act"):
        Service._meta.apps.get_model("directory", name).objects.all().delete()
    Source.objects.all().delete()


def without_order(value):
    """Return a value in which lists have no order and attributes need not say what they are on.

    The tables must name what an attribute hangs on, so `link_entity` is filled in there.
    """
    if isinstance(value, dict):
        return {k: without_order(v) for k, v in value.items() if k != "link_entity"}
    if isinstance(value, list):
        return sorted(map(without_order, value), key=lambda each: json.dumps(each, sort_keys=True))
    return value
