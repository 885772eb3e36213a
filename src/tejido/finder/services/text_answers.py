"""One message in, one answer out: what a conversation by text says next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tejido.directory.domain.vocabulary import Mode
from tejido.directory.domain.words import tokens_of
from tejido.finder.domain.answer import Answer, Hit, Open, Question, Where
from tejido.finder.domain.crisis import (
    EMERGENCY,
    is_overdose,
    lines_for,
    lines_now,
    needs_a_line_now,
)
from tejido.finder.domain.talk import AT_ONCE, Talk, without_name
from tejido.finder.domain.text_clock import day_name, hour_words
from tejido.finder.domain.text_grammar import Act, Asked, read_text
from tejido.finder.domain.text_times import Chosen
from tejido.finder.queries.need_words import language_of, needs_of, untold, words_for
from tejido.finder.queries.places import find_place, split_place, where_at
from tejido.finder.queries.search import find_listing, find_services, hours_at
from tejido.finder.queries.snapshot import SnapshotMissing
from tejido.finder.services import text_words as say
from tejido.finder.services.text_places import (
    as_place,
    attempted_place,
    place_words,
    where_told,
)
from tejido.geography.domain.places import Ambiguous, Found, Resolution, Unknown

# Four lists of three: more than anybody reads on a small phone.
MOST_FOUND = 12
Reply = tuple[str, Talk]
OnSearch = Callable[[Question, Answer], None]


def answer_text(
    words: str, *, talk: Talk | None, now: datetime, on_search: OnSearch | None = None
) -> Reply:
    """Return what to answer, and what the conversation knows afterwards. Never raises.

    The same words in the same conversation at the same instant are answered in the same way.

    Args:
        words: the message; nothing of it is kept.
        talk: what the conversation knows, None where it begins.
        now: aware.
        on_search: told of the search that the message makes, if it makes one near a place.
    """
    asked = read_text(words, now=now.astimezone(_zone()))
    talk = _in_its_language(asked, talk or Talk())
    with translation.override(talk.language or "en"):
        message = _Message(asked, talk, now.astimezone(_zone()), on_search or _forgotten)
        try:
            said, after = _ACTS[asked.act](message)
        except SnapshotMissing:
            said, after = str(say.NOT_READY), talk
        lead = say.urgent_words(EMERGENCY) if is_overdose(words) else ""
        return say.final(_led(lead, said)), after


def _forgotten(_question: Question, _answer: Answer) -> None:
    """Let a search be nobody's business."""


def urgent_words(words: str, *, talk: Talk | None, now: datetime) -> str:
    """Return what must be said even to somebody who is otherwise not answered, or ''."""
    urgent = lines_now((words,), needs_of(words))
    if not urgent:
        return ""
    asked = read_text(words, now=now.astimezone(_zone()))
    with translation.override(_in_its_language(asked, talk or Talk()).language or "en"):
        return say.final(say.urgent_words(urgent[0]))


def _cannot_wait(words: str, rest: str) -> bool:
    return is_overdose(words) or needs_a_line_now(needs_of(rest))


def _crisis_lead(needs: Iterable[str]) -> str:
    return "".join(say.urgent_words(line) for line in lines_for(needs)[:1])


def _in_its_language(asked: Asked, talk: Talk) -> Talk:
    if talk.is_chosen and asked.act is not Act.LANGUAGE:
        return talk
    shown = asked.language
    if not shown and asked.words:
        try:
            shown = language_of(split_place(asked.words)[0])
        except SnapshotMissing:
            shown = ""
    return replace(talk, language=shown or talk.language)


def _led(lead: str, words: str) -> str:
    # A list that already begins with what cannot wait was fitted together with it.
    return words if words.startswith(lead) else say.joined(lead, words)


@dataclass(frozen=True, slots=True)
class _Message:
    """One message of a conversation; `now` is local."""

    asked: Asked
    talk: Talk
    now: datetime
    on_search: OnSearch

    def find(self) -> Reply:
        """Answer a search; what the message leaves open, the conversation may know."""
        chosen = self.asked.chosen
        if chosen and (chosen.is_over or chosen.is_unclear):
            return self._another_time(say.TIME_IS_OVER if chosen.is_over else say.TIME_IS_UNCLEAR)
        if not tokens_of(self.asked.words) and self.asked.chosen is None:
            return str(say.NOT_UNDERSTOOD), self.talk
        rest, resolution = split_place(self.asked.words)
        talk = self._timed(is_new=bool(rest))
        if resolution is None and rest:
            rest, resolution = self._attempted(rest, talk)
        if isinstance(resolution, Ambiguous | Unknown):
            return self._unclear(resolution, rest, talk)
        if isinstance(resolution, Found):
            return self._results(rest, where_told(resolution.place, rest, talk), talk)
        if is_overdose(self.asked.words):
            return "", talk
        if talk.where is None:
            return self._without_place(rest, talk)
        return self._results(rest, talk.where, talk)

    def _attempted(self, rest: str, talk: Talk) -> tuple[str, Resolution | None]:
        """Return the place that words may be which name none that is known."""
        if not needs_of(rest):
            return as_place(rest, has_place=talk.where is not None)
        return (rest, None) if _cannot_wait(self.asked.words, rest) else attempted_place(rest)

    def more(self) -> Reply:
        """Show the next places of the last list."""
        if not self.talk.found:
            return str(say.NO_LIST), self.talk
        first = self.talk.first + AT_ONCE
        if first >= len(self.talk.found):
            return str(say.NO_MORE), self.talk
        talk = replace(self.talk, first=first)
        return self._listed(self._head(_("More"), talk), talk, lead=""), talk

    def detail(self) -> Reply:
        """Tell about one place of the last list."""
        shown = self.talk.found[self.talk.first :][:AT_ONCE]
        places = self._places(shown[self.asked.number - 1 : self.asked.number], self.talk)
        if not places:
            return say.no_such_number(len(shown)), self.talk
        return say.detail_words(places[0], seen=self._seen(self.talk)), self.talk

    def change_language(self) -> Reply:
        """Go on in the language that was chosen, with the list that was shown."""
        talk = replace(self.talk, is_chosen=True)
        if talk.found:
            return self._listed(self._head(_("Same place"), talk), talk, lead=""), talk
        return str(say.WHAT), talk

    def help(self) -> Reply:
        """Tell who answers here, and how to ask."""
        return say.help_words(), self.talk

    def stop(self) -> Reply:
        """Confirm once, and forget the conversation."""
        return say.stopped_words(), Talk()

    def _another_time(self, sentence: object) -> Reply:
        """Ask for another time, and keep need and place so that it alone is enough."""
        rest, resolution = split_place(self.asked.words)
        needs = needs_of(rest)
        talk = replace(self.talk, needs=needs or self.talk.needs)
        if isinstance(resolution, Found):
            talk = replace(talk, where=without_name(where_at(resolution.place, label="")))
        return say.joined(_crisis_lead(needs), str(sentence)), talk

    def _timed(self, *, is_new: bool) -> Talk:
        """Return the conversation with the time asked about: a new need is meant for now."""
        chosen = self.asked.chosen
        if chosen is None and not is_new:
            return self.talk
        chosen = chosen or Chosen()
        return replace(self.talk, at=chosen.at, only_open=chosen.only_open)

    def _unclear(self, resolution: Ambiguous | Unknown, rest: str, talk: Talk) -> Reply:
        needs = needs_of(rest)
        lead = _crisis_lead(needs)
        kept = replace(talk, needs=needs or talk.needs)
        return say.joined(lead, place_words(resolution, untold(kept.needs))), kept

    def _results(self, rest: str, where: Where, talk: Talk) -> Reply:
        question = self._question(rest, where, talk)
        answer = find_services(question)
        self.on_search(question, answer)
        talk = replace(talk, needs=answer.needs, where=without_name(where), found=(), first=0)
        lead = _crisis_lead(answer.needs)
        opening, hits = self._near(question, answer.having, talk)
        if lead and opening:
            return lead, talk
        if not hits:
            words = self._nothing(rest, answer.needs)
            return say.joined(lead, words), talk if answer.needs else self.talk
        found = tuple((hit.listing.id.hex, _metres(hit)) for hit in hits)
        talk = replace(talk, found=found)
        lead = say.urgent_words(EMERGENCY) if is_overdose(self.asked.words) else lead
        near = _near_words(where.label)
        return self._listed(f"{opening} {self._head(near, talk)}".strip(), talk, lead=lead), talk

    def _question(self, rest: str, where: Where, talk: Talk) -> Question:
        language = talk.language or "en"
        return Question(
            at=talk.at or self.now,
            words=rest or words_for(talk.needs, language=language),
            where=where,
            language=language,
            only_open=talk.only_open,
            limit=MOST_FOUND,
        )

    def _nothing(self, rest: str, needs: tuple[str, ...]) -> str:
        if needs or not rest:
            return str(say.NOTHING)
        place = find_place(rest)
        if isinstance(place, Unknown) and place.near_names:
            return place_words(place, untold(self.talk.needs))
        return str(say.NOT_UNDERSTOOD)

    def _without_place(self, rest: str, talk: Talk) -> Reply:
        needs = needs_of(rest) if rest else talk.needs
        if not needs:
            return str(say.NOT_UNDERSTOOD if rest else say.WHAT), talk
        lead = _crisis_lead(needs)
        return say.joined(lead, str(say.WHERE)), replace(talk, needs=needs, found=(), first=0)

    def _near(
        self, question: Question, hits: tuple[Hit, ...], talk: Talk
    ) -> tuple[str, tuple[Hit, ...]]:
        """Return what to say first, and the hits: near, else closed now, else far away."""
        near = _near_hits(hits)
        if question.only_open and not any(_is_open_there(hit) for hit in near):
            hits = find_services(replace(question, only_open=False)).having
            near = _near_hits(hits)
            return (_none_open(talk), near) if near else self._far(hits)
        return ("", near) if near else self._far(hits)

    def _far(self, hits: tuple[Hit, ...]) -> tuple[str, tuple[Hit, ...]]:
        farther = sorted(hits, key=lambda hit: hit.distance_m or float("inf"))
        return (_("None within 25 miles."), tuple(farther)) if hits else ("", ())

    def _head(self, first: str, talk: Talk) -> str:
        parts = [first]
        if talk.at:
            at = talk.at.astimezone(_zone())
            is_near = (at.date() - self.now.date()).days < 7
            day = day_name(at, language=talk.language or "en", is_near=is_near)
            parts.append(f"{day} {hour_words(at)}")
        return ", ".join(parts) + ":"

    def _listed(self, head: str, talk: Talk, *, lead: str) -> str:
        places = self._places(talk.found[talk.first : talk.first + AT_ONCE], talk)
        head = "\n".join(filter(None, (lead, head)))
        return say.list_words(head, places, self._tail(talk), seen=self._seen(talk))

    def _tail(self, talk: Talk) -> Callable[[int], str]:
        def tail(count: int) -> str:
            numbers = "1" if count == 1 else f"1-{count}"
            words = [_("%(numbers)s = details.") % {"numbers": numbers}]
            if talk.first + AT_ONCE < len(talk.found):
                words.append(_("MORE = others."))
            if not talk.language:
                words.append("ES = español.")
            return " ".join(words)

        return tail

    def _places(self, found: tuple[tuple[str, int | None], ...], talk: Talk) -> list[say.Shown]:
        at = talk.at or self.now
        listings = ((find_listing(UUID(one)), metres) for one, metres in found)
        return [say.Shown(each, metres, hours_at(each, at)) for each, metres in listings if each]

    def _seen(self, talk: Talk) -> say.Seen:
        about = talk.where is not None and talk.where.approximate
        return say.Seen((talk.at or self.now).astimezone(_zone()), about, untold(talk.needs))


_ACTS: dict[Act, Callable[[_Message], Reply]] = {
    Act.FIND: _Message.find,
    Act.MORE: _Message.more,
    Act.DETAIL: _Message.detail,
    Act.LANGUAGE: _Message.change_language,
    Act.HELP: _Message.help,
    Act.START: _Message.help,
    Act.STOP: _Message.stop,
}


def _none_open(talk: Talk) -> str:
    """Return that nothing near is known to be open: now, or at the time that was asked about."""
    now, then = _("We know of none open now."), _("We know of none open then.")
    return now if talk.at is None else then


def _near_words(label: str) -> str:
    if not label:
        return _("Same place")
    return (_("Near %(place)s") % {"place": label}).replace(" de el ", " del ")


def _near_hits(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.near)


def _is_open_there(hit: Hit) -> bool:
    return hit.hours.state is Open.OPEN and hit.listing.mode not in {Mode.MAIL, Mode.PHONE}


def _metres(hit: Hit) -> int | None:
    return None if hit.distance_m is None else round(hit.distance_m)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
