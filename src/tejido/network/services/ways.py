"""Where a person is reached: give an address, confirm it, say what for, remove it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import phonenumbers
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused
from tejido.foundation.scope import person_scope
from tejido.gateways.mail import Postbox
from tejido.gateways.sending import NotSent
from tejido.gateways.texting import send_text
from tejido.network.domain.messages import Channel, Kind, is_quiet
from tejido.network.models import Person, WayToReach
from tejido.network.queries.ways import is_on
from tejido.network.services.letters import code_letter
from tejido.network.zone import ZONE

CODE_HOLDS = timedelta(minutes=15)
TRIES = 5
CODES_A_DAY: Final = 5
_DAY_S = 24 * 60 * 60


class WayRefused(Refused):
    """An address, a code or a wish that is not taken, and what to do."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants by one channel.

    Attributes:
        kinds: of message.
        daily_at: the local hour at which they are gathered; None for at once.
        quiet_from: local hour; the same as `quiet_until` for no quiet hours.
        quiet_until: local hour.
    """

    kinds: Collection[Kind]
    daily_at: int | None
    quiet_from: int
    quiet_until: int


def give_address(
    *, person_id: UUID, channel: Channel, address: str, language: str, at: datetime
) -> None:
    """Keep an address that is not confirmed yet, and send a code to it, at once.

    The code leaves in this moment and is kept only as a hash, so that no copy of the outbox
    holds one. Given again, the address and the code are new; what was confirmed stays until it
    is removed.

    Raises:
        WayRefused: `person-unknown`, `channel-off`, `address-wrong`, `confirmed-already`,
            `too-many-codes` or `not-sent`.
    """
    wanted = _address(channel, address)
    if not is_on(channel):
        raise WayRefused("channel-off", _("This installation does not send such messages."))
    code = f"{secrets.randbelow(1_000_000):06}"
    _keep(person_id, channel, wanted, code, at)
    try:
        _send_code(channel, wanted, code, language)
    except NotSent:
        raise WayRefused(
            "not-sent", _("The code could not be sent. Look at the address, or try later.")
        ) from None


def confirm(*, person_id: UUID, channel: Channel, code: str, at: datetime) -> None:
    """Take an address into use whose code came back.

    Raises:
        WayRefused: `code-old` (too late, too many tries, or none was sent) or `code-wrong`.
    """
    with person_scope(person_id):
        row = WayToReach.objects.filter(person_id=person_id, channel=channel)
        live = row.filter(
            confirmed_at=None, code_at__gt=at - CODE_HOLDS, code_tries__lt=TRIES
        ).exclude(code_hash="")
        # Counted before it is compared, so that many at once get no more tries.
        if not live.update(code_tries=F("code_tries") + 1):
            raise WayRefused("code-old", _("This code no longer holds. Ask for a new one."))
        way = row.get()
        typed = "".join(code.split())
        is_right = constant_time_compare(way.code_hash, _hash(way.id, way.address, typed))
        if is_right:
            row.update(confirmed_at=at, code_hash="", code_tries=0, stopped_at=None)
    if not is_right:
        raise WayRefused("code-wrong", _("This is not the code that we sent. Look again."))


def wish(*, person_id: UUID, channel: Channel, wishes: Wishes) -> None:
    """Keep what a person wants by a channel that they confirmed.

    Raises:
        WayRefused: `way-unknown`, or `daily-in-quiet`: once a day at an hour that is to be quiet.
    """
    if wishes.daily_at is not None and _in_quiet(wishes):
        raise WayRefused(
            "daily-in-quiet", _("The hour for once a day lies in your quiet hours. Change one.")
        )
    with person_scope(person_id):
        count = WayToReach.objects.filter(
            person_id=person_id, channel=channel, confirmed_at__isnull=False
        ).update(
            kinds=sorted(wishes.kinds),
            daily_at=wishes.daily_at,
            quiet_from=wishes.quiet_from,
            quiet_until=wishes.quiet_until,
        )
    if not count:
        raise WayRefused("way-unknown", _("This address is not there any more."))


def remove(*, person_id: UUID, channel: Channel) -> None:
    """Delete an address at once; nothing of it stays, and what waited for it is not sent."""
    with person_scope(person_id):
        WayToReach.objects.filter(person_id=person_id, channel=channel).delete()


def remove_all(*, person_id: UUID) -> None:
    """Delete every address of a person at once, as `remove` does one."""
    with person_scope(person_id):
        WayToReach.objects.filter(person_id=person_id).delete()


def _in_quiet(wishes: Wishes) -> bool:
    noon = datetime(2026, 1, 1, wishes.daily_at or 0, tzinfo=ZONE)
    return is_quiet(noon, quiet_from=wishes.quiet_from, quiet_until=wishes.quiet_until, zone=ZONE)


def _address(channel: Channel, typed: str) -> str:
    address = typed.strip()
    if channel is Channel.TEXT:
        return _number(address)
    try:
        validate_email(address)
    except ValidationError:
        raise WayRefused(
            "address-wrong", _("Type an e-mail address such as name@example.org.")
        ) from None
    return address


def _number(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise WayRefused(
            "address-wrong", _("Type a mobile number with its area code, such as 559 555 0123.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _count_codes(person_id: UUID, address: str) -> None:
    """Refuse to send ever more codes, by one person or to one address; a counter keeps neither."""
    for key in (f"reach-by:{person_id}", f"reach-to:{address.lower()}"):
        count = cache.get(key, 0) + 1
        # Not `incr`: in the database it would forget after five minutes.
        cache.set(key, count, _DAY_S)
        if count > CODES_A_DAY:
            raise WayRefused(
                "too-many-codes", _("You asked for many codes today. Try again tomorrow.")
            )


def _keep(person_id: UUID, channel: Channel, address: str, code: str, at: datetime) -> None:
    with person_scope(person_id), transaction.atomic():
        # Asked for several times at once: each waits here, and the last code is what holds.
        if not Person.objects.select_for_update(no_key=True).filter(id=person_id).first():
            raise WayRefused("person-unknown", _("You are not a person of the network yet."))
        _count_codes(person_id, address)
        way = WayToReach.objects.filter(person_id=person_id, channel=channel).first()
        if way is not None and way.confirmed_at is not None and way.stopped_at is None:
            raise WayRefused("confirmed-already", _("Remove the address that is there first."))
        way = way or WayToReach(
            person_id=person_id, channel=channel, kinds=[Kind.TASKS_WAIT.value]
        )
        way.address, way.confirmed_at, way.stopped_at = address, None, None
        way.code_hash = _hash(way.id, address, code)
        way.code_at, way.code_tries = at, 0
        way.save()


def _hash(way_id: UUID, address: str, code: str) -> str:
    said = f"{way_id}:{address}:{code}"
    return salted_hmac("tejido.network.ways", said, algorithm="sha256").hexdigest()


def _send_code(channel: Channel, address: str, code: str, language: str) -> None:
    words = code_letter(code, language=language)
    if channel is Channel.TEXT:
        send_text(to=address, words=words.text)
        return
    postbox = Postbox()
    name = secrets.token_hex(16)
    try:
        postbox.send(to=address, subject=words.subject, body=words.body, name=name)
    finally:
        postbox.close()
