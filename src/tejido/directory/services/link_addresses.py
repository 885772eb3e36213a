"""The address to which a program wants its links mailed: given at the desk, ended by anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from tejido.directory.models import LinkAddress, Organization
from tejido.directory.queries.aliases import parts_of, stands_for
from tejido.directory.queries.link_addresses import ORGANIZATION, address_of, program_name
from tejido.directory.queries.public import public_listings_of
from tejido.directory.services.acts import Actor
from tejido.foundation.errors import Refused
from tejido.foundation.scope import member_scope
from tejido.network.services.events import note_event

_SIGNER = Signer(salt="directory.link-stop", sep=".")
_HEX = 32


class MailRefused(Refused):
    """An address or a letter that cannot be, and what to do."""


@dataclass(frozen=True, slots=True)
class AddressSaid:
    """What a program said: `language` is en or es, `given_on` the local day on which it did."""

    address: str
    language: str
    given_on: date


@dataclass(frozen=True, slots=True)
class StopSeen:
    """What is behind a link to stop.

    Attributes:
        name: of the program, '' unless something of it is public.
        is_mailed: whether anything is still mailed to the address because of it.
    """

    name: str
    is_mailed: bool


@transaction.atomic
def give_address(
    *, organization: UUID, said: AddressSaid, seen: str, actor: Actor, on: date, at: datetime
) -> None:
    """Note where a program wants its links; takes the place of what was noted before.

    Args:
        organization: the program.
        said: what it said.
        seen: the mark of what the page showed.
        actor: who notes it.
        on: the local day.
        at: the instant.

    Raises:
        MailRefused: `listing-gone`, `changed-meanwhile`, `address-wrong`, `day-ahead`.
    """
    _unchanged(organization, seen)
    try:
        validate_email(said.address)
    except ValidationError:
        raise MailRefused(
            "address-wrong", _("Write an e-mail address such as name@example.org.")
        ) from None
    if said.given_on > on:
        raise MailRefused("day-ahead", _("Write a day that is not ahead."))
    row = LinkAddress.objects.filter(organization=organization).first()
    row = row or LinkAddress(organization=organization)
    if row.address != said.address:
        row.tried_at, row.problem = None, ""
    row.address, row.language, row.given_on = said.address, said.language, said.given_on
    row.noted_at, row.noted_by, row.member, row.stopped_at = at, actor.person, actor.member, None
    row.save()
    note_mailing("note.link-address", organization, actor, at)


@transaction.atomic
def remove_address(*, organization: UUID, seen: str, actor: Actor, at: datetime) -> None:
    """Delete what was noted of a program and of what became part of it; nothing is mailed then.

    Raises:
        MailRefused: `listing-gone`, `changed-meanwhile`.
    """
    _unchanged(organization, seen)
    parts = list(parts_of(ORGANIZATION, [organization]))
    LinkAddress.objects.filter(organization__in=parts).delete()
    note_mailing("remove.link-address", organization, actor, at)


def stop_token(row: LinkAddress) -> str:
    """Return what a letter carries so that whoever gets it can end these letters."""
    return _SIGNER.sign(row.organization.hex + _mark(row.address))


def stop_seen(token: str) -> StopSeen | None:
    """Return what a link to stop is about, None where nobody made it."""
    rows = _meant(token)
    if rows is None:
        return None
    key = stands_for(ORGANIZATION, UUID(token[:_HEX]))
    name = program_name(key) if public_listings_of(key) else ""
    return StopSeen(name or "", any(rows))


@transaction.atomic
def stop_mails(*, token: str, at: datetime) -> StopSeen | None:
    """Forget the address of a letter; that its program said stop stays. Safe to repeat."""
    for row in _meant(token) or ():
        LinkAddress.objects.filter(id=row.id).update(address="", stopped_at=at, problem="")
        note_mailing("stop.link-address", row.organization, Actor(member=row.member), at)
    return stop_seen(token)


def seen_mark(row: LinkAddress | None) -> str:
    """Return a mark of what a page shows of an address."""
    return "" if row is None else f"{row.id}.{row.noted_at.timestamp()}.{row.address == ''}"


def note_mailing(act: str, organization: UUID, actor: Actor, at: datetime) -> None:
    """Add to the member's record what was done, without the address."""
    if actor.member is None:
        return
    with member_scope(actor.member):
        note_event(member_id=actor.member, act=act, object_id=organization, by=actor.person, at=at)


def _unchanged(organization: UUID, seen: str) -> None:
    """Let nobody else change the address until this is done, and refuse what is not what it was.

    Two stewards with the same page take turns here.
    """
    if not Organization.objects.select_for_update().filter(id=organization).exists():
        raise MailRefused("listing-gone", _("This program is no longer there."))
    if seen_mark(address_of(organization)) != seen:
        raise MailRefused(
            "changed-meanwhile",
            _("Somebody changed the address meanwhile, or the program did. Look at it once more."),
        )


def _meant(token: str) -> list[LinkAddress] | None:
    """Return the rows that a link to stop is about, None where its signature is wrong."""
    try:
        said = _SIGNER.unsign(token)
    except BadSignature:
        return None
    return list(_rows_of(UUID(said[:_HEX]), said[_HEX:]))


def _rows_of(organization: UUID, mark: str) -> Iterator[LinkAddress]:
    """Yield what was noted of a program, with all that is one with it now, at the address."""
    now = parts_of(ORGANIZATION, [stands_for(ORGANIZATION, organization)])
    rows = LinkAddress.objects.filter(organization__in=[organization, *now]).exclude(address="")
    for row in rows.order_by("id"):
        if constant_time_compare(_mark(row.address), mark):
            yield row


def _mark(address: str) -> str:
    hashed = salted_hmac("directory.link-stop", address.casefold(), algorithm="sha256")
    return hashed.hexdigest()[:_HEX]
