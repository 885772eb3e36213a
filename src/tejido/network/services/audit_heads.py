"""The heads of the chains in a file, which is kept where nobody who may change the tables is."""

import json
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.network.domain.audit_chain import Head


class HeadsRefused(Refused):
    """The file cannot be read or written. The sentence says what to do."""


def write_heads(path: Path, heads: Mapping[str, Head]) -> None:
    """Write how far each chain reaches, by address word of the member.

    Raises:
        HeadsRefused: `heads-closed`.
    """
    told = {slug: {"number": head.number, "seal": head.seal} for slug, head in heads.items()}
    draft = path.with_name(f".{path.name}.draft")
    try:
        # The heads of before stay until the new ones are whole.
        draft.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise HeadsRefused("heads-closed", _CLOSED % {"path": path}) from error


def read_heads(path: Path) -> dict[str, Head]:
    """Return what `write_heads` wrote.

    Raises:
        HeadsRefused: `heads-closed`, `heads-damaged`.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {slug: Head(int(head["number"]), str(head["seal"])) for slug, head in told.items()}
    except OSError as error:
        raise HeadsRefused("heads-closed", _CLOSED % {"path": path}) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HeadsRefused("heads-damaged", _DAMAGED % {"path": path}) from error


_CLOSED = _("%(path)s cannot be read or written. Name a file that is yours.")
_DAMAGED = _("%(path)s is not a file of ./tejido seal_audit --heads, or was cut short.")
