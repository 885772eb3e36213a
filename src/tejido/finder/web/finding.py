"""The finding of a search as one sentence, and what the search understood."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.directory.domain.words import tokens_of
from tejido.finder.domain.answer import Answer, Question, Where
from tejido.finder.domain.near import NEAR_M, NEAR_MILES
from tejido.finder.queries.search import count_near
from tejido.finder.web.asked import Asked
from tejido.finder.web.tally import counted_in

# What a place has, as the object of a sentence; other needs use their label.
HAS: Mapping[str, Promise] = {
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
    "benefits-enrollment": gettext_lazy("help to apply for benefits"),
    "quit-tobacco": gettext_lazy("help to quit smoking or vaping"),
}


def count_of(answer: Answer, question: Question) -> int:
    """Return how many places the heading speaks of: in the county, within 25 miles, or all.

    Where only open places are wanted, what may be open is not spoken of.
    """
    if question.where is None:
        return answer.total
    return count_near(question, within_m=NEAR_M)


def heading(
    count: int, *, asked: Asked, answer: Answer, where: Where | None, labels: Mapping[str, str]
) -> str:
    """Return the heading: `4 places near Fresno have naloxone`."""
    values = {
        "count": f"{count:,}",
        "where": _where_words(where),
        "within": _within_words(where),
        "need": wanted_words(answer, labels),
    }
    counted = counted_in(answer, where, only_open=asked.only_open)
    sure = all(hit.matched_needs for hit in counted)
    return contracted(_sentence(count, asked, values, sure=sure))


def heading_without_filters(
    *, asked: Asked, answer: Answer, where: Where | None, labels: Mapping[str, str]
) -> str:
    """Return the heading where nothing near has what was asked for, open or not."""
    return heading(0, asked=asked.without("open"), answer=answer, where=where, labels=labels)


def heading_for_later(count: int, where: Where | None) -> str:
    """Return the heading where places open later in the night asked about, and none before."""
    sentence = ngettext(
        "%(count)s place %(where)s opens later that night",
        "%(count)s places %(where)s open later that night",
        count,
    )
    values = {"count": f"{count:,}", "where": _where_words(where)}
    return contracted(sentence % values)


def contracted(sentence: str) -> str:
    """Return a sentence with a name in it as Spanish writes it: `cerca del condado de Fresno`."""
    return sentence.replace(" de el ", " del ")


def other_words(where: Where, other: str) -> tuple[str, str]:
    """Return what the words name besides the place searched from, and the button to look there."""
    sentence = _("Looking near %(place)s. Your words also name %(other)s.")
    offer = _("Look near %(other)s") % {"other": other}
    return contracted(sentence % {"place": where.label, "other": other}), contracted(offer)


def _where_words(where: Where | None) -> str:
    if where is None:
        return _("in the whole list")
    return within(where) or _("near %(place)s") % {"place": where.label}


def _within_words(where: Where | None) -> str:
    """Return how far a search for something near went, '' without a place."""
    if where is None:
        return ""
    far = _("within %(miles)s miles of %(place)s")
    return within(where) or far % {"miles": NEAR_MILES, "place": where.label}


def within(where: Where) -> str:
    """Return `in Fresno County` where a whole county was asked for, otherwise ''."""
    return _("in %(place)s") % {"place": where.label} if where.county_fips else ""


def sought_need(asked: Asked, answer: Answer) -> str:
    """Return the need that the search is about, tapped or understood, or ''."""
    return asked.need or (answer.needs[0] if answer.needs else "")


def wanted_words(answer: Answer, labels: Mapping[str, str]) -> str:
    """Return all that was asked for, inside a sentence: `naloxone and new syringes`, or ''."""
    *before, last = [has_words(needs[0], labels) for needs in answer.wanted] or [""]
    if not before:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(before), "last": last}


def _sentence(count: int, asked: Asked, values: Mapping[str, object], *, sure: bool) -> str:
    if count == 0:
        return _nothing(asked, values)
    finding = _found(count, values, sure)
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


def _found(count: int, values: Mapping[str, object], sure: bool) -> str:  # noqa: FBT001
    if not values["need"]:
        sentence = ngettext("%(count)s place %(where)s", "%(count)s places %(where)s", count)
    elif sure:
        sentence = ngettext(
            "%(count)s place %(where)s has %(need)s",
            "%(count)s places %(where)s have %(need)s",
            count,
        )
    else:
        sentence = ngettext(
            "%(count)s place %(where)s may have %(need)s",
            "%(count)s places %(where)s may have %(need)s",
            count,
        )
    return sentence % values


def _nothing(asked: Asked, values: Mapping[str, object]) -> str:
    if asked.filters():
        return _nothing_fits(asked, values)
    if not values["within"]:
        return _("No place in the list has this")
    if values["need"]:
        return _("No place %(within)s has %(need)s") % values
    return _("No place found %(within)s") % values


def _nothing_fits(asked: Asked, values: Mapping[str, object]) -> str:
    if not values["within"]:
        return _("No place in the list fits all your filters")
    if asked.filters() != ("open",):
        return _("No place %(where)s fits all your filters") % values
    if asked.chosen:
        return _("No place %(where)s is open at that time") % values
    return _("No place %(where)s is open now") % values


def has_words(need: str, labels: Mapping[str, str]) -> str:
    """Return what a place has, inside a sentence: no capital unless the word keeps it."""
    if need in HAS:
        return str(HAS[need])
    label = labels.get(need, "")
    keeps_capital = len(label) > 1 and label[1].isupper()
    return label if keeps_capital else label[:1].lower() + label[1:]


def understood(asked: Asked, answer: Answer, labels: Mapping[str, str]) -> str:
    """Return what the words were taken to mean, or '' when they were taken as they stand.

    What is meant by its own name stands in the heading, and is not said again.
    """
    if not asked.words:
        return ""
    typed = f"“{asked.words}”"
    if not tokens_of(asked.words):
        return _("We did not understand %(typed)s. Say it in words.") % {"typed": typed}
    meant = [labels[need] for need in answer.needs if need in labels][:3]
    if meant:
        shown = ", ".join(has_words(need, labels) for need in answer.needs[:3] if need in labels)
    elif answer.corrected:
        shown = " ".join(answer.corrected.values())
    else:
        return _("You typed %(typed)s.") % {"typed": typed}
    if tokens_of(shown) == tokens_of(asked.words):
        return ""
    return _("Showing %(shown)s. You typed %(typed)s.") % {"shown": shown, "typed": typed}
