"""Mails programs the link by which they confirm: once a month, or when a steward says so.

A link is made and sent in one step, and kept only once it left: its token stands in the letter
and nowhere else. Whoever dies in between leaves a letter whose link leads nowhere, and the next
round sends another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.link_mail import EVERY_DAYS, IN_HAND, MOST, MailState, next_day
from tejido.directory.models import LinkAddress
from tejido.directory.queries.clocks import clocks_now
from tejido.directory.queries.due import due_rows
from tejido.directory.queries.link_addresses import (
    address_of,
    addresses_now,
    handed_over_until,
    last_mailed,
    mailed_since,
    program_name,
)
from tejido.directory.services.acts import Actor
from tejido.directory.services.confirm_links import (
    HOLDS_DAYS,
    keep_mailed_link,
    link_sheet,
    new_token,
)
from tejido.directory.services.link_addresses import (
    MailRefused,
    note_mailing,
    seen_mark,
    stop_token,
)
from tejido.directory.services.link_letters import link_letter
from tejido.foundation.days import local_day, start_of
from tejido.gateways.mail import Postbox, mail_is_on
from tejido.gateways.sending import NotSent
from tejido.network.zone import ZONE

_SENTENCES = {
    "mail-off": _(
        "This installation sends no mail. Whoever looks after it can set that up. "
        "Copy or print the link instead."
    ),
    "no-address": _("The program gave no address. Write it down first."),
    "link-stands": _(
        "A link that was copied or printed still holds. Wait until it is used, or take it back "
        "on the call sheet."
    ),
    "nothing-due": _("Nothing that everybody may see is due. There is nothing to ask by mail."),
    "in-hand": _("A letter to this program left some minutes ago, or is leaving. Wait a while."),
    "refused": _(
        "The mail server refused this address. Ask the program for another one. "
        "Nothing was mailed."
    ),
    "later": _("The mail server did not take the letter. Nothing was mailed. Try again later."),
    "away": _("The mail server did not answer. Nothing was mailed. Try again later."),
}


@dataclass(frozen=True, slots=True)
class LinkMail:
    """What is known of the letters to a program.

    Attributes:
        name: of the program.
        address: where they go, '' for none.
        language: of the letters.
        given_on: local day on which the program gave the address, None for none.
        stopped_at: when the program said stop.
        mailed_at: when the last one left.
        failed_at: when one did not leave, if none left since.
        problem: why: `refused`, `later` or `away`.
        state: what keeps the next one.
        next_on: the first local day on which it can leave.
        until: the last day of a link that was copied or printed and still stands.
        seen: a mark of what is noted.
    """

    organization: UUID
    name: str
    address: str
    language: str
    given_on: date | None
    stopped_at: datetime | None
    mailed_at: datetime | None
    failed_at: datetime | None
    problem: str
    state: MailState
    next_on: date
    until: date | None
    seen: str


def link_mail(organization: UUID, *, at: datetime) -> LinkMail | None:
    """Return what is known of the letters to a program, None where there is no such program."""
    name, on = program_name(organization), local_day(at)
    if name is None:
        return None
    row, mailed_at = address_of(organization), last_mailed(organization)
    until = handed_over_until(organization, on=on)
    mailed_on = local_day(mailed_at) if mailed_at else None
    return LinkMail(
        organization=organization,
        name=name,
        address=row.address if row else "",
        language=row.language if row else "",
        given_on=row.given_on if row else None,
        stopped_at=row.stopped_at if row else None,
        mailed_at=mailed_at,
        failed_at=row.tried_at if row and row.problem else None,
        problem=row.problem if row else "",
        state=_state(organization, row, until, on),
        next_on=next_day(now=at.astimezone(ZONE), mailed_on=mailed_on, until=until),
        until=until,
        seen=seen_mark(row),
    )


def mail_due_links(*, site: str, at: datetime) -> int:
    """Mail a link to each program that waits for one, at most 200; return how many left.

    Those that wait: with an address, something due that everybody may see, no link in the last
    30 days, and none that somebody copied or printed and that still stands. A letter that does
    not leave keeps no other back, unless the mail server is away; all are tried again with the
    next round. Safe to repeat, and from several processes at once. Some queries for all, then
    those of `link_sheet` for each program that waits.

    Args:
        site: where this installation is reached, '' where that is not said: nothing is mailed.
        at: now.
    """
    if not (site and mail_is_on()):
        return 0
    postbox, left, tried = Postbox(), 0, 0
    try:
        for program, row in _waiting(at):
            try:
                _mail(program, row, site=site, actor=Actor(member=row.member), at=at, by=postbox)
                left += 1
            except MailRefused as refusal:
                if refusal.code == "away":
                    break
                tried += refusal.code in {"refused", "later"}
            if left + tried >= MOST:
                break
    finally:
        postbox.close()
    return left


def mail_link(*, organization: UUID, site: str, actor: Actor, at: datetime) -> None:
    """Mail a program its link now.

    Args:
        organization: the program.
        site: where this installation is reached.
        actor: who says so.
        at: now.

    Raises:
        MailRefused: `mail-off`, `no-address`, `link-stands`, `nothing-due`, `in-hand`; or it did
            not leave: `refused`, `later`, `away`.
    """
    row = address_of(organization)
    if not mail_is_on():
        raise _refusal("mail-off")
    if row is None or not row.address:
        raise _refusal("no-address")
    postbox = Postbox()
    try:
        _mail(organization, row, site=site, actor=actor, at=at, by=postbox)
    finally:
        postbox.close()
    note_mailing("mail.confirm-link", organization, actor, at)


def _waiting(at: datetime) -> list[tuple[UUID, LinkAddress]]:
    today = local_day(at)
    # By days, as the page says them: a round is not at the same second each time.
    first = today - timedelta(days=EVERY_DAYS - 1)
    due = due_rows(clocks_now(), today).values_list("organization", flat=True)
    has_due, lately = set(due.distinct()), mailed_since(start_of(first))
    return [
        (program, row)
        for program, row in addresses_now().items()
        if program in has_due and program not in lately
    ]


def _mail(
    program: UUID, row: LinkAddress, *, site: str, actor: Actor, at: datetime, by: Postbox
) -> None:
    """Make a link, send it and keep it; whoever else has the same letter in hand goes first."""
    on, token = local_day(at), new_token()
    state = _state(program, row, handed_over_until(program, on=on), on)
    if state is not MailState.COMES:
        raise _refusal(state)
    if not _taken(row, at):
        raise _refusal("in-hand")
    mine = LinkAddress.objects.filter(id=row.id, tried_at=at)
    try:
        _send(program, row, token, site=site, on=on, by=by)
    except NotSent as failure:
        mine.update(problem=failure.code)
        raise _refusal(failure.code) from None
    keep_mailed_link(token=token, organization=program, actor=actor, on=on, at=at)
    mine.update(problem="")


def _send(
    program: UUID, row: LinkAddress, token: str, *, site: str, on: date, by: Postbox
) -> None:
    letter = link_letter(
        name=program_name(program) or "",
        token=token,
        stop=stop_token(row),
        until=on + timedelta(days=HOLDS_DAYS),
        site=site,
        language=row.language,
    )
    said = {"subject": letter.subject, "body": letter.body, "stop": letter.stop}
    by.send(to=row.address, name=uuid4().hex, **said)


def _taken(row: LinkAddress, at: datetime) -> bool:
    """Take a letter in hand, unless somebody has it, had it some minutes ago, or it changed."""
    if row.tried_at is not None and at - row.tried_at < IN_HAND:
        return False
    same = LinkAddress.objects.filter(id=row.id, tried_at=row.tried_at, address=row.address)
    return bool(same.update(tried_at=at))


def _state(program: UUID, row: LinkAddress | None, until: date | None, on: date) -> MailState:
    if row is None:
        return MailState.NO_ADDRESS
    if not row.address:
        return MailState.STOPPED
    if until is not None:
        return MailState.LINK_STANDS
    return MailState.COMES if link_sheet(program, on=on).lines else MailState.NOTHING_DUE


def _refusal(code: str) -> MailRefused:
    return MailRefused(str(code), _SENTENCES[str(code)])
