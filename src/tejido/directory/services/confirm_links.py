"""The link by which a program confirms its listings: made at the desk, used once, no account."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain, islice
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActState
from tejido.directory.domain.call_sheet import Channel, Outcome, SheetLine, sheet_lines
from tejido.directory.domain.vocabulary import ConfirmedBy, Visibility
from tejido.directory.models import Call, ConfirmLink, Organization
from tejido.directory.queries.aliases import parts_of, stands_for
from tejido.directory.queries.public import public_listings_of
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import LISTINGS_AT_ONCE, ORGANIZATION, due_parts
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.setting import FieldKey

HOLDS_DAYS = 45
LONGEST_NOTE = 300
_SIGNER = Signer(salt="directory.confirm-link", sep=".")
_HIDDEN_KINDS = frozenset({"directory.location", "directory.serviceatlocation"})


class LinkState(StrEnum):
    """What becomes of a link; of an undone one, what was confirmed with it was taken back."""

    OPEN = "open"
    USED = "used"
    UNDONE = "undone"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link, as pages show it; `confirmed` are pairs of listing and part."""

    id: UUID
    organization: UUID
    name: str
    state: LinkState
    made_at: datetime
    expires_on: date
    used_at: datetime | None
    confirmed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LinkSheet:
    """What the program is asked: due parts that everybody may see; `seen` is their mark.

    `is_more` says that more listings are due than are asked about at once.
    """

    lines: tuple[SheetLine, ...]
    seen: str
    is_more: bool = False


@transaction.atomic
def make_link(*, organization: UUID, actor: Actor, on: date, at: datetime) -> str:
    """Return the token of a new link for a program; one that still stands is revoked.

    The token is told once: the table holds only its hash.

    Raises:
        EditRefused: `listing-gone`.
    """
    if not Organization.objects.select_for_update().filter(id=organization).exists():
        raise EditRefused("listing-gone", _("This program is no longer there."))
    revoke_link(organization=organization, at=at)
    token = _SIGNER.sign(secrets.token_urlsafe(24))
    ConfirmLink.objects.create(
        organization=organization,
        token_hash=_hash(token),
        made_at=at,
        expires_on=on + timedelta(days=HOLDS_DAYS),
        made_by=actor.person,
        member=actor.member,
    )
    return token


def revoke_link(*, organization: UUID, at: datetime) -> bool:
    """Let the link of a program that still stands lead nowhere; say whether there was one."""
    standing = _links_of(organization).filter(revoked_at=None, call=None)
    return bool(standing.update(revoked_at=at))


def link_by_token(token: str, *, on: date) -> LinkSeen | None:
    """Return the link of a token, None where it has none, or its program is gone.

    A link of a program that became part of another one is the other's. Three queries, and one
    more for each merge on the way.
    """
    try:
        _SIGNER.unsign(token)
    except BadSignature:
        return None
    rows = ConfirmLink.objects.select_related("call__act")
    row = rows.filter(token_hash=_hash(token)).first()
    return None if row is None else _seen(row, on)


def last_link(organization: UUID, *, on: date) -> LinkSeen | None:
    """Return the last link that was made for a program, or what became part of it, or None."""
    rows = _links_of(organization).select_related("call__act")
    row = rows.order_by("-made_at", "id").first()
    return None if row is None else _seen(row, on)


def link_sheet(organization: UUID, *, on: date) -> LinkSheet:
    """Return what a program is asked: of its due parts those that everybody may see.

    At most 25 listings, by name, of those that have such a part.
    """
    # One more than is shown: it says whether there are more.
    found = list(islice(_asked(organization, on), LISTINGS_AT_ONCE + 1))
    lines = tuple(chain.from_iterable(found[:LISTINGS_AT_ONCE]))
    return LinkSheet(lines, seen_digest(map(_key, lines)), len(found) > LISTINGS_AT_ONCE)


def confirm_by_link(
    *, token: str, changed: Mapping[str, str], seen: str, on: date, at: datetime
) -> LinkSeen:
    """Store what a program said by its link, as one act in its name.

    What it said has changed is not changed: it stays due, and a steward finds it on the call
    sheet with the program's words. Everything else that the page showed is confirmed.

    Args:
        token: of the link.
        changed: name of a line -> what it is now, in the program's words, or ''.
        seen: the mark of what the page showed.
        on: the local day.
        at: the instant.

    Raises:
        EditRefused: `link-unknown`, `link-used`, `link-undone`, `link-expired`, `link-revoked`;
            `changed-meanwhile`: what the page showed is no longer so.
    """
    with transaction.atomic():
        row = ConfirmLink.objects.select_for_update().filter(token_hash=_hash(token)).first()
        link = link_by_token(token, on=on)
        if row is None or link is None:
            raise EditRefused("link-unknown", _("This link leads nowhere."))
        if link.state is not LinkState.OPEN:
            raise EditRefused(f"link-{link.state}", _("This link was used or has ended."))
        sheet = link_sheet(link.organization, on=on)
        if sheet.seen != seen:
            raise EditRefused(
                "changed-meanwhile",
                _("Something changed meanwhile. Look at it once more."),
            )
        right = [ln for ln in sheet.lines if ln.name not in changed and not ln.in_words]
        act = None
        if right:
            change = Edit(confirmed=tuple(map(_key, right)))
            actor = Actor(member=row.member)
            act = edit(change=change, actor=actor, on=on, at=at, by=ConfirmedBy.PROGRAM)
        row.call = Call.objects.create(
            organization=link.organization,
            at=at,
            channel=Channel.LINK.value,
            outcome=Outcome.REACHED.value,
            act_id=act,
            to_change=[
                [*_written(line), changed[line.name][:LONGEST_NOTE]]
                for line in sheet.lines
                if line.name in changed
            ],
            member=row.member,
        )
        row.confirmed = [[_name(line), line.group.value] for line in right]
        row.save(update_fields=["call", "confirmed"])
        return link_by_token(token, on=on) or link


def _links_of(organization: UUID) -> QuerySet[ConfirmLink]:
    return ConfirmLink.objects.filter(
        organization__in=list(parts_of(ORGANIZATION, [organization]))
    )


def _asked(organization: UUID, on: date) -> Iterator[list[SheetLine]]:
    """Yield, listing by listing, the lines that everybody may see, each line once."""
    shown = {each.service_id for each in public_listings_of(organization)}
    due, before = due_parts(organization, today=on), set[str]()
    for key in filter(shown.__contains__, due):
        listing = desk_listing(key)
        all_lines = sheet_lines([listing], due) if listing is not None else []
        lines = [ln for ln in all_lines if ln.name not in before and _is_public(ln)]
        before.update(line.name for line in lines)
        if lines:
            yield lines


def _is_public(line: SheetLine) -> bool:
    """Say whether everybody may see what a line of a public listing says.

    Of a hidden place nothing is shown.
    """
    if line.held.kind not in _HIDDEN_KINDS:
        return True
    at = [p for p in line.listing.places if line.held.id in {p.place.id, p.location.id}]
    return all(place.visibility is Visibility.PUBLIC for place in at)


def _is_undone(call: Call) -> bool:
    return call.act is not None and call.act.state == ActState.UNDONE.value


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(line: SheetLine) -> FieldKey:
    return FieldKey(line.held.kind, line.held.id, line.field)


def _written(line: SheetLine) -> list[str]:
    return [str(line.listing.service.id), line.held.kind, str(line.held.id), line.field]


def _name(line: SheetLine) -> str:
    return str(line.listing.service.values["name"])


def _seen(row: ConfirmLink, on: date) -> LinkSeen | None:
    key = stands_for(ORGANIZATION, row.organization)
    name = Organization.objects.filter(id=key).values_list("name", flat=True).first()
    if name is None:
        return None
    state = LinkState.OPEN
    if row.call is not None:
        state = LinkState.UNDONE if _is_undone(row.call) else LinkState.USED
    elif row.revoked_at is not None:
        state = LinkState.REVOKED
    elif on > row.expires_on:
        state = LinkState.EXPIRED
    used_at = row.call.at if row.call is not None else None
    said = tuple((str(name), str(part)) for name, part in row.confirmed)
    return LinkSeen(
        row.id, key, name, state, row.made_at, row.expires_on, used_at, said,
    )  # fmt: skip
