"""Two records side by side, group by group of fields, and what can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tejido.directory.domain.duplicates.merging import GROUPS, Side, proposed_side, sides_for
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.queries.duplicate_pairs import PairSeen
from tejido.directory.services.merging import fields_of
from tejido.directory.services.setting import values_of
from tejido.directory.web.duplicate_words import GROUPS as GROUP_WORDS
from tejido.directory.web.wording import field_words, need_names, value_words

# Columns that tell whose row it is, and nothing about what it says.
_WHOSE = frozenset(
    {"id", "hsds_id", "position", "service_id", "location_id", "service_at_location_id"}
    | {"organization_id", "source_id"}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One group of fields: what each record says, whether that differs, and what is chosen.

    `choices` are (value, words, whether chosen), empty where there is nothing to choose.
    """

    group: str
    label: str
    one: str
    other: str
    differs: bool
    choices: tuple[tuple[str, str, bool], ...]
    always_both: bool


def choices_of(kind: Kind) -> tuple[str, ...]:
    """Return the groups of fields that a page of that kind asks about."""
    return tuple(group for group in GROUPS[kind] if len(sides_for(group)) > 1)


def lines_of(pair: PairSeen, stays: str, sent: Mapping[str, Any]) -> list[Line]:
    """Return all groups that say anything, those that differ with their choices.

    Args:
        pair: the two records.
        stays: `one` or `other`, whose words are proposed.
        sent: what the browser sent, where it did; it is kept.
    """
    keys = [fields_of(pair.kind, each.id) for each in (pair.one, pair.other)]
    with transaction.atomic():
        held = values_of([*keys[0], *keys[1]])
    one, other = ({key.field: held.get(key) for key in each} for each in keys)
    needs = need_names()
    lines = []
    for group, names in GROUPS[pair.kind].items():
        ours, theirs = ({name: each[name] for name in names} for each in (one, other))
        line = _line(group, ours, theirs, stays, sent.get(f"side-{group}", ""), needs)
        if line.one or line.other:
            lines.append(line)
    return lines


def _line(
    group: str,
    one: Mapping[str, Any],
    other: Mapping[str, Any],
    stays: str,
    sent: str,
    needs: Mapping[str, str],
) -> Line:
    differs = _plain(one) != _plain(other)
    sides = sides_for(group)
    proposed = _proposed(group, one, other, stays)
    chosen = sent if sent in ("one", "other", "both") else proposed
    values = [("one", _("The first")), ("other", _("The second"))]
    if Side.BOTH in sides:
        values.append(("both", _("Both")))
    has_choice = differs and len(sides) > 1
    return Line(
        group,
        str(GROUP_WORDS.get(group) or field_words(group)),
        _said(one, needs),
        _said(other, needs),
        differs,
        tuple((value, words, value == chosen) for value, words in values) if has_choice else (),
        always_both=differs and sides == (Side.BOTH,),
    )


def _proposed(group: str, one: Mapping[str, Any], other: Mapping[str, Any], stays: str) -> str:
    ours, theirs = (one, other) if stays == "one" else (other, one)
    goes = "other" if stays == "one" else "one"
    side = proposed_side(group, ours, theirs)
    return {Side.STAYS: stays, Side.GOES: goes, Side.BOTH: "both"}[side]


def _said(held: Mapping[str, Any], needs: Mapping[str, str]) -> str:
    said = (
        value_words(name, value, needs=needs)
        for name, value in held.items()
        if value not in (None, "", [], {})
    )
    return ", ".join(said)


def _plain(value: Any) -> Any:
    """Return what is said, without whose it is."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items() if k not in _WHOSE}
    if isinstance(value, list):
        return sorted((_plain(each) for each in value), key=repr)
    return value
