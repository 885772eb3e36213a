"""What the directory asks of a steward on the first page of the desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.queries.due import count_due
from tejido.directory.queries.duplicate_pairs import count_waiting_pairs
from tejido.directory.queries.link_addresses import first_refused
from tejido.directory.queries.program_words import programs_saying
from tejido.directory.queries.proposed import count_proposals
from tejido.directory.queries.public import is_shown
from tejido.directory.queries.suggestions import count_told
from tejido.directory.services.proposed_hours import count_waiting
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.departures import left_with_listing
from tejido.network.tasks import Task
from tejido.ui.domain.wording import number_words


def tasks(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Return what is due, waits for a yes or for a look, to whoever may. Thirteen queries."""
    if is_allowed(roles, Permission.EDIT_LISTING):
        yield from _left(member)
        yield from _said(member)
        yield from _told(member)
        yield from _refused(member)
        yield from _due(member)
        yield from _second_looks(member)
        yield from _hours(member)
        yield from _doubles(member)


def _left(member: MemberSeen) -> Iterator[Task]:
    """Yield one task for each program that left the network and is still in the directory."""
    for name, organization in left_with_listing(today=timezone.localdate()):
        if is_shown(organization):
            yield Task(
                _("%(name)s left the network: ask what of its listings is still so")
                % {"name": name},
                _("Nothing of them changed by itself. People may find a door that is closed."),
                reverse("directory:call-sheet", args=[member.slug, organization]),
            )


def _said(member: MemberSeen) -> Iterator[Task]:
    """Yield one task for what programs said themselves: of a single one, its call sheet."""
    saying = programs_saying()
    why = _("By its link, the program itself. Until you write it, people read what is old.")
    if len(saying) == 1:
        (only,) = saying
        href = reverse("directory:call-sheet", args=[member.slug, only.organization])
        yield Task(_("%(name)s says that something changed") % {"name": only.name}, why, href)
    elif saying:
        words = _("%(count)s programs say that something changed")
        href = reverse("directory:due", args=[member.slug])
        yield Task(words % {"count": number_words(len(saying))}, why, href)


def _told(member: MemberSeen) -> Iterator[Task]:
    count, alerts = count_told()
    href = reverse("directory:wrong", args=[member.slug])
    if alerts:
        words = ngettext("%(count)s place may be closed", "%(count)s places may be closed", alerts)
        why = _("People said so on two days or more. Call, and write what is so.")
        yield Task(words % {"count": number_words(alerts)}, why, href)
    elif count:
        words = ngettext(
            "Look at what people say is wrong with %(count)s listing",
            "Look at what people say is wrong with %(count)s listings",
            count,
        )
        why = _("Anybody can say it. Nothing changes until you do it.")
        yield Task(words % {"count": number_words(count)}, why, href)


def _refused(member: MemberSeen) -> Iterator[Task]:
    found = first_refused()
    if found is not None:
        program, name = found
        yield Task(
            _("The mail server refuses the address of %(name)s") % {"name": name},
            _("Ask the program for another one. Until then it gets no link by mail."),
            reverse("directory:link-mail", args=[member.slug, program]),
        )


def _due(member: MemberSeen) -> Iterator[Task]:
    count = count_due(today=timezone.localdate())
    if count:
        words = ngettext(
            "Confirm the hours of %(count)s listing",
            "Confirm the hours of %(count)s listings",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Nobody confirmed them for too long: people are told to call first."),
            reverse("directory:due", args=[member.slug]),
        )


def _second_looks(member: MemberSeen) -> Iterator[Task]:
    count = count_proposals()
    if count:
        words = ngettext(
            "%(count)s change waits for a second person",
            "%(count)s changes wait for a second person",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Where a place is, and who may see it, changes when two people said so."),
            reverse("directory:changes", args=[member.slug]),
        )


def _hours(member: MemberSeen) -> Iterator[Task]:
    count = count_waiting()
    if count:
        words = ngettext(
            "Look at the hours of %(count)s listing",
            "Look at the hours of %(count)s listings",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Until you say that they are right, people are told to call first."),
            reverse("directory:proposals", args=[member.slug]),
        )


def _doubles(member: MemberSeen) -> Iterator[Task]:
    count = count_waiting_pairs()
    if count:
        words = ngettext(
            "See whether %(count)s pair is one and the same",
            "See whether %(count)s pairs are one and the same",
            count,
        )
        yield Task(
            words % {"count": number_words(count)},
            _("Who finds a place twice does not know which number to call."),
            reverse("directory:duplicates", args=[member.slug]),
        )
