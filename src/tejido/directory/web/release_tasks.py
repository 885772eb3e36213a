"""What waits for the answer of a tribal partner, for the first page of its desk."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tejido.directory.queries.unmet import SUBJECT, unreleased_quarters
from tejido.disclosure.queries import period_words
from tejido.network.domain.permissions import Permission, is_allowed
from tejido.network.domain.roles import Role
from tejido.network.queries.access import MemberSeen
from tejido.network.queries.release_rules import answers_of, quarters_to_answer, rule_of
from tejido.network.tasks import Task


def releases_to_answer(member: MemberSeen, roles: frozenset[Role]) -> Iterator[Task]:
    """Yield a task for the first quarter that may leave and that the partner did not answer."""
    if not is_allowed(roles, Permission.RELEASE_OWN) or rule_of(member.id) is None:
        return
    today = timezone.localdate()
    open_to_answer = set(map(str, quarters_to_answer(SUBJECT, today=today)))
    open_to_answer -= {each.period for each in answers_of(member.id, SUBJECT)}
    waiting = map(str, unreleased_quarters(today=today))
    first = next((each for each in waiting if each in open_to_answer), None)
    if first:
        yield Task(
            _("Answer for your counties: searches that found nothing near, %(period)s")
            % {"period": period_words(first)},
            _("They wait to be released. Without an answer it is no."),
            reverse("network:release-rules", args=[member.slug]) + "#answer",
        )
