"""Where programs get their links by mail, and when the last one was mailed."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from tejido.directory.models import ConfirmLink, LinkAddress, Organization, Service
from tejido.directory.queries.aliases import ends_of, parts_of, stands_for

ORGANIZATION = "directory.organization"


def address_of(organization: UUID) -> LinkAddress | None:
    """Return the address that holds for a program, or None.

    Of a program and what became part of it its own word holds, also that it said stop; else the
    last that was noted. Two queries, and one more for each merge on the longest way.
    """
    parts = list(parts_of(ORGANIZATION, [organization]))
    return _that_holds(organization, LinkAddress.objects.filter(organization__in=parts))


def is_mailed(organization: UUID) -> bool:
    """Tell whether a program gave an address for its links; queries as for `address_of`."""
    row = address_of(organization)
    return row is not None and bool(row.address)


def addresses_now() -> dict[UUID, LinkAddress]:
    """Return program -> the address that holds for it, those first that waited longest.

    Two queries, and one more for each merge on the longest way.
    """
    rows = list(LinkAddress.objects.order_by("id"))
    ends = ends_of(ORGANIZATION, [row.organization for row in rows])
    of_program: dict[UUID, list[LinkAddress]] = {}
    for row in rows:
        of_program.setdefault(ends[row.organization], []).append(row)
    found = {key: _that_holds(key, some) for key, some in of_program.items()}
    live = [(key, row) for key, row in found.items() if row is not None and row.address]
    never = [each for each in live if each[1].tried_at is None]
    tried = sorted((row.tried_at, key) for key, row in live if row.tried_at is not None)
    rest = dict(live)
    return dict(never) | {key: rest[key] for _at, key in tried}


def last_mailed(organization: UUID) -> datetime | None:
    """Return when a link was last mailed to a program, or what became part of it."""
    parts = list(parts_of(ORGANIZATION, [organization]))
    rows = ConfirmLink.objects.filter(organization__in=parts)
    last: datetime | None = rows.aggregate(last=Max("mailed_at"))["last"]
    return last


def mailed_since(at: datetime) -> set[UUID]:
    """Return the programs to which a link was mailed since an instant."""
    rows = ConfirmLink.objects.filter(mailed_at__gte=at)
    keys = set(rows.values_list("organization", flat=True))
    return set(ends_of(ORGANIZATION, keys).values())


def handed_over_until(organization: UUID, *, on: date) -> date | None:
    """Return the last day of a link that somebody copied or printed and that stands unused."""
    stands = Q(revoked_at=None, call=None, mailed_at=None, expires_on__gte=on)
    parts = list(parts_of(ORGANIZATION, [organization]))
    rows = ConfirmLink.objects.filter(stands, organization__in=parts)
    last: date | None = rows.aggregate(last=Max("expires_on"))["last"]
    return last


def first_refused() -> tuple[UUID, str] | None:
    """Return a program whose address the mail server refuses, with its name, or None.

    The one that waits longest. One query where there is none.
    """
    rows = LinkAddress.objects.filter(problem="refused").order_by("noted_at", "id")
    for row in rows:
        program = stands_for(ORGANIZATION, row.organization)
        name, holds = program_name(program), address_of(program)
        if name is not None and holds is not None and holds.id == row.id:
            return program, name
    return None


def listed_addresses(organization: UUID) -> list[str]:
    """Return the e-mail addresses that stand in a program's listings, for the desk. One query."""
    rows = Service.objects.filter(organization=organization).exclude(email="")
    return sorted(set(rows.values_list("email", flat=True)))


def program_name(organization: UUID) -> str | None:
    """Return what a program is called, None where there is none. One query."""
    rows = Organization.objects.filter(id=organization)
    return rows.values_list("name", flat=True).first()


def _that_holds(organization: UUID, rows: Iterable[LinkAddress]) -> LinkAddress | None:
    ordered = sorted(rows, key=lambda row: (row.organization == organization, row.noted_at))
    return ordered[-1] if ordered else None
