"""The results: what was found, what was understood, and what to do when nothing was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tejido.directory.domain.words import tokens_of
from tejido.finder.domain.answer import Answer, Where
from tejido.finder.domain.crisis import lines_now
from tejido.finder.domain.near import NEAR_M
from tejido.finder.domain.text_times import Chosen
from tejido.finder.queries.need_words import needs_of
from tejido.finder.queries.places import OUTSIDE
from tejido.finder.queries.search import find_services, need_labels, stated_near
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.queries.times import split_time
from tejido.finder.services.unmet import count_unmet
from tejido.finder.web.answering import is_invented, public_page
from tejido.finder.web.asked import MOST, Asked, asked_from, is_over
from tejido.finder.web.cards import Group, Seen, groups_of
from tejido.finder.web.filters import Later, Told, chips_of, filters_of, later, told_of, ways_out
from tejido.finder.web.finding import (
    count_of,
    has_words,
    heading,
    heading_for_later,
    heading_without_filters,
    other_words,
    sought_need,
    title,
    understood,
    within,
)
from tejido.finder.web.forms import SearchForm
from tejido.finder.web.home import ask
from tejido.finder.web.hours import as_of
from tejido.finder.web.picture import by_county, dots_of, map_dots
from tejido.finder.web.sharing import link_to
from tejido.finder.web.standing import Standing, choices_of, stand
from tejido.finder.web.tally import also_words
from tejido.finder.web.urgent import urgent_for
from tejido.finder.web.why import what_counts
from tejido.geography.domain.places import Ambiguous, Unknown


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def show_results(request: HttpRequest) -> HttpResponse:
    """Answer a search by POST, or by GET where somebody shared a link on purpose."""
    response = _answer(request, request.POST if request.method == "POST" else request.GET)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, given: QueryDict) -> HttpResponse:
    form = SearchForm(_with_near_name(given), needs=lambda: need_labels(_language()))
    if not form.is_valid():
        return ask(request, form)
    now = timezone.localtime()
    asked = asked_from(form.cleaned_data, now=now).without(given.get("drop", ""))
    words, said = split_time(asked.words, now=now)
    sentence = _time_to_change(said) if said and not asked.chosen else ""
    if sentence:
        return _ask_again(request, asked, "q", sentence)
    asked = asked.at_said_time(words, said) if said else asked
    problem = _problem(asked, now)
    if problem:
        return _ask_again(request, asked, *problem)
    standing = stand(asked)
    if isinstance(standing.unclear, Unknown):
        return _ask_for_place(request, asked, standing, standing.unclear)
    if isinstance(standing.unclear, Ambiguous):
        return _choose_place(request, asked, standing, standing.unclear)
    return _show(request, asked, standing)


def _time_to_change(said: Chosen) -> str:
    """Return what to write instead of a time that nothing can be looked for at, or ''."""
    if said.is_over:
        return _("This time is over. Write a later one, such as “Saturday 10 am”")
    if said.is_unclear:
        return _("Which day do you mean? Write it like “Saturday 10 am” or “Nov 28, 10 am”")
    return ""


def _problem(asked: Asked, now: datetime) -> tuple[str, str] | None:
    """Return the field to change and a sentence that says how, None where a search can be made."""
    if asked.chosen and is_over(asked.chosen, now=now):
        return "hour", _("This time is over. Choose a later one")
    if not asked.says_nothing:
        return None
    if asked.words and not tokens_of(asked.words):
        sentence = _("We did not understand “%(text)s”. Say what you need in words")
        return "q", sentence % {"text": asked.words}
    return "place", _("Enter a city, ZIP code or county")


def _ask_again(
    request: HttpRequest,
    asked: Asked,
    field: str,
    sentence: str,
    *,
    near_names: tuple[str, ...] = (),
) -> HttpResponse:
    """Show the search with everything that was asked, and what to change."""
    form = SearchForm(asked.as_data())
    form.is_valid()
    form.add_error(field, sentence)
    return ask(request, form, asked=asked, near_names=near_names)


def _with_near_name(given: QueryDict) -> QueryDict:
    """Put the name that a person tapped in the place of the one that is not known."""
    instead = given.get("instead")
    if not instead:
        return given
    changed = given.copy()
    changed["place"] = str(instead)
    changed.pop("pick", None)
    return changed


def _ask_for_place(
    request: HttpRequest, asked: Asked, standing: Standing, unknown: Unknown
) -> HttpResponse:
    asked = replace(asked, place=unknown.text, words=standing.words)
    sentence = _unknown_words(unknown) % {"text": unknown.text}
    return _ask_again(request, asked, "place", sentence, near_names=unknown.near_names)


def _unknown_words(unknown: Unknown) -> str:
    if unknown.text.isdecimal():
        return _(
            "We do not know the ZIP code %(text)s. This finder is for California. "
            "Check the numbers or use a city"
        )
    if unknown.code == OUTSIDE:
        return _(
            "“%(text)s” is not in California, and this finder is only for California. "
            "Use a city or a ZIP code in California"
        )
    return _(
        "We could not find “%(text)s”. This finder is for California. It does not know "
        "neighborhoods or streets. Check the spelling, or use a ZIP code or a town"
    )


def _choose_place(
    request: HttpRequest, asked: Asked, standing: Standing, ambiguous: Ambiguous
) -> HttpResponse:
    asked = replace(asked, place=ambiguous.text, words=standing.words)
    context = {
        "text": ambiguous.text,
        "choices": choices_of(ambiguous),
        "hidden": asked.hidden(but=["pick"]),
        "state": asked.hidden(),
        "urgent": urgent_for(asked.words, asked.place, asked.need),
        "is_invented": is_invented(),
    }
    return render(request, "finder/choose.html", context)


def _show(request: HttpRequest, asked: Asked, standing: Standing) -> HttpResponse:
    now = timezone.now()
    question = asked.question(words=standing.words, where=standing.where, now=now)
    answer = find_services(question)
    near = count_of(answer, question)
    if request.method == "POST":
        # A shared link is opened by machines too.
        count_unmet(question, answer, near=near, today=timezone.localdate(now))
    page = _Page(asked, standing, answer, now, near)
    return render(request, "finder/results.html", page.context())


@dataclass(frozen=True, slots=True)
class _Page:
    asked: Asked
    standing: Standing
    answer: Answer
    now: datetime
    count: int

    def context(self) -> dict[str, Any]:
        """Return everything that the template shows."""
        page = {**self._finding(), **self._list(), **self._state(), "is_invented": is_invented()}
        return page | _tonight(page["later"], self.standing.where) | self._none_at_all(page)

    def _finding(self) -> dict[str, Any]:
        labels, where = need_labels(_language()), self.standing.where
        return {
            "heading": heading(
                self.count, asked=self.asked, answer=self.answer, where=where, labels=labels
            ),
            "title": title(self.count),
            "also": also_words(self.answer, where, only_open=self.asked.only_open),
            "understood": understood(self.asked, self.answer, labels),
            "urgent": self._urgent(),
            "where": where,
            "other_place": self.standing.other,
            "other_words": other_words(where, self.standing.other_shown) if where else (),
            "is_address": self.standing.is_address,
            "as_of": as_of(self._at(), today=self._today()),
            "built": self.answer.built_at.astimezone(_zone()),
            "chips": chips_of(self.asked, labels, today=self._today()),
        }

    def _none_at_all(self, page: dict[str, Any]) -> dict[str, str]:
        """Return the heading where nothing near has it, so that no hour is to blame."""
        if not page["nothing"] or page["ways_out"] or self.asked.filters() != ("open",):
            return {}
        labels, where = need_labels(_language()), self.standing.where
        words = heading_without_filters(
            asked=self.asked, answer=self.answer, where=where, labels=labels
        )
        return {"heading": words}

    def _urgent(self) -> tuple[str, ...]:
        said = needs_of(self.asked.words)
        needs = (self.asked.need, *self.answer.needs, *said)
        return lines_now((self.asked.words, self.asked.place), needs)

    def _list(self) -> dict[str, Any]:
        hits, groups = self.answer.hits, groups_of(self.answer.hits, seen=self._seen())
        found = self.answer.total + self.answer.unknown_hours
        return {
            "groups": groups,
            "what_counts": what_counts(self.standing.where),
            **self._picture(groups),
            "total": found,
            "shown": min(len(hits), self.asked.show),
            "more": len(hits) if len(hits) > self.asked.show else 0,
            "next": self.asked.show + 1,
            "cut": self.asked.show >= MOST and found > MOST,
            **self._instead(),
        }

    def _seen(self) -> Seen:
        where, labels = self.standing.where, need_labels(_language())
        return Seen(
            asked=self.asked,
            at=self._at(),
            today=self._today(),
            labels=labels,
            need=has_words(sought_need(self.asked, self.answer), labels),
            language=_language(),
            wanted=self.answer.wanted,
            has_place=where is not None,
            about=where is not None and where.approximate,
            county=capfirst(within(where)) if where else "",
        )

    def _picture(self, groups: Sequence[Group]) -> dict[str, Any]:
        if self.standing.where:
            return {"dots": dots_of(groups)}
        dots = map_dots(groups)
        outlines = current_snapshot().outlines
        return {"map_dots": dots, "outlines": outlines, "by_county": by_county(dots)}

    def _instead(self) -> dict[str, Any]:
        """Return what to offer where nothing near was found; no search is made otherwise."""
        nothing, told = self.count == 0, self._told()
        return {
            "nothing": nothing,
            "has_near": any(hit.near for hit in self.answer.hits),
            "told": told,
            "unsaid": any(each.unsaid for each in told),
            "ways_out": ways_out(self.asked, self.standing, self.now) if nothing else (),
            "later": later(self.asked, self.standing, self.now) if nothing else None,
        }

    def _told(self) -> tuple[Told, ...]:
        """Return what is known of each filter; nothing is counted where none is on."""
        if not self.asked.filters():
            return ()
        where, words = self.standing.where, self.standing.words
        question = self.asked.question(words=words, where=where, now=self.now)
        return told_of(self.asked, stated_near(question, within_m=NEAR_M))

    def _state(self) -> dict[str, Any]:
        return {
            "asked": self.asked,
            "state": self.asked.hidden(),
            "filters": filters_of(self.asked),
            "unfiltered": self.asked.hidden(but=["open", "fact", "spoken", "show"]),
            "unplaced": self.asked.hidden(but=["place", "pick", "lat", "lon", "show"]),
            "unshown": self.asked.hidden(but=["show"]),
            "link": link_to(self.asked),
        }

    def _today(self) -> date:
        return self.now.astimezone(_zone()).date()

    def _at(self) -> datetime:
        return (self.asked.chosen or self.now).astimezone(_zone())


def _tonight(opening: Later | None, where: Where | None) -> dict[str, str]:
    """Return heading and title where nothing is open yet in the night asked about."""
    if not opening or not opening.that_night:
        return {}
    count = opening.that_night
    return {"heading": heading_for_later(count, where), "title": title(count)}


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _language() -> str:
    return (get_language() or "en")[:2]
