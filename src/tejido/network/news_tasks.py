"""What others did of which those who lead have to know, for the first page of a member's desk."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.network.consent_words import PURPOSES
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.agreements import (
    AgreementSeen,
    ClosedSeen,
    EndSeen,
    agreements_of,
)
from tejido.network.queries.consents import consents_at, consents_of
from tejido.network.queries.recovery import waiting_at, waiting_elsewhere
from tejido.network.queries.release_rules import last_mark
from tejido.network.tasks import Task

TOLD_FOR = timedelta(days=14)


def recoveries_to_confirm(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield a task for each account that somebody asked to open again, for who may confirm it."""
    now = timezone.now()
    if is_allowed(roles, Permission.RECOVER_ACCOUNT):
        here = reverse("network:people", args=[member.slug])
        words = _("%(starter)s asked to open the account of %(name)s again")
        for each in waiting_at(member.id, at=now):
            yield _to_confirm(words % {"name": each.name, "starter": each.starter}, here)
    if is_allowed(roles, Permission.RECOVER_ANYWHERE):
        elsewhere = reverse("network:recoveries", args=[member.slug])
        # Whose it is stands on the page that writes down who looked.
        words = _("An account at %(member)s is to be opened again")
        for each in waiting_elsewhere(member.id, at=now):
            yield _to_confirm(words % {"member": each.member.name}, elsewhere)


def _to_confirm(words: str, href: str) -> Task:
    return Task(
        words=words, why=_("Somebody else confirms it within 72 hours, or stops it"), href=href
    )


def consents_taken_back(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield, for 14 days, what somebody here agreed to and took back."""
    if not is_allowed(roles, Permission.NOTE_CONSENT):
        return
    now = timezone.now()
    for consent in consents_at(member.id, at=now):
        if consent.can_be_given_again and now - (consent.withdrawn_at or now) < TOLD_FOR:
            said = {"name": consent.name, "purpose": PURPOSES[consent.purpose]}
            words = _("%(name)s took back: %(purpose)s")
            if consent.withdrawn_by:
                said["who"] = consent.withdrawn_by
                words = _("%(who)s noted that %(name)s took back: %(purpose)s")
            yield Task(
                words=words % said,
                why=_("Stop what it was for, and take away what was made of it"),
                href=reverse("network:consents", args=[member.slug]),
            )


def marks_of_tribal_partners(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield, for 14 days, that the member was marked as a tribal partner, or is one no more."""
    if not is_allowed(roles, Permission.RELEASE_OWN):
        return
    mark = last_mark(member.id)
    if mark is None or timezone.now() - mark.at >= TOLD_FOR:
        return
    words = _("%(name)s marked your member as a tribal partner")
    why = _("Say which counts about your counties may be released")
    if not mark.is_set:
        words = _("%(name)s took the mark of a tribal partner off your member")
        why = _("If you wrote a rule, it still holds, and you can change it")
    yield Task(
        words=words % {"name": mark.by_member or _("The network")},
        why=why,
        href=reverse("network:release-rules", args=[member.slug]),
    )


def noted_in_name_of(person_id: UUID, member: MemberSeen) -> Iterator[Task]:
    """Yield, for 14 days, what somebody here noted that a person agreed to, or took back."""
    now = timezone.now()
    for consent in consents_of(person_id, at=now):
        if consent.member.id != member.id:
            continue
        said = {"purpose": str(PURPOSES[consent.purpose])}
        words = ""
        if consent.can_be_mended and now - (consent.withdrawn_at or now) < TOLD_FOR:
            said["who"] = consent.withdrawn_by
            words = _("%(who)s noted that you took back: %(purpose)s")
        elif consent.holds and consent.noted_by and now - consent.noted_at < TOLD_FOR:
            said["who"] = consent.noted_by
            words = _("%(who)s noted that you agreed to: %(purpose)s")
        if words:
            yield Task(
                words=words % said,
                why=_("Not true? You can undo it at once"),
                href=reverse("network:own-consents"),
            )


def agreements_that_others_ended(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield, for 14 days, what the other side ended, turned down or took back."""
    if not is_allowed(roles, Permission.SIGN_AGREEMENT):
        return
    now = timezone.now()
    found = agreements_of(member.id, at=now)
    for agreement in found:
        done = agreement.end or agreement.newest.closed
        if isinstance(done, ClosedSeen) and _is_answered(done, found):
            continue
        if done and done.member.id != member.id and now - done.ended_at < TOLD_FOR:
            words, why = _told(done)
            yield Task(
                words=words % {"name": done.member.name},
                why=why,
                href=reverse("network:agreement", args=[member.slug, agreement.id]),
            )


def _is_answered(done: ClosedSeen, found: list[AgreementSeen]) -> bool:
    """Return whether the two proposed something newer since one of them said no."""
    return any(
        version.proposed_at > done.ended_at
        for agreement in found
        if done.member.id in {agreement.giver.id, agreement.receiver.id}
        for version in agreement.versions
    )


def _told(done: EndSeen | ClosedSeen) -> tuple[str, str]:
    """Return what the other side did, and what follows."""
    if isinstance(done, EndSeen):
        return _("%(name)s ended the agreement with you"), _("Nothing is shown under it any more")
    if done.is_own:
        return _("%(name)s took back what it proposed"), _("It cannot be signed any more")
    return _("%(name)s turned down what you proposed"), _("You can propose something else")
