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
    FaultKind.NO_KEY: gettext_lazy("its key was destroyed: it cannot be checked"),
}


class AuditBroken(Refused):
    """The record of who did what is not as it was sealed."""


def line_of(record: Checked) -> str:
    """Return one line: the member, how much is sealed, how much waits, what is wrong."""
    told = _("%(member)s: %(sealed)s events sealed, %(waiting)s not yet.") % {
        "member": record.slug,
        "sealed": record.sealed,
        "waiting": record.waiting,
    }
    found = [
        _("Seal %(number)s: %(words)s.") % {"number": fault.number, "words": WORDS[fault.kind]}
        for fault in record.faults
    ]
    return " ".join([told, *found])


def lines_of_unknown(anchors: Mapping[str, Head], records: Iterable[Checked]) -> list[str]:
    """Return a line for each member whose head was kept and who is not there any more."""
    gone = sorted(anchors.keys() - {record.slug for record in records})
    return [
        _("%(member)s: this member is gone with its record.") % {"member": slug} for slug in gone
    ]


def refuse_faults(records: Iterable[Checked], *, unknown: Sequence[str]) -> None:
    """End with a sentence where something is wrong.

    Raises:
        AuditBroken: `audit-broken`.
    """
    if unknown or any(record.faults for record in records):
        raise AuditBroken("audit-broken", _BROKEN)


_BROKEN = gettext_lazy(
    "The record of who did what is not as it was sealed: see above. Stop, keep the database as it "
    "is, and compare it with a backup."
)
