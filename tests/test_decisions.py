"""What every table and layer keeps to: ids, the clock, actors, files (decisions 2 and 17)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.test_architecture import PACKAGE, code_files

# Names that the world gives to places.
NAMES = {
    "geography.County": "fips",
    "geography.ZipPoint": "code",
    "geography.Town": "key",
    "geography.Tract": "geoid",
    "geography.CountyOutline": "county",
    "foundation.RoundMade": "name",
    "foundation.RuleKept": "name",
    "accounts.Session": "session_key",
}
# Lines of a record, numbered by the server in their order; nothing refers to one.
NUMBERED = dict.fromkeys(
    (
        "geography.LandmarkVersion",
        "directory.Change",
        "directory.Finding",
        "directory.ProposedField",
        "foundation.Epoch",
    ),
    "id",
)
INNER = {"domain", "models", "queries", "services"}
CLOCK = {"now", "utcnow", "today", "localdate", "localtime"}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in settings.AREAS]


def fields() -> Iterator[tuple[str, models.Field]]:
    for model in our_models():
        for field in model._meta.concrete_fields:
            yield f"{model._meta.label}.{field.name}", field


def test_ids_are_random_and_tell_no_order() -> None:
    other = {
        model._meta.label: model._meta.pk.name
        for model in our_models()
        if not isinstance(model._meta.pk, models.UUIDField)
    }

    assert other == NAMES | NUMBERED


def test_nothing_refers_to_a_number_that_counts() -> None:
    referring = [
        name
        for name, field in fields()
        if field.related_model and field.related_model._meta.label in NUMBERED
    ]

    assert referring == []


def test_who_did_something_is_an_id_and_no_key_to_an_account() -> None:
    actors = [(name, field) for name, field in fields() if name.endswith(("_by", ".actor"))]
    said = {"directory"}  # there `confirmed_by` is a kind: the program, the network, the source

    keys = [
        name
        for name, field in actors
        if not isinstance(field, models.UUIDField) and name.split(".")[0] not in said
    ]
    assert actors
    assert keys == []


def clocks_read(source: str) -> list[int]:
    """Return the lines that ask what time it is."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCK
    ]


def test_inner_layers_are_told_the_time_and_never_ask() -> None:
    inner = [
        path
        for path in code_files()
        if PACKAGE in path.parents
        and {*path.relative_to(PACKAGE).parts[1:-1], path.stem} & INNER
        and "tests" not in path.parts
    ]

    assert inner
    asking = {
        str(path): lines for path in inner if (lines := clocks_read(path.read_text("utf-8")))
    }
    assert asking == {}


def test_asking_the_time_would_be_found() -> None:
    assert clocks_read("at = timezone.now()\non = date.today()\n") == [1, 2]


def test_no_table_keeps_where_a_file_lies() -> None:
    stored = [
        name
        for name, field in fields()
        if isinstance(field, (models.FileField, models.FilePathField))
    ]

    assert stored == []


def test_nothing_is_served_out_of_the_data_folder() -> None:
    static, data = Path(settings.STATIC_ROOT).resolve(), Path(settings.DATA).resolve()

    assert settings.MEDIA_ROOT == ""
    assert not static.is_relative_to(data)
    assert not data.is_relative_to(static)
