"""What a steward holds for a member, and how it passes to a colleague when they leave."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tejido.directory.domain.four_eyes import ProposalState
from tejido.directory.domain.import_runs import RunState
from tejido.directory.models import ImportRun, ProposedChange, ProposedField
from tejido.directory.queries.subjects import subjects_among
from tejido.network.domain.permissions import Permission
from tejido.network.hand_over import Holding, Passing, Piece
from tejido.network.queries.hand_over import held_by

# A file that waits for a person: to be described, or for their yes.
OPEN = (RunState.NEW.value, RunState.TRYING.value, RunState.TRIED.value)


def _files(_member_id: UUID, person_id: UUID, _at: datetime) -> list[Piece]:
    rows = _open_files().filter(by=person_id).order_by("at", "id")
    return [Piece(row.id, row.file_name) for row in rows]


def _pass_files(passing: Passing) -> dict[UUID, str]:
    if passing.taker:
        _give_files(passing.ids, passing.leaver, passing.taker)
    return {}


def _return_files(passing: Passing, _was: dict[UUID, str]) -> None:
    if passing.taker:
        _give_files(passing.ids, passing.taker, passing.leaver)


def _give_files(ids: Iterable[UUID], giver: UUID, taker: UUID) -> None:
    _open_files().filter(id__in=ids, by=giver).update(by=taker)


def _open_files() -> QuerySet[ImportRun]:
    rows: QuerySet[ImportRun] = ImportRun.objects.filter(state__in=OPEN)
    return rows


def _proposals(member_id: UUID, person_id: UUID, _at: datetime) -> list[Piece]:
    rows = ProposedChange.objects.filter(state=ProposalState.WAITING.value, member=member_id)
    began = dict(rows.order_by("proposed_at", "id").values_list("id", "proposed_by"))
    held = held_by("proposals", person_id, began)
    names = _about(held)
    return [Piece(key, names.get(key, "")) for key in began if key in held]


def _about(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the name of the listing that each proposed change is about first. Some queries."""
    rows = ProposedField.objects.filter(proposal__in=list(ids)).order_by("-id")
    first = {row.proposal_id: (row.object_type, row.object_id) for row in rows}
    subjects = subjects_among(first.values())
    return {key: subjects[record].name for key, record in first.items() if record in subjects}


HOLDINGS = [
    # Who proposed it stays written there: they said that it is so. Passed on is the second look.
    Holding(
        kind="proposals",
        title=_("Changes to listings that wait for a second person"),
        otherwise=_("Nobody here: they wait on for any second person"),
        page="directory:changes",
        permission=Permission.APPROVE_LISTING,
        pieces=_proposals,
    ),
    Holding(
        kind="lists",
        title=_("Lists that were brought and not imported"),
        otherwise=_("Nobody: they are removed when their time is over"),
        page="directory_import:bring",
        permission=Permission.IMPORT_LISTINGS,
        pieces=_files,
        pass_on=_pass_files,
        give_back=_return_files,
    ),
]
