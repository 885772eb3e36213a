"""Why results stand in their order: what speaks against each place, in plain words."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tejido.finder.domain.answer import Where
from tejido.finder.domain.drawbacks import Drawback

_LOWER: Mapping[Drawback, Promise] = {
    Drawback.NAMED: gettext_lazy("only its name says that it has this"),
    Drawback.MENTIONED_BY_KIN: gettext_lazy("its text mentions this, and it has something close"),
    Drawback.MENTIONED: gettext_lazy("its text only mentions this"),
    Drawback.PART: gettext_lazy("it has a part of what you asked for"),
    Drawback.INSTEAD: gettext_lazy("it has something else that may help"),
    Drawback.INSTEAD_BROADLY: gettext_lazy("it is only a place to ask"),
    Drawback.SOME_WORDS: gettext_lazy("it has some of your other words"),
    Drawback.NO_WORDS: gettext_lazy("it has none of your other words"),
    Drawback.SOME_PEOPLE: gettext_lazy("it is for some of the people you named"),
    Drawback.ANYBODY: gettext_lazy("it does not say that it is for the people you named"),
    Drawback.OPENS_SOON: gettext_lazy("it opens within 3 hours"),
    Drawback.OPENS_IN_A_DAY: gettext_lazy("it opens within a day"),
    Drawback.CLOSED: gettext_lazy("it is closed"),
    Drawback.HOURS_UNKNOWN: gettext_lazy("its hours are not known"),
    Drawback.CONTEXT: gettext_lazy("it is not a harm reduction program"),
    Drawback.FOR_OTHERS: gettext_lazy(
        "its name says that it is only for some people or one thing, or moves about"
    ),
    Drawback.STALE: gettext_lazy("nobody has checked it for a year"),
    Drawback.UNSTATED: gettext_lazy("it has not said all that you asked for"),
}


def lower_words(lower: Iterable[Drawback]) -> str:
    """Return what puts a place lower as part of a sentence, each thing once, '' for nothing."""
    return _lower_words(get_language(), tuple(dict.fromkeys(lower)))


# A list says the same few things of all its places.
@lru_cache(maxsize=512)
def _lower_words(_language: str | None, lower: tuple[Drawback, ...]) -> str:
    return ", ".join(str(_LOWER[each]) for each in lower)


def what_counts(where: Where | None) -> str:
    """Return what the order of a list rests on."""
    if where is None:
        first = _("You gave no place, so distance does not count.")
    elif where.county_fips:
        first = _("What lies in the county comes first.")
    else:
        first = _("Closer places come first.")
    second = _("What speaks against a place puts it lower, as if it were farther away.")
    return " ".join((first, second, _("Nobody can pay for a better place.")))
