"""The finding of a search as one sentence, and what the search understood."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.finder.domain.answer import Answer, Hit, Open, Question, Where
from tejido.finder.queries.search import count_near
from tejido.finder.web.asked import Asked
from tejido.finder.web.distances import NEAR_MILES
from tejido.ui.domain.wording import METRES_PER_MILE

# What a place has, as the object of a sentence; other needs use their label.
_HAS: Mapping[str, Promise] = {
    "naloxone": gettext_lazy("naloxone"),
    "syringes": gettext_lazy("new syringes"),
    "wound-care": gettext_lazy("wound care"),
    "tests": gettext_lazy("HIV and hep C tests"),
    "treatment": gettext_lazy("treatment"),
    "drug-checking": gettext_lazy("drug checking"),
    "basics": gettext_lazy("food, a shower or a bed"),
    "talk": gettext_lazy("someone to talk to"),
    "hiv-test": gettext_lazy("HIV tests"),
    "hepatitis-c-test": gettext_lazy("hepatitis C tests"),
    "sti-test": gettext_lazy("STI tests"),
    "mental-health": gettext_lazy("mental health care"),
    "shower": gettext_lazy("showers"),
}


def count_of(answer: Answer, question: Question) -> int:
    """Return how many places the heading speaks of: within 25 miles, or all without a place.

    One more look into the snapshot where more match than the answer holds.
    """
    if question.where is None:
        return answer.total
    if len(answer.hits) < question.limit:
        return len(_spoken_of(answer, where=question.where, only_open=question.only_open))
    return count_near(question, within_m=NEAR_MILES * METRES_PER_MILE)


def near_hits(answer: Answer) -> tuple[Hit, ...]:
    """Return the hits within 25 miles, best first."""
    farthest = NEAR_MILES * METRES_PER_MILE
    return tuple(
        hit for hit in answer.hits if hit.distance_m is not None and hit.distance_m <= farthest
    )


def _spoken_of(answer: Answer, *, where: Where | None, only_open: bool) -> tuple[Hit, ...]:
    """Return the hits that the heading counts; what may be open is not said to be."""
    near = near_hits(answer) if where else answer.hits
    return tuple(hit for hit in near if not only_open or hit.hours.state is Open.OPEN)


def heading(
    count: int, *, asked: Asked, answer: Answer, where: Where | None, labels: Mapping[str, str]
) -> str:
    """Return the heading: `4 places near Fresno have naloxone`."""
    need = sought_need(asked, answer)
    values = {
        "count": f"{count:,}",
        "place": where.label if where else "",
        "need": has_words(need, labels),
        "miles": NEAR_MILES,
    }
    spoken_of = _spoken_of(answer, where=where, only_open=asked.only_open)
    sure = all(hit.matched_needs for hit in spoken_of)
    return _sentence(count, asked, values, sure=sure).replace(" de el ", " del ")


def sought_need(asked: Asked, answer: Answer) -> str:
    """Return the need that the search is about, tapped or understood, or ''."""
    return asked.need or (answer.needs[0] if answer.needs else "")


def _sentence(count: int, asked: Asked, values: Mapping[str, object], *, sure: bool) -> str:
    if count == 0:
        return _nothing(asked, values)
    finding = _near(count, values, sure) if values["place"] else _anywhere(count, values, sure)
    if asked.filters():
        return _("%(finding)s, with filters on") % {"finding": finding}
    return finding


def title(count: int) -> str:
    """Return the title of the page: silent on what was looked for, and where.

    A title stays in the phone's history and in its list of open pages, where others see it.
    """
    if count == 0:
        return _("No place found")
    return ngettext("%(count)s place", "%(count)s places", count) % {"count": f"{count:,}"}


def _near(count: int, values: Mapping[str, object], sure: bool) -> str:  # noqa: FBT001
    if not values["need"]:
        sentence = ngettext(
            "%(count)s place near %(place)s", "%(count)s places near %(place)s", count
        )
    elif sure:
        sentence = ngettext(
            "%(count)s place near %(place)s has %(need)s",
            "%(count)s places near %(place)s have %(need)s",
            count,
        )
    else:
        sentence = ngettext(
            "%(count)s place near %(place)s may have %(need)s",
            "%(count)s places near %(place)s may have %(need)s",
            count,
        )
    return sentence % values


def _anywhere(count: int, values: Mapping[str, object], sure: bool) -> str:  # noqa: FBT001
    if not values["need"]:
        sentence = ngettext(
            "%(count)s place in the whole list", "%(count)s places in the whole list", count
        )
    elif sure:
        sentence = ngettext(
            "%(count)s place in the whole list has %(need)s",
            "%(count)s places in the whole list have %(need)s",
            count,
        )
    else:
        sentence = ngettext(
            "%(count)s place in the whole list may have %(need)s",
            "%(count)s places in the whole list may have %(need)s",
            count,
        )
    return sentence % values


def _nothing(asked: Asked, values: Mapping[str, object]) -> str:
    if asked.filters():
        return _nothing_fits(asked, values)
    if not values["place"]:
        return _("No place in the list has this")
    if values["need"]:
        return _("No place within %(miles)s miles of %(place)s has %(need)s") % values
    return _("No place found within %(miles)s miles of %(place)s") % values


def _nothing_fits(asked: Asked, values: Mapping[str, object]) -> str:
    if not values["place"]:
        return _("No place in the list fits all your filters")
    if asked.filters() != ("open",):
        return _("No place near %(place)s fits all your filters") % values
    if asked.chosen:
        return _("No place near %(place)s is open at that time") % values
    return _("No place near %(place)s is open now") % values


def has_words(need: str, labels: Mapping[str, str]) -> str:
    """Return what a place has, inside a sentence: no capital unless the word keeps it."""
    if need in _HAS:
        return str(_HAS[need])
    label = labels.get(need, "")
    keeps_capital = len(label) > 1 and label[1].isupper()
    return label if keeps_capital else label[:1].lower() + label[1:]


def understood(asked: Asked, answer: Answer, labels: Mapping[str, str]) -> str:
    """Return what the words were taken to mean, or '' when they were taken as they stand."""
    if not asked.words:
        return ""
    meant = [labels[need] for need in answer.needs if need in labels][:3]
    if meant:
        shown = ", ".join(has_words(need, labels) for need in answer.needs[:3] if need in labels)
    elif answer.corrected:
        shown = " ".join(answer.corrected.values())
    else:
        return _("You typed %(typed)s.") % {"typed": f"“{asked.words}”"}
    return _("Showing %(shown)s. You typed %(typed)s.") % {
        "shown": shown,
        "typed": f"“{asked.words}”",
    }
