"""What somebody with a role may see and do, in one sentence that is made from the matrix."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import Role

_LOOKING = frozenset(
    {
        Permission.VIEW_DESK,
        Permission.VIEW_PEOPLE,
        Permission.VIEW_AGREEMENTS,
        Permission.VIEW_CONTACTS,
        Permission.VIEW_PARTNERS,
    }
)
_KEEPING = _LOOKING | {Permission.EDIT_CONTACTS}
_LEADING = _KEEPING | {
    Permission.VIEW_EVENTS,
    Permission.VIEW_MESSAGES,
    Permission.RETRY_MESSAGES,
    Permission.ADD_MEMBERSHIP,
    Permission.END_MEMBERSHIP,
    Permission.GRANT_ROLE,
    Permission.WITHDRAW_ROLE,
    Permission.RECOVER_ACCOUNT,
    Permission.ADD_RELATIONSHIP,
    Permission.PROPOSE_AGREEMENT,
    Permission.SIGN_AGREEMENT,
    Permission.REVOKE_AGREEMENT,
    Permission.VIEW_SHARED,
    Permission.NOTE_CONSENT,
    Permission.RELEASE_OWN,
    Permission.VIEW_CONFLICTS,
    Permission.EXPORT_CONTACTS,
    Permission.EDIT_PARTNER_CARD,
    Permission.LEAVE_NETWORK,
}
_DIRECTORY = frozenset(
    {
        Permission.EDIT_LISTING,
        Permission.PUBLISH_LISTING,
        Permission.APPROVE_LISTING,
        Permission.IMPORT_LISTINGS,
        Permission.EDIT_NEEDS,
        Permission.EDIT_LANDMARKS,
    }
)
_NETWORK = frozenset(
    {
        Permission.RECOVER_ANYWHERE,
        Permission.ADD_MEMBER,
        Permission.END_MEMBER,
        Permission.MARK_TRIBAL_PARTNER,
        Permission.TRUST_SOURCE,
        Permission.EDIT_CLOCKS,
        Permission.RELEASE_COUNTS,
        Permission.EDIT_RETENTION,
    }
)

# What some permissions come to, the most telling first; each is said of whoever holds all of them.
CLAUSES: tuple[tuple[frozenset[Permission], Promise], ...] = (
    (
        _LEADING,
        _(
            "see and change all that is the member's: people and roles, agreements, contacts, "
            "consents, the card for partners, and read who did and looked at what"
        ),
    ),
    (_KEEPING, _("see who works for the member, its agreements and partners, and keep contacts")),
    (_LOOKING, _("see who works for the member, its agreements, partners and contacts")),
    (
        frozenset({Permission.VIEW_DESK}),
        _("see the member's first page, but not its people, agreements and contacts"),
    ),
    (frozenset({Permission.NOTE_CONSENT}), _("note what people agreed to")),
    (frozenset({Permission.VIEW_SHARED}), _("read the tables that other members share")),
    (
        frozenset({Permission.REVIEW_TEXT, Permission.CORRECT_TEXT}),
        _("correct and review translations"),
    ),
    (
        _DIRECTORY,
        _("write, check and publish what stands in the public directory, of every program"),
    ),
    (
        _NETWORK,
        _(
            "decide for the whole network: which members it has, which counts are released and "
            "for how long things are kept"
        ),
    ),
)


def said_of(role: Role) -> tuple[frozenset[Permission], str]:
    """Return the permissions of a role that its sentence tells, and the sentence."""
    held = {permission for permission, roles in MATRIX.items() if role in roles}
    told: frozenset[Permission] = frozenset()
    words: list[str] = []
    for permissions, clause in CLAUSES:
        if permissions <= held and not permissions <= told:
            told |= permissions
            words.append(str(clause))
    sentence = "; ".join(words)
    return told, f"{sentence[:1].upper()}{sentence[1:]}."


def may_words(role: Role) -> str:
    """Return what somebody with a role may see and do, as a sentence in the language of now."""
    return said_of(role)[1]
