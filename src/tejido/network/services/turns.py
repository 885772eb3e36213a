"""Acts for the same member that must not happen at the same moment wait for each other."""

from uuid import UUID

from django.db.models import QuerySet

from tejido.network.models import Member


def take_turn(*member_ids: UUID) -> None:
    """Wait until no other act has the turn of these members; it is over with the transaction.

    To be called before anything is read that the act rests on. Two members are taken in one
    order, so that two acts never wait for each other. SQLite writes one at a time anyway.
    """
    _take(Member.objects.filter(id__in=member_ids))


def take_every_turn() -> None:
    """Do so with all members, for what is asked of the whole network, such as who leads it."""
    _take(Member.objects.all())


def _take(rows: QuerySet[Member]) -> None:
    held = rows.select_for_update(no_key=True)
    list(held.order_by("id").values_list("id", flat=True))
