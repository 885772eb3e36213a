"""Mapping files: which column of a list is what (docs/importing.md)."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.mapped import FIELDS, Column, Mapped
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.directory.queries.mappings import saved_mapping, saved_mapping_names
from tejido.foundation.errors import Refused

Choice = TypeVar("Choice", Tier, Mode)
SHIPPED = Path(__file__).resolve().parents[1] / "mappings"
SECTIONS = {"source", "columns", "row", "constants"}
CONSTANTS = {"needs", "keywords", "languages", "tier", "mode"}


class MappingRefused(Refused):
    """A mapping that is missing or cannot be used; nothing changed."""


def mapping_by_name(given: str | Mapped, *, concepts: frozenset[str]) -> Mapped:
    """Return a mapping by its file, or by a name that is shipped or was saved, as `ca-fqhc`.

    Args:
        given: a path, a file in `directory/mappings` without its ending, the name of a saved
            mapping, or a mapping that is read already.
        concepts: the needs that a mapping may name.

    Raises:
        MappingRefused: there is none, or it cannot be used; the sentence says why.
    """
    if isinstance(given, Mapped):
        return given
    path = Path(given)
    saved = None if path.is_file() else saved_mapping(given)
    if saved is not None:
        return mapping_of_text(saved, name=given, concepts=concepts)
    path = _path(given)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path, _("it is not TOML (%(why)s)") % {"why": error}) from error
    except OSError as error:
        raise _refused(path, _("it cannot be read")) from error
    return mapping_of_text(text, name=path.name, concepts=concepts)


def mapping_of_text(text: str, *, name: str, concepts: frozenset[str]) -> Mapped:
    """Return the mapping that a text holds.

    Raises:
        MappingRefused: it cannot be used; the sentence says why, and names it.
    """
    path = Path(name)
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(path, _("it is not TOML (%(why)s)") % {"why": error}) from error
    return _mapped(said, path, concepts)


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that come with Tejido."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def _path(given: str) -> Path:
    path = Path(given)
    if path.is_file():
        return path
    if given in shipped_mappings():
        return SHIPPED / f"{given}.toml"
    sentence = _("There is no mapping %(given)s. Name a .toml file, or one of: %(names)s.")
    names = ", ".join([*shipped_mappings(), *saved_mapping_names()])
    raise MappingRefused("mapping-missing", sentence % {"given": given, "names": names})


def _refused(path: Path, why: object) -> MappingRefused:
    sentence = _("The mapping %(file)s cannot be used: %(why)s. Nothing changed.")
    return MappingRefused("mapping-unusable", sentence % {"file": path.name, "why": why})


def _mapped(said: Mapping[str, Any], path: Path, concepts: frozenset[str]) -> Mapped:
    _refuse_unknown(said, SECTIONS, path)
    columns, constants = _section(said, "columns", path), _section(said, "constants", path)
    _refuse_unknown(columns, set(FIELDS), path)
    _refuse_unknown(constants, CONSTANTS, path)
    fields = {name: _column(name, value, path) for name, value in columns.items()}
    key = _texts(_section(said, "row", path).get("key"), "row.key", path)
    if "name" not in fields or not key:
        raise _refused(path, _("it needs columns.name and row.key"))
    needs = _texts(constants.get("needs"), "constants.needs", path)
    for need in needs:
        if need not in concepts:
            raise _refused(path, _("there is no need called %(need)s") % {"need": need})
    source = _source(_section(said, "source", path), path)
    return Mapped(
        source=source,
        fields=fields,
        key=key,
        optional=frozenset(
            _texts(_section(said, "row", path).get("optional"), "row.optional", path)
        ),
        needs=needs,
        keywords=_texts(constants.get("keywords"), "constants.keywords", path),
        languages=_texts(constants.get("languages"), "constants.languages", path),
        tier=_choice(Tier, constants.get("tier", Tier.CONTEXT), "constants.tier", path),
        mode=_choice(Mode, constants.get("mode", Mode.FIXED), "constants.mode", path),
    )


def _source(said: Mapping[str, Any], path: Path) -> SourceIn:
    for name in ("key", "name"):
        if not isinstance(said.get(name), str) or not said[name]:
            raise _refused(path, _("it needs source.%(name)s") % {"name": name})
    _refuse_unknown(said, {"key", "name", "url", "licence", "published_on"}, path)
    published = said.get("published_on")
    if published is not None and type(published) is not date:
        raise _refused(path, _("source.published_on must be a date such as 2026-11-20"))
    return SourceIn(
        key=said["key"],
        name=said["name"],
        url=str(said.get("url", "")),
        licence=str(said.get("licence", "")),
        published_on=published,
    )


def _section(said: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    section = said.get(name, {})
    if not isinstance(section, dict):
        raise _refused(path, _("[%(name)s] must be a section") % {"name": name})
    return section


def _column(name: str, value: Any, path: Path) -> Column:
    if isinstance(value, str):
        return Column((value,))
    if isinstance(value, list):
        return Column(_texts(value, f"columns.{name}", path))
    if isinstance(value, dict) and value.keys() <= {"columns", "join", "label"}:
        join, label = value.get("join", " "), value.get("label", False)
        columns = _texts(value.get("columns"), f"columns.{name}", path)
        if columns and isinstance(join, str) and isinstance(label, bool):
            return Column(columns, join, label)
    raise _refused(path, _("columns.%(name)s must name columns") % {"name": name})


def _texts(value: Any, name: str, path: Path) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _refused(path, _("%(name)s must be a list of texts") % {"name": name})
    return tuple(value)


def _choice(kind: type[Choice], value: Any, name: str, path: Path) -> Choice:
    if value not in set(kind):
        known = ", ".join(kind)
        raise _refused(
            path, _("%(name)s must be one of: %(known)s") % {"name": name, "known": known}
        )
    return kind(value)


def _refuse_unknown(said: Mapping[str, Any], known: set[str], path: Path) -> None:
    strange = sorted(said.keys() - known)
    if strange:
        names = {"names": ", ".join(strange), "known": ", ".join(sorted(known))}
        raise _refused(path, _("%(names)s means nothing here (known: %(known)s)") % names)
