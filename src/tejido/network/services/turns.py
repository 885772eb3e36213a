"""Acts for the same member that must not happen at the same moment wait for each other."""

from uuid import UUID

from tejido.network.models import Member


def take_turn(*member_ids: UUID) -> None:
    """Wait until no other act has the turn of these members; it is over with the transaction.

    To be called before anything is read that the act rests on. Two members are taken in one
    order, so that two acts never wait for each other. SQLite writes one at a time anyway.
    """
    rows = Member.objects.select_for_update(no_key=True).filter(id__in=member_ids)
    list(rows.order_by("id").values_list("id", flat=True))
