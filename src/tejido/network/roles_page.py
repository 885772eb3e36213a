"""The page docs/roles.md, written from the matrix."""

from django.utils import translation

from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import REACH, Role
from tejido.network.role_words import may_words
from tejido.network.wording import ROLES

HEAD = """# Roles and permissions

Written from `src/tejido/network/domain/permissions.py` by `dev/roles.py`; a test keeps it equal.

A permission is `verb.object.scope`: in the *member* where the person has the role, or in the
*network*. Only what code enforces stands here. A person can have several roles, at several
members. *Reach* is how far a role goes over other people's roles: whoever may give roles gives
and takes back those that reach no further than their own. A member that does not exist and one
where a person has no role look the same (404); a role that may not do something gets 403.

"""
WORDS = """## In words

What people are told who choose a role or accept one (`src/tejido/network/role_words.py`)."""


def roles_page() -> str:
    """Return the page as Markdown: one line a role, one column a permission."""
    head = ["role", "reach", *(f"`{permission}`" for permission in Permission)]
    with translation.override("en"):
        lines = [_line(role) for role in Role]
        words = [f"- **{ROLES[role]}**: {may_words(role)}" for role in Role]
    rows = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *lines)]
    return HEAD + "\n".join([*rows, "", WORDS, "", *words]) + "\n"


def _line(role: Role) -> list[str]:
    held = ["yes" if role in MATRIX[permission] else "" for permission in Permission]
    return [f"{ROLES[role]} (`{role}`)", str(REACH[role]), *held]
