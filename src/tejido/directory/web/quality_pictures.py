"""The pictures of the quality page: what each finds, and its numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.quality import (
    FILLED,
    Age,
    Group,
    Part,
    Quality,
    Share,
    TextCoverage,
    most_lacking,
)
from tejido.directory.web.due_wording import GROUPS
from tejido.directory.web.quality_words import AGES, PARTS, STATES
from tejido.translation.domain.texts import State
from tejido.ui.charts import BarChart, Key, Line
from tejido.ui.domain.bars import Bar
from tejido.ui.domain.wording import number_words
from tejido.ui.languages import language_name

LANGUAGES_SHOWN = 8
_AGE_LOOKS = {
    Age.FRESH: "solid",
    Age.SOON: "checked",
    Age.OVERDUE: "striped",
    Age.NEVER: "dotted",
    Age.NO_CLOCK: "bare",
}
_STATE_LOOKS = {
    State.REVIEWED: "solid",
    State.TRANSLATED: "checked",
    State.MACHINE: "dotted",
    State.STALE: "striped",
}


def of_words(have: int, of: int) -> str:
    """Return `7 of 10`, or `–` where there is nothing to count."""
    if not of:
        return "–"
    return _("%(have)s of %(of)s") % {"have": number_words(have), "of": number_words(of)}


def share_words(share: Share) -> str:
    """Return a share in words."""
    return of_words(share.have, share.of)


def freshness(quality: Quality, *, due_address: str) -> BarChart:
    """Return how far the clocks of each part have run; late numbers lead to what is due."""
    late = {Age.SOON, Age.OVERDUE, Age.NEVER}
    has_all = all(not ages[Age.NO_CLOCK] for ages in quality.ages.values())
    shown = tuple(age for age in Age if not (has_all and age is Age.NO_CLOCK))
    hrefs = tuple(due_address if age in late else "" for age in shown)
    return BarChart(
        name="freshness",
        finding=_fresh_finding(quality.ages[FieldGroup.HOURS]),
        about=_("Each part of each listing, by the clock that runs for it. Today."),
        head=_("Part"),
        whole=_("Listings"),
        keys=tuple(Key(_AGE_LOOKS[age], str(AGES[age])) for age in shown),
        lines=tuple(
            Line(_age_bar(str(GROUPS[group]), ages, shown), hrefs)
            for group, ages in quality.ages.items()
        ),
    )


def completeness(total: Group, *, addresses: Mapping[Part, str]) -> BarChart:
    """Return which parts listings have; what they lack leads to the list of those."""
    return BarChart(
        name="completeness",
        finding=_complete_finding(total),
        about=_("Address and point: only listings with a place that everybody may know."),
        head=_("Part"),
        whole=_("Listings"),
        keys=(Key("solid", _("There")), Key("bare", _("Missing"))),
        lines=tuple(
            Line(_share_bar(str(PARTS[part]), total.shares[part]), ("", addresses[part]))
            for part in FILLED
        ),
    )


def translations(texts: TextCoverage) -> BarChart:
    """Return how much of what people read is there in Spanish, and in whatever else there is.

    What is older than its English is drawn, and not counted as there.
    """
    languages = ["es", *sorted(set(texts.states) - {"es"})]
    share = of_words(_current(texts.states.get("es", {})), texts.texts)
    found = _("%(share)s texts are there in Spanish") % {"share": share}
    return BarChart(
        name="translations",
        finding=found if texts.texts else _("There are no texts yet"),
        about=_("Names, descriptions, landmarks and what to know before going, beside English."),
        head=_("Language"),
        whole=_("Texts"),
        keys=(
            *(Key(look, str(STATES[state])) for state, look in _STATE_LOOKS.items()),
            Key("bare", _("Missing")),
        ),
        lines=tuple(
            Line(_text_bar(language_name(code), texts.states.get(code, {}), texts.texts))
            for code in languages
        ),
    )


def spoken(quality: Quality, listings: int) -> BarChart:
    """Return how many listings say that a language is spoken there: Spanish, then the most."""
    counts = {"es": quality.spoken.get("es", 0)} | dict(quality.spoken)
    shown = list(counts.items())[:LANGUAGES_SHOWN]
    return BarChart(
        name="spoken",
        finding=_spoken_finding(counts["es"], listings),
        about=_("The languages that most listings name. The others are unknown, not no."),
        head=_("Language"),
        whole=_("Listings"),
        keys=(Key("solid", _("Spoken")), Key("bare", _("Not said"))),
        lines=tuple(
            Line(_share_bar(language_name(code), Share(count, listings))) for code, count in shown
        ),
    )


def grouped(
    part: Part, *, named: str, groups: Sequence[Group], shown: Sequence[tuple[str, Group, str]]
) -> BarChart:
    """Return how many listings of each county or organization have a part.

    Args:
        part: what they have.
        named: what a line is, such as "County".
        groups: all of them.
        shown: those that are drawn: name, figures, address of the listings that lack it.
    """
    return BarChart(
        name="groups",
        finding=_grouped_finding(part, groups),
        about=_("%(share)s have listings at all. The lines are those of the table below.")
        % {"share": of_words(sum(bool(group.listings) for group in groups), len(groups))},
        head=named,
        whole=_("Listings"),
        keys=(Key("solid", str(PARTS[part])), Key("bare", _("Missing"))),
        lines=tuple(
            Line(_share_bar(name, group.shares[part]), ("", href)) for name, group, href in shown
        ),
    )


def _grouped_finding(part: Part, groups: Sequence[Group]) -> str:
    asked = [group.shares[part] for group in groups if group.shares[part].of]
    complete = sum(not share.lacking for share in asked)
    words = {"part": PARTS[part], "share": of_words(complete, len(asked))}
    return _("%(part)s: complete in %(share)s") % words


def _spoken_finding(count: int, listings: int) -> str:
    words = ngettext(
        "%(share)s listing says that Spanish is spoken",
        "%(share)s listings say that Spanish is spoken",
        listings,
    )
    return words % {"share": of_words(count, listings)}


def _fresh_finding(hours: Mapping[Age, int]) -> str:
    clocked = sum(count for age, count in hours.items() if age is not Age.NO_CLOCK)
    if not clocked:
        return _("No clock runs for hours")
    share = of_words(hours[Age.FRESH] + hours[Age.SOON], clocked)
    words = ngettext(
        "Hours of %(share)s listing are up to date",
        "Hours of %(share)s listings are up to date",
        clocked,
    )
    return words % {"share": share}


def _complete_finding(total: Group) -> str:
    part = most_lacking(total, FILLED)
    if part is None:
        return _("Nothing is missing")
    share = total.shares[part]
    return _("Missing most: %(part)s, %(share)s") % {
        "part": PARTS[part],
        "share": of_words(share.lacking, share.of),
    }


def _age_bar(label: str, ages: Mapping[Age, int], shown: tuple[Age, ...]) -> Bar:
    of = sum(ages.values())
    words = of_words(ages[Age.FRESH] + ages[Age.SOON], of)
    return Bar(label, words, tuple(ages[age] for age in shown), of)


def _share_bar(label: str, share: Share) -> Bar:
    return Bar(label, share_words(share), (share.have, share.lacking), share.of)


def _text_bar(label: str, states: Mapping[str, int], of: int) -> Bar:
    said = Counter(states)
    said[State.REVIEWED] += said.pop(State.SOURCE, 0)
    counts = [said[state] for state in _STATE_LOOKS]
    return Bar(label, of_words(_current(states), of), (*counts, of - sum(counts)), of)


def _current(states: Mapping[str, int]) -> int:
    return sum(count for state, count in states.items() if state != State.STALE)
