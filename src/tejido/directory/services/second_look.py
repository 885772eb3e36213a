"""What the second person does with a change that waits: yes, or no with a reason."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.models import ProposedChange
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import Approval, Edit, edit, seen_digest
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.foundation.errors import Refused
from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import people_who_may


class LookRefused(Refused):
    """A decision that cannot be stored."""


def approve(*, proposal_id: UUID, seen: str, actor: Actor, on: date, at: datetime) -> UUID | None:
    """Do what was proposed, as the proposer's act with a second person; return the act.

    None where it stands so already.

    Args:
        proposal_id: what waits.
        seen: the mark of what the page showed (`shown_mark`).
        actor: who says yes.
        on: the local day.
        at: the instant.

    Raises:
        LookRefused: `proposal-unknown`; `decided-already`; `own-change`; `changed-meanwhile`:
            something changed since the page was opened.
        EditRefused, UndoRefused: it can no longer be done.
    """
    with transaction.atomic():
        row = _waiting(proposal_id)
        if row.proposed_by == actor.person:
            raise LookRefused("own-change", _("Somebody else has to look at your change."))
        act = _apply(row, seen, Approval(actor), on, at)
        _decide(row, ProposalState.APPROVED, actor, at, act=act)
    return act


def do_alone(
    *, proposal_id: UUID, seen: str, reason: str, actor: Actor, on: date, at: datetime
) -> UUID | None:
    """Do one's own proposal where nobody else in the network could look at it; return the act.

    Raises:
        LookRefused: as for `approve`; `not-alone`: somebody else may approve it; `not-own`;
            `reason-missing`.
        EditRefused, UndoRefused: it can no longer be done.
    """
    _need(reason)
    with transaction.atomic():
        row = _waiting(proposal_id)
        _need_own(row, actor)
        if not is_alone(actor):
            raise LookRefused("not-alone", _("Somebody else has to look at your change."))
        act = _apply(row, seen, Approval(), on, at)
        _decide(row, ProposalState.ALONE, actor, at, act=act, reason=reason)
    return act


def turn_down(*, proposal_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Say no, and why.

    Raises:
        LookRefused: `proposal-unknown`; `decided-already`; `own-change`; `reason-missing`.
    """
    _need(reason)
    with transaction.atomic():
        row = _waiting(proposal_id)
        if row.proposed_by == actor.person:
            raise LookRefused("own-change", _("Somebody else has to look at your change."))
        _decide(row, ProposalState.TURNED_DOWN, actor, at, reason=reason)


def withdraw(*, proposal_id: UUID, actor: Actor, at: datetime) -> None:
    """Take one's own proposal back.

    Raises:
        LookRefused: `proposal-unknown`; `decided-already`; `not-own`.
    """
    with transaction.atomic():
        row = _waiting(proposal_id)
        _need_own(row, actor)
        _decide(row, ProposalState.WITHDRAWN, actor, at)


def is_alone(actor: Actor) -> bool:
    """Return whether nobody else in the network may approve. A query for each member."""
    return not people_who_may(Permission.APPROVE_LISTING) - {actor.person}


def shown_mark(proposal_id: UUID) -> str:
    """Return a mark of what the fields of a proposal hold now."""
    return seen_digest(_keys(ProposedChange(id=proposal_id)))


def _waiting(proposal_id: UUID) -> ProposedChange:
    row = ProposedChange.objects.select_for_update().filter(id=proposal_id).first()
    if row is None:
        raise LookRefused("proposal-unknown", _("There is no such change."))
    if row.state != ProposalState.WAITING:
        raise LookRefused("decided-already", _("Somebody decided this already."))
    return row


def _need(reason: str) -> None:
    if not reason:
        raise LookRefused("reason-missing", _("Write why"))


def _need_own(row: ProposedChange, actor: Actor) -> None:
    if row.proposed_by != actor.person:
        raise LookRefused("not-own", _("Only who proposed it can do this."))


def _apply(
    row: ProposedChange, seen: str, approval: Approval, on: date, at: datetime
) -> UUID | None:
    keys = _keys(row)
    if seen != seen_digest(keys):
        raise LookRefused(
            "changed-meanwhile", _("Something changed since you opened this page. Look again.")
        )
    proposer = Actor(row.proposed_by, row.member, row.role)
    if row.undoes_id is not None:
        report = undo_act(act_id=row.undoes_id, at=at, actor=proposer, second=approval.by)
        return report.act_id
    return edit(
        change=_edit(row),
        actor=proposer,
        on=on,
        at=at,
        kind=ActKind(row.kind),
        approval=approval,
    )


def _keys(row: ProposedChange) -> tuple[FieldKey, ...]:
    said = row.fields.values_list("object_type", "object_id", "field").order_by("id")
    return tuple(dict.fromkeys(FieldKey(*each) for each in said))


def _edit(row: ProposedChange) -> Edit:
    values: dict[FieldKey, Any] = {}
    spanish: dict[FieldKey, str] = {}
    for each in row.fields.order_by("id"):
        key = FieldKey(each.object_type, each.object_id, each.field)
        if each.language:
            spanish[key] = str(each.after)
        else:
            values[key] = each.after
    return Edit(values=values, spanish=spanish)


def _decide(
    row: ProposedChange,
    state: ProposalState,
    actor: Actor,
    at: datetime,
    *,
    act: UUID | None = None,
    reason: str = "",
) -> None:
    row.state, row.reason, row.act_id = state.value, reason, act
    row.decided_by, row.decided_role, row.decided_at = actor.person, actor.role, at
    row.save()
