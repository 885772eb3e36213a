"""What tests of exports have in common: write, read back, forget."""

import csv
import json
from uuid import uuid4

from tejido.directory.models import (
    Address,
    Location,
    Organization,
    Record,
    Service,
    ServiceAtLocation,
    Source,
)
from tejido.directory.services.export_hsds import export_hsds
from tejido.directory.testing import NOON
from tejido.foundation.scope import member_scope
from tejido.translation.services import remove_texts


def exported(folder, *, whole=True):
    return export_hsds(folder=folder, whole=whole, at=NOON)


def lines_in(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cleared():
    """Remove every listing and source; no import at the desk is among them."""
    with member_scope(uuid4()):
        for model in (Service, Location, ServiceAtLocation):
            kind, ids = model._meta.label_lower, model.objects.values_list("pk", flat=True)
            remove_texts(object_type=kind, object_ids=ids)
        for model in (Service, Record, Organization):
            model.objects.all().delete()
        Address.objects.all().delete()
        Location.objects.all().delete()
        for name in ("Finding", "Change", "Act"):
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
