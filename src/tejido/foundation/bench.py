"""What a benchmark or a promise answers: figures, each with what it was compared with."""

import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        unit: of `value` and `peer_value`, such as `ms` or `MB`.
        peer: what it was compared with, or ''.
        ratio: `value` / `peer_value`, or None.
        target: what was hoped for, for a reader, such as `<= 150`; '' without one.
        met: whether the target was reached; None without one.
        tries: how often what is promised was tried; None where nothing is.
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    tries: int | None = None


def summary(*, bench: str, versions: Mapping[str, str], figures: list[Figure]) -> dict[str, Any]:
    """Return what `bench NAME --json` ends with: the machine, the versions, the figures."""
    machine = f"{platform.machine()} {platform.system()}, {os.cpu_count()} CPUs"
    return {
        "bench": bench,
        "machine": machine,
        "versions": {"python": platform.python_version(), **versions},
        "figures": [_told(figure) for figure in figures],
    }


def _told(figure: Figure) -> dict[str, Any]:
    told = asdict(figure)
    if figure.tries is None:
        del told["tries"]
    return told


def line_of(figure: Figure) -> str:
    """Return one figure as a person reads it, in their language where its name is known in it."""
    line = f"{_(figure.name)}: {figure.value:g} {figure.unit}".rstrip()
    if figure.tries is not None:
        line += " " + _("in %(count)s tries") % {"count": f"{figure.tries:,}"}
    if figure.peer_value is not None:
        line += f" ({figure.peer}: {figure.peer_value:g})"
    if figure.target:
        met = _("met") if figure.met else _("missed")
        line += ", " + _("hoped for %(target)s: %(met)s") % {"target": figure.target, "met": met}
    return line
