"""A mapping as the TOML text that people keep, mend and give to each other."""

import json
from collections.abc import Iterable, Sequence

from tejido.directory.domain.mapped import FIELDS, Column, Mapped


def mapping_text(mapped: Mapped) -> str:
    """Return a mapping as a mapping file; read back, it is the same mapping."""
    source = mapped.source
    said = [("key", source.key), ("name", source.name), ("url", source.url)]
    said.append(("licence", source.licence))
    lines = ["[source]", *(f"{name} = {_text(value)}" for name, value in said if value)]
    if source.published_on:
        lines.append(f"published_on = {source.published_on.isoformat()}")
    lines += ["", "[columns]"]
    lines += [f"{f} = {_column(f, mapped.fields[f])}" for f in FIELDS if f in mapped.fields]
    lines += ["", "[row]", f"key = {_texts(mapped.key)}"]
    if mapped.optional:
        lines.append(f"optional = {_texts(sorted(mapped.optional))}")
    return "\n".join([*lines, "", *_constants(mapped)]) + "\n"


def _constants(mapped: Mapped) -> Iterable[str]:
    yield "[constants]"
    for name in ("needs", "keywords", "languages"):
        values: Sequence[str] = getattr(mapped, name)
        if values:
            yield f"{name} = {_texts(values)}"
    yield f"tier = {_text(mapped.tier)}"
    yield f"mode = {_text(mapped.mode)}"


def _column(field: str, column: Column) -> str:
    if len(column.columns) == 1 and not column.label:
        return _text(column.columns[0])
    if field == "phone":
        return _texts(column.columns)
    label = ", label = true" if column.label else ""
    return f"{{ columns = {_texts(column.columns)}, join = {_text(column.join)}{label} }}"


def _texts(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: str) -> str:
    """Return a TOML string; those of JSON are ones, but for one control mark."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
