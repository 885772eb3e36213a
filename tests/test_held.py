"""What is held is said: every table, and every column in which somebody could be named."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from tejido.foundation.what_is_held import About, Held, all_held, all_rules

TABLES = {model._meta.label: model for model in apps.get_models()}
# What would tell who somebody is, wherever it stood.
NEVER = {"ssn", "dob", "birth_date", "date_of_birth", "gender", "ip", "ip_address", "user_agent"}
# What may not stand in a table about people who look for help.
NOT_OF_SEEKERS = NEVER | {
    *("name", "first_name", "last_name", "display_name", "initials", "username", "user"),
    *("person", "email", "phone", "number", "address", "address_1", "city", "town", "zip"),
    *("postal_code", "latitude", "longitude", "age", "race", "at", "hour", "created_at"),
    *("updated_at", "session", "sender", "q", "query"),
}


def entries_of(label: str) -> list[Held]:
    return [each for each in all_held() if label in each.models]


def lettered() -> Iterator[tuple[str, str]]:
    """Yield the columns of letters, of tables and their columns, that no choice restricts."""
    for label, model in TABLES.items():
        for field in model._meta.concrete_fields:
            is_open = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if is_open and not getattr(field, "choices", None):
                yield label, field.name


def test_every_table_is_held_for_a_stated_reason() -> None:
    assert [label for label in TABLES if len(entries_of(label)) != 1] == []


def test_no_table_is_named_that_is_gone() -> None:
    assert {label for each in all_held() for label in each.models} - set(TABLES) == set()


@pytest.mark.parametrize(("label", "column"), list(lettered()))
def test_a_column_of_letters_is_named_as_words_or_as_codes(label: str, column: str) -> None:
    named = f"{label.partition('.')[2]}.{column}"
    (entry,) = entries_of(label)

    assert (named in entry.words) + (named in entry.codes) == 1


def test_no_column_is_named_that_is_gone() -> None:
    columns = {
        (label, f"{model.__name__}.{field.name}")
        for label, model in TABLES.items()
        for field in model._meta.concrete_fields
    }
    missing = [
        name
        for each in all_held()
        for name in (*each.words, *each.codes)
        if not any((label, name) in columns for label in each.models)
    ]

    assert missing == []


@pytest.mark.parametrize("label", list(TABLES))
def test_no_table_has_a_column_that_tells_who_somebody_is(label: str) -> None:
    (entry,) = entries_of(label)
    refused = NOT_OF_SEEKERS if entry.about is About.SEEKERS else NEVER

    assert {field.name for field in TABLES[label]._meta.concrete_fields} & refused == set()


@pytest.mark.parametrize(
    "label", [label for each in all_held() if each.about is About.SEEKERS for label in each.models]
)
def test_of_people_who_look_for_help_only_days_are_kept(label: str) -> None:
    exact = (models.DateTimeField, models.TimeField, models.GenericIPAddressField)

    assert [f.name for f in TABLES[label]._meta.concrete_fields if isinstance(f, exact)] == []


def test_each_thing_is_held_for_a_time_that_is_said() -> None:
    rules = all_rules()

    assert [str(each.what) for each in all_held() if not (each.kept or each.rules)] == []
    assert Counter(name for each in all_held() for name in each.rules) == Counter(list(rules))
    assert all(0 < rule.shortest <= rule.days for rule in rules.values())


def test_everything_is_said_in_both_languages() -> None:
    for each in all_held():
        for words in filter(None, (each.what, each.holds, each.why, each.kept)):
            with translation.override("en"):
                english = str(words)
            with translation.override("es"):
                assert str(words) != english
