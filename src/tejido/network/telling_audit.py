"""What the commands about the record of who did what say."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.foundation.errors import Refused
from tejido.network.domain.audit_chain import FaultKind, Head
from tejido.network.queries.audit import Checked

WORDS = {
    FaultKind.CHANGED: gettext_lazy("something in it was changed"),
    FaultKind.ROWS_MISSING: gettext_lazy("events are missing"),
    FaultKind.SEAL_MISSING: gettext_lazy("the seal is missing"),
    FaultKind.CUT: gettext_lazy("the end was cut off from here"),
    FaultKind.KEY_UNKNOWN: gettext_lazy("it names a key that never was here"),
}


class AuditBroken(Refused):
    """The record of who did what is not as it was sealed."""


def line_of(record: Checked) -> str:
    """Return one line: the member, how much is sealed, how much waits, what is wrong or gone."""
    told = _("%(member)s: %(sealed)s events sealed, %(waiting)s not yet.") % {
        "member": record.slug,
        "sealed": record.sealed,
        "waiting": record.waiting,
    }
    found = [
        _("Seal %(number)s: %(words)s.") % {"number": fault.number, "words": WORDS[fault.kind]}
        for fault in record.wrong
    ]
    if record.unchecked:
        told += " " + _UNCHECKED % {"count": record.unchecked}
    return " ".join([told, *found])


def lines_of_unknown(anchors: Mapping[str, Head], records: Iterable[Checked]) -> list[str]:
    """Return a line for each member whose head was kept and who is not there any more."""
    gone = sorted(anchors.keys() - {record.slug for record in records})
    return [
        _("%(member)s: this member is gone with its record.") % {"member": slug} for slug in gone
    ]


def refuse_faults(records: Iterable[Checked], *, unknown: Sequence[str]) -> None:
    """End with a sentence where something is wrong; a key that is gone is told, and is not.

    Raises:
        AuditBroken: `audit-broken`.
    """
    if unknown or any(record.wrong for record in records):
        raise AuditBroken("audit-broken", _BROKEN)


_UNCHECKED = gettext_lazy(
    "Seals whose key was destroyed or lost, and which cannot be checked: %(count)s."
)
_BROKEN = gettext_lazy(
    "The record of who did what is not as it was sealed: see above. Stop, keep the database as it "
    "is, and compare it with a backup."
)
