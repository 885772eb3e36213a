"""The pages of the directory's desk, in groups, as its own menu names them."""

from collections.abc import Iterable, Iterator

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role

# Heading, then of each page: its words, its view, who may. The finder's page is known by its
# name alone, since areas point down.
GROUPS: list[tuple[Promise, list[tuple[Promise, str, Permission]]]] = [
    (
        _("Keep it true"),
        [
            (_("Listings"), "directory:search", Permission.EDIT_LISTING),
            (_("What to confirm"), "directory:due", Permission.EDIT_LISTING),
            (_("Something is wrong, people say"), "directory:wrong", Permission.EDIT_LISTING),
            (_("Hours that wait for a yes"), "directory:proposals", Permission.EDIT_LISTING),
            (_("Changes that wait"), "directory:changes", Permission.EDIT_LISTING),
        ],
    ),
    (
        _("Bring in and show"),
        [
            (_("Import a list"), "directory_import:bring", Permission.IMPORT_LISTINGS),
            (_("Sources"), "directory:sources", Permission.EDIT_LISTING),
            (_("Check an HSDS feed"), "directory_check:ask", Permission.IMPORT_LISTINGS),
            (
                _("Show the changes in the finder"),
                "finder_desk:update",
                Permission.PUBLISH_LISTING,
            ),
        ],
    ),
    (
        _("Words and places"),
        [
            (_("Needs and their words"), "directory_needs:list", Permission.EDIT_NEEDS),
            (_("Landmarks and corners"), "directory:landmarks", Permission.EDIT_LANDMARKS),
        ],
    ),
    (
        _("How good it is"),
        [
            (_("How good the directory is"), "directory:quality", Permission.EDIT_LISTING),
            (_("Listed twice?"), "directory:duplicates", Permission.EDIT_LISTING),
            (_("Looked for and not found"), "directory:unmet", Permission.RELEASE_COUNTS),
            (_("What was done lately"), "directory:acts", Permission.EDIT_LISTING),
        ],
    ),
]

Group = tuple[Promise, list[tuple[Promise, str, str]]]


def section_for(roles: Iterable[Role], slug: str) -> list[Group]:
    """Return the groups of pages that these roles may open for a member.

    Each group is its heading and, of each page, its words, its view and its address. A group
    without a page is left out, as is a page that this installation does not have.
    """
    held = frozenset(roles)
    groups = ((heading, list(_open_to(pages, held, slug))) for heading, pages in GROUPS)
    return [(heading, pages) for heading, pages in groups if pages]


def _open_to(
    pages: list[tuple[Promise, str, Permission]], roles: frozenset[Role], slug: str
) -> Iterator[tuple[Promise, str, str]]:
    for words, view, permission in pages:
        if is_allowed(roles, permission):
            try:
                yield words, view, reverse(view, args=[slug])
            except NoReverseMatch:
                continue
