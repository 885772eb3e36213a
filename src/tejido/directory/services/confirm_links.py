"""The link by which a program confirms its listings: made here, used once, no account."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain, islice, starmap
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActState
from tejido.directory.domain.call_sheet import (
    GROUP_OF,
    Channel,
    Outcome,
    SheetLine,
    sheet_lines,
)
from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.vocabulary import ConfirmedBy, Visibility
from tejido.directory.models import Call, ConfirmLink, Organization
from tejido.directory.queries.aliases import parts_of, stands_for
from tejido.directory.queries.link_addresses import handed_over_until
from tejido.directory.queries.public import public_listings_of
from tejido.directory.services.acts import Actor
from tejido.directory.services.call_sheet import LISTINGS_AT_ONCE, ORGANIZATION, due_parts
from tejido.directory.services.desk_listing import desk_listing
from tejido.directory.services.editing import Edit, EditRefused, edit, seen_digest
from tejido.directory.services.program_words import keep_words
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act

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
class SaidByLink:
    """One thing that a program said has changed; `line` is the name of its line."""

    service: UUID
    group: FieldGroup
    line: str
    words: str


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link, as pages show it.

    Attributes:
        confirmed: pairs of listing and part.
        changed: what the program said has changed.
        call: the answer that holds.
        can_correct: whether it may still be corrected: nobody took it back, the link has not
            ended, and the program got no newer one.
        asked: what was asked, listing -> parts, to ask it again.
        mailed_at: when it was mailed, None where somebody made it by hand.
    """

    id: UUID
    organization: UUID
    name: str
    state: LinkState
    made_at: datetime
    expires_on: date
    used_at: datetime | None
    confirmed: tuple[tuple[str, str], ...]
    changed: tuple[SaidByLink, ...] = ()
    call: UUID | None = None
    can_correct: bool = False
    asked: Mapping[UUID, frozenset[FieldGroup]] = field(default_factory=dict)
    mailed_at: datetime | None = None


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
    token = new_token()
    _keep(token, organization, actor, on, made_at=at)
    return token


def new_token() -> str:
    """Return the token of a link that leads nowhere until it is kept."""
    return _SIGNER.sign(secrets.token_urlsafe(24))


@transaction.atomic
def keep_mailed_link(
    *, token: str, organization: UUID, actor: Actor, on: date, at: datetime
) -> None:
    """Let the link in a letter that left lead to its program, instead of one mailed before.

    Where somebody made one by hand while the letter was leaving, theirs stands.
    """
    # Whoever makes a link for this program takes turns here.
    list(Organization.objects.select_for_update().filter(id=organization).values_list("id"))
    stands = handed_over_until(organization, on=on) is not None
    if not stands:
        revoke_link(organization=organization, at=at)
    told = {"mailed_at": at, "revoked_at": at if stands else None}
    _keep(token, organization, actor, on, made_at=at, **told)


def _keep(
    token: str, organization: UUID, actor: Actor, on: date, **times: datetime | None
) -> None:
    ConfirmLink.objects.create(
        organization=organization,
        token_hash=_hash(token),
        expires_on=on + timedelta(days=HOLDS_DAYS),
        made_by=actor.person,
        member=actor.member,
        **times,
    )


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


def link_sheet(
    organization: UUID, *, on: date, again: Mapping[UUID, frozenset[FieldGroup]] | None = None
) -> LinkSheet:
    """Return what a program is asked: of its due parts those that everybody may see.

    At most 25 listings, by name, of those that have such a part.

    Args:
        organization: the program.
        on: the local day.
        again: what it was asked before, to correct its answer; listing -> parts. It comes first.
    """
    # One more than is shown: it says whether there are more.
    found = list(islice(_asked(organization, on, again or {}), LISTINGS_AT_ONCE + 1))
    lines = tuple(chain.from_iterable(found[:LISTINGS_AT_ONCE]))
    return LinkSheet(lines, seen_digest(map(_key, lines)), len(found) > LISTINGS_AT_ONCE)


def confirm_by_link(
    *,
    token: str,
    changed: Mapping[str, str],
    seen: str,
    on: date,
    at: datetime,
    language: str = "en",
    corrects: UUID | None = None,
) -> LinkSeen:
    """Store what a program said by its link, as one act in its name.

    What it said has changed is not changed: it waits for a steward with the program's words.
    Everything else that the page showed is confirmed. A correction takes the answer before back,
    but for what a steward dealt with since.

    Args:
        token: of the link.
        changed: name of a line -> what it is now, in the program's words, or ''.
        seen: the mark of what the page showed.
        on: the local day.
        at: the instant.
        language: of the page.
        corrects: the answer that this one takes the place of.

    Raises:
        EditRefused: `link-unknown`, `link-used`, `link-undone`, `link-expired`, `link-revoked`;
            `changed-meanwhile`: what the page showed is no longer so.
    """
    with transaction.atomic():
        row = ConfirmLink.objects.select_for_update().filter(token_hash=_hash(token)).first()
        link = link_by_token(token, on=on)
        if row is None or link is None:
            raise EditRefused("link-unknown", _("This link leads nowhere."))
        if not _may_answer(link, corrects):
            raise EditRefused(f"link-{link.state}", _("This link was used or has ended."))
        sheet = link_sheet(link.organization, on=on, again=link.asked if corrects else None)
        if sheet.seen != seen:
            raise EditRefused(
                "changed-meanwhile",
                _("Something changed meanwhile. Look at it once more."),
            )
        before, actor = row.call, Actor(member=row.member)
        if before is not None and before.act is not None:
            undo_act(act_id=before.act.id, at=at, actor=actor)
        act = _confirmed(sheet.lines, changed, actor, on, at)
        said = [(ln, changed[ln.name][:LONGEST_NOTE]) for ln in sheet.lines if ln.name in changed]
        row.call = _call(link.organization, said, act, row.member, at)
        keep_words(call=row.call, instead_of=before, said=said, language=language, on=on)
        row.confirmed = [[_name(ln), ln.group.value] for ln in _right(sheet.lines, changed)]
        row.asked = [[str(ln.listing.service.id), ln.group.value] for ln in sheet.lines]
        row.save(update_fields=["call", "confirmed", "asked"])
        return link_by_token(token, on=on) or link


def _may_answer(link: LinkSeen, corrects: UUID | None) -> bool:
    if corrects is None:
        return link.state is LinkState.OPEN
    return link.can_correct and link.call == corrects


def _right(lines: Iterable[SheetLine], changed: Mapping[str, str]) -> list[SheetLine]:
    return [line for line in lines if line.name not in changed and not line.in_words]


def _confirmed(
    lines: Iterable[SheetLine], changed: Mapping[str, str], actor: Actor, on: date, at: datetime
) -> UUID | None:
    right = _right(lines, changed)
    if not right:
        return None
    change = Edit(confirmed=tuple(map(_key, right)))
    return edit(change=change, actor=actor, on=on, at=at, by=ConfirmedBy.PROGRAM)


def _call(
    organization: UUID,
    said: Iterable[tuple[SheetLine, str]],
    act: UUID | None,
    member: UUID | None,
    at: datetime,
) -> Call:
    return Call.objects.create(
        organization=organization,
        at=at,
        channel=Channel.LINK.value,
        outcome=Outcome.REACHED.value,
        act_id=act,
        to_change=[[*_written(line), words] for line, words in said],
        member=member,
    )


def _links_of(organization: UUID) -> QuerySet[ConfirmLink]:
    return ConfirmLink.objects.filter(
        organization__in=list(parts_of(ORGANIZATION, [organization]))
    )


def _asked(
    organization: UUID, on: date, again: Mapping[UUID, frozenset[FieldGroup]]
) -> Iterator[list[SheetLine]]:
    """Yield, listing by listing, the lines that everybody may see, each line once."""
    shown = {each.service_id for each in public_listings_of(organization)}
    due, before = due_parts(organization, today=on), set[str]()
    due = {key: due.get(key, frozenset()) | again.get(key, frozenset()) for key in (*again, *due)}
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
    said = tuple((str(name), str(part)) for name, part in row.confirmed)
    seen = LinkSeen(
        row.id, key, name, state, row.made_at, row.expires_on, None, said, mailed_at=row.mailed_at
    )
    return seen if row.call is None else _answered(seen, row, row.call, on)


def _answered(seen: LinkSeen, row: ConfirmLink, call: Call, on: date) -> LinkSeen:
    newer = _links_of(seen.organization).filter(made_at__gt=row.made_at)
    is_open = seen.state is LinkState.USED and on <= row.expires_on and bool(row.asked)
    asked: dict[UUID, frozenset[FieldGroup]] = {}
    for key, group in row.asked or ():
        asked[UUID(key)] = asked.get(UUID(key), frozenset()) | {FieldGroup(group)}
    return replace(
        seen,
        used_at=call.at,
        changed=tuple(starmap(_said, call.to_change)),
        call=call.id,
        can_correct=is_open and not newer.exists(),
        asked=asked,
    )


def _said(listing: str, _kind: str, record: str, name: str, words: str = "") -> SaidByLink:
    return SaidByLink(UUID(listing), GROUP_OF[name], f"{name}-{record}", words)
