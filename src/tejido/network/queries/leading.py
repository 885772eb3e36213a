"""Who leads, and has for long enough, to be one of the two who open an account again."""

from datetime import datetime
from uuid import UUID

from django.db.models import Min

from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import Permission
from tejido.network.domain.recovery import has_led_enough
from tejido.network.domain.roles import Role
from tejido.network.models import RoleGrant
from tejido.network.queries.access import grants_now, places_of, roles_of


def have_led_enough(member_id: UUID, permission: Permission, *, at: datetime) -> dict[UUID, str]:
    """Return who may do this at a member and has led for long enough, by id: what they are called.

    Two queries.
    """
    with member_scope(member_id):
        first = RoleGrant.objects.aggregate(first=Min("granted_at"))["first"]
        held = grants_now(permission).values_list(
            "membership__person_id", "membership__person__display_name", "granted_at"
        )
        return {
            person_id: name
            for person_id, name, granted_at in held
            if has_led_enough(granted_at=granted_at, first=first, at=at)
        }


def roles_to_open(person_id: UUID, member_id: UUID, *, at: datetime) -> frozenset[Role]:
    """Return the roles in which a person may be one of the two at a member now, or none.

    They lead there, or coordinate the network. A few queries for each member
    where they work.
    """
    found: frozenset[Role] = frozenset()
    for place in places_of(person_id):
        wanted = Permission.RECOVER_ACCOUNT if place == member_id else Permission.RECOVER_ANYWHERE
        if person_id in have_led_enough(place, wanted, at=at):
            found |= roles_of(person_id, place)
    return found
