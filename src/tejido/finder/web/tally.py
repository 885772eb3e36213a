"""Where each result counts: in the heading, or in the sentence below it that makes up the list."""

from collections import Counter
from collections.abc import Iterator
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.domain.answer import Answer, Hit, Open, Where
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.queries.search import MOST_RESULTS


class Share(Enum):
    """What a result is to the number in the heading."""

    COUNTED = "near, and has all that was asked for"
    UNKNOWN = "may be open, where open ones are wanted"
    COMES = "by mail or phone"
    PART = "has one of several needs"
    OTHER = "closed, far, or something else: under a heading of its own"


_SOME = {
    Share.UNKNOWN: gettext_lazy("places with hours not known"),
    Share.COMES: gettext_lazy("help by mail or phone"),
    Share.PART: gettext_lazy("places with a part of what you asked for"),
}


def share_of(hit: Hit, where: Where | None, *, only_open: bool) -> Share:
    """Return where a result counts; near is as in `queries.search.count_near`."""
    is_closed = only_open and hit.hours.state is Open.CLOSED
    if hit.instead or is_closed or not _is_near(hit, where):
        return Share.OTHER
    if Drawback.PART in hit.lower:
        return Share.PART
    if where and hit.listing.mode in {Mode.MAIL, Mode.PHONE}:
        return Share.COMES
    return Share.UNKNOWN if only_open and hit.hours.state is Open.UNKNOWN else Share.COUNTED


def counted_in(answer: Answer, where: Where | None, *, only_open: bool) -> Iterator[Hit]:
    """Yield the results that the heading counts."""
    for hit in answer.hits:
        if share_of(hit, where, only_open=only_open) is Share.COUNTED:
            yield hit


def also_words(answer: Answer, where: Where | None, *, only_open: bool) -> str:
    """Return what near is in the list beside what the heading counts, or ''.

    No numbers where the list is cut: it could not be told how many there are.
    """
    shares = Counter(share_of(hit, where, only_open=only_open) for hit in answer.hits)
    is_cut = len(answer.hits) >= MOST_RESULTS
    parts = [
        str(_SOME[share]) if is_cut else _words(share, shares[share])
        for share in _SOME
        if shares[share]
    ]
    return _("Also in the list: %(parts)s.") % {"parts": ", ".join(parts)} if parts else ""


def _words(share: Share, count: int) -> str:
    sentences = {
        Share.UNKNOWN: ngettext(
            "%(count)s with hours not known", "%(count)s with hours not known", count
        ),
        Share.COMES: ngettext("%(count)s by mail or phone", "%(count)s by mail or phone", count),
        Share.PART: ngettext(
            "%(count)s with a part of what you asked for",
            "%(count)s with a part of what you asked for",
            count,
        ),
    }
    return sentences[share] % {"count": count}


def _is_near(hit: Hit, where: Where | None) -> bool:
    if where is None:
        return True
    remote = hit.listing.mode in {Mode.MAIL, Mode.PHONE}
    return hit.near and (hit.inside or remote or not where.county_fips)
