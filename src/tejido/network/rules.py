"""Permissions for `user.has_perm(permission, member)`, from the same matrix as the services."""

from typing import Any

from rules.permissions import add_perm, perm_exists
from rules.predicates import predicate

from tejido.network.domain.permissions import Permission
from tejido.network.queries.access import may


def register_permissions() -> None:
    """Tell the `rules` library each permission of the matrix."""
    for permission in Permission:
        if not perm_exists(permission.value):  # type: ignore[no-untyped-call]
            add_perm(permission.value, _predicate(permission))  # type: ignore[no-untyped-call]


def _predicate(permission: Permission) -> Any:
    @predicate(f"may {permission.value}")  # type: ignore[no-untyped-call, untyped-decorator]
    def holds(user: Any, member: Any) -> bool:
        if member is None or not (user.is_authenticated and user.is_active):
            return False
        return may(user.pk, member.id, permission)

    return holds
