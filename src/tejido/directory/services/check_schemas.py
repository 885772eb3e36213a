"""The official JSON schema files as a second opinion: what they say of an object."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tejido.directory.domain.hsds.tabular import TABLES
from tejido.directory.domain.hsds_check.findings import Fault
from tejido.directory.services.check_files import Validate
from tejido.foundation.errors import Refused

MOST_OF_ONE = 20
MAX_SCHEMA = 4 * 1024 * 1024


class SchemasRefused(Refused):
    """A folder without schema files."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        sentence = _(
            "%(path)s holds no HSDS schema files, such as service.json. "
            "Name the folder `schema` of the HSDS specification."
        ) % {"path": folder}
        super().__init__("schemas-missing", sentence)


def schema_validator(folder: Path) -> Validate:
    """Return what holds objects against the schema files of a folder; nothing else is fetched.

    Raises:
        SchemasRefused: it has none.
    """
    inner = folder / "schema"
    schemas = _schemas(inner if inner.is_dir() else folder)
    if "service" not in schemas:
        raise SchemasRefused(folder)
    registry: Registry[Any] = Registry()
    for name, schema in schemas.items():
        resource = Resource.from_contents(schema, default_specification=DRAFT202012)
        registry = registry.with_resource(f"{name}.json", resource)
    validators = {
        name: Draft202012Validator({"$ref": f"{name}.json"}, registry=registry) for name in schemas
    }

    def validate(table: str, record: Mapping[str, Any]) -> Iterator[Fault]:
        validator = validators.get(table)
        if validator is None:
            return
        for error in islice(validator.iter_errors(record), MOST_OF_ONE):
            at = "".join(f"/{part}" for part in error.absolute_path)
            yield Fault("schema-mismatch", at, error.message)

    return validate


def _schemas(folder: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(folder.glob("*.json")):
        if path.stem not in TABLES or path.stat().st_size > MAX_SCHEMA:
            continue
        try:
            schema = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue
        if isinstance(schema, dict):
            found[path.stem] = schema | {"$id": f"{path.stem}.json"}
    return found
