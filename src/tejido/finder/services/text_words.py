"""Every sentence and line of a text message: short, in the reader's language, naming no need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.domain.answer import Hours, Open
from tejido.finder.domain.crisis import EMERGENCY
from tejido.finder.domain.text_clock import moment_words
from tejido.finder.queries.lines import line_to_call
from tejido.finder.queries.need_words import names_one_of
from tejido.gateways.domain.gsm7 import cut, parts, to_gsm7
from tejido.ui.domain.wording import METRES_PER_MILE, ago_words
from tejido.ui.languages import two_letters

MOST_PARTS = 2
_NAME_WIDTHS = (40, 28, 20)
NOT_UNDERSTOOD = gettext_lazy(
    "We did not understand. Text what you need and where, like: food 94601. Text HELP for more."
)
WHERE = gettext_lazy("Where? Text a ZIP code or a city, like: 94601")
WHAT = gettext_lazy("Text what you need and where, like: food 94601")
OUTSIDE = gettext_lazy(
    "That place is not in California, and this list is. Text a ZIP code or a city of California, "
    "like: 94601"
)
UNKNOWN_PLACE = gettext_lazy("We do not know that place. Text a ZIP code or a city, like: 94601")
SEVERAL_PLACES = gettext_lazy(
    "Several places have that name. Text it with its ZIP code instead, like: 94601"
)
NOTHING = gettext_lazy("The list has nothing like that near there. Text another place, or HELP.")
TIME_IS_OVER = gettext_lazy("That time is over. Text a later one, like: sat 10am")
TIME_IS_UNCLEAR = gettext_lazy("Which day? Text it like: sat 10am or nov 28 10am")
NO_LIST = gettext_lazy(
    "We have no list to go on with: we forget it after 15 minutes. Text what you need and where, "
    "like: food 94601"
)
NO_MORE = gettext_lazy("Those were all. Text another place, or what else you need.")
NOT_READY = gettext_lazy("The list is not ready. Text again in a few minutes.")


@dataclass(frozen=True, slots=True)
class Shown:
    """One place of a list."""

    listing: PublicListing
    distance_m: float | None
    hours: Hours


@dataclass(frozen=True, slots=True)
class Seen:
    """What places are seen from.

    Attributes:
        at: the instant asked about.
        about: the point is rough.
        untold: needs that no answer names.
    """

    at: datetime
    about: bool
    untold: frozenset[str]

    def may_say(self, text: str) -> bool:
        """Return whether a text is one, and tells nobody what was looked for."""
        return bool(text) and not names_one_of(self.untold, text)


def help_words() -> str:
    """Return who this is, how to ask, whom to call, and how to end it."""
    name, phone = settings.NETWORK_NAME, settings.NETWORK_PHONE
    lines = [
        _("%(name)s: find help in California. Text what you need, where, and when: food 94601 now")
        % {"name": name},
        _("In danger? Call %(number)s.") % {"number": line_to_call(EMERGENCY).number},
        _("MORE = others. ES = español. STOP = end."),
    ]
    if phone:
        lines.insert(1, _("A person: %(phone)s") % {"phone": phone})
    return "\n".join(lines)


def no_such_number(count: int) -> str:
    """Return which numbers the list has that was shown last; 0 where there is none."""
    if not count:
        return str(NO_LIST)
    sentence = ngettext(
        "The list has one place. Text 1 for it, or MORE.",
        "The list has %(count)d places. Text a number from 1 to %(count)d, or MORE.",
        count,
    )
    return sentence % {"count": count}


def urgent_words(line_id: str) -> str:
    """Return what cannot wait, as the line to call says it, by the id of the line."""
    return line_to_call(line_id).words[_language()].urgent


def too_many_words() -> str:
    """Return what is said once to a phone that texts very often."""
    sentence = _(
        "That was many texts in one hour. Text again in an hour. If a life is in danger, call "
        "%(number)s."
    )
    return sentence % {"number": line_to_call(EMERGENCY).number}


def stopped_words() -> str:
    """Return the one answer to STOP."""
    values = {"name": settings.NETWORK_NAME}
    return _("You get no more texts from %(name)s. Text START to begin again.") % values


def joined(lead: str, words: str) -> str:
    """Return what cannot wait and then the rest, or the first alone where both are too long."""
    if not lead or not words:
        return lead or words
    both = f"{lead}\n{words}"
    return both if parts(to_gsm7(both)) <= MOST_PARTS else lead


def final(words: str) -> str:
    """Return the words as they are sent: in letters that phones know, in two parts at most."""
    return cut(to_gsm7(words).strip(), most=MOST_PARTS)


def list_words(
    head: str, places: Sequence[Shown], tail: Callable[[int], str], *, seen: Seen
) -> str:
    """Return as many places as two parts hold, their names shortened where need be."""
    named = list(zip(_names(places, seen), places, strict=True))
    for count in range(len(places), 0, -1):
        for width in _NAME_WIDTHS:
            lines = [
                f"{number}. {_shortened(name, width)}, {_line(place, seen=seen)}"
                for number, (name, place) in enumerate(named[:count], start=1)
            ]
            words = "\n".join((head, *lines, tail(count)))
            if parts(to_gsm7(words)) <= MOST_PARTS:
                return words
    return head


def detail_words(place: Shown, *, seen: Seen) -> str:
    """Return what two parts hold about one place, the most needed first."""
    words = name_of(place.listing, seen)
    for line in _details(place, seen):
        longer = f"{words}\n{line}"
        if line and parts(to_gsm7(longer)) <= MOST_PARTS:
            words = longer
    return words


def name_of(listing: PublicListing, seen: Seen) -> str:
    """Return what to call a place without naming a need: its name, its program, or its address."""
    own = [text.name for text in listing.texts if text.name and text.language == _language()]
    others = [text.name for text in listing.texts if text.language != _language()]
    names = (*own, *([] if own else others), listing.organization, *others, *_lines(listing, seen))
    return next((name for name in names if seen.may_say(name)), "") or _("A program")


def state_words(listing: PublicListing, hours: Hours, *, at: datetime) -> str:
    """Return whether a place is open, and until when or from when."""
    if listing.temporarily_closed:
        return _("closed for now, call")
    if hours.state is Open.UNKNOWN:
        return _("call first")
    if hours.state is Open.OPEN:
        if hours.closes_at is None:
            return _("open 24 hours") if hours.always else _("open")
        return _("open until %(hour)s") % {"hour": _moment(hours.closes_at, at)}
    if hours.opens_at is None:
        return _("closed, call")
    return _("opens %(hour)s") % {"hour": _moment(hours.opens_at, at)}


def _names(places: Sequence[Shown], seen: Seen) -> Sequence[str]:
    """Return what to call each place: two of one name go by their addresses."""
    names = [name_of(place.listing, seen) for place in places]
    return [
        next(iter(_lines(place.listing, seen)), name) if names.count(name) > 1 else name
        for name, place in zip(names, places, strict=True)
    ]


def _line(place: Shown, *, seen: Seen) -> str:
    listing = place.listing
    facts = (
        _away(place, about=seen.about),
        state_words(listing, place.hours, at=seen.at),
        _phone(listing),
    )
    return ", ".join(filter(None, facts))


def _details(place: Shown, seen: Seen) -> Sequence[str]:
    listing = place.listing
    texts = sorted(listing.texts, key=lambda text: text.language != _language())
    landmark = next((text.landmark for text in texts if text.landmark), "")
    hours = state_words(listing, place.hours, at=seen.at)
    reach = (hours, _phone(listing), _away(place, about=seen.about))
    return (
        _address(listing, seen),
        ", ".join(filter(None, reach)),
        landmark if seen.may_say(landmark) else "",
        ". ".join(_good_to_know(listing)),
        _checked(listing, seen.at),
    )


def _lines(listing: PublicListing, seen: Seen) -> list[str]:
    """Return the lines of an address without the parts that tell what was looked for."""
    said = (filter(seen.may_say, line.split(", ")) for line in listing.address_lines)
    return [line for line in map(", ".join, said) if line]


def _address(listing: PublicListing, seen: Seen) -> str:
    lines = ", ".join(_lines(listing, seen))
    return ", ".join(filter(None, (lines, "" if listing.city in lines else listing.city)))


def _checked(listing: PublicListing, at: datetime) -> str:
    if listing.confirmed_on is None:
        return ""
    days = (at.date() - listing.confirmed_on).days
    return _("Checked %(ago)s") % {"ago": ago_words(days, language=_language())}


def _good_to_know(listing: PublicListing) -> Sequence[str]:
    facts = {Fact.NO_ID: _("No ID asked"), Fact.WALK_IN: _("Walk in"), Fact.FREE: _("Free")}
    known = [words for fact, words in facts.items() if listing.facts.get(fact)]
    if "es" in {two_letters(code) for code in listing.languages}:
        known.append(_("Spanish spoken"))
    return known


def _away(place: Shown, *, about: bool) -> str:
    if place.listing.mode is Mode.MAIL:
        return _("by mail")
    if place.distance_m is None:
        return place.listing.city or (_("by phone") if place.listing.mode is Mode.PHONE else "")
    miles = place.distance_m / METRES_PER_MILE
    if about:
        return "<1 mi" if miles < 1 else f"{miles:.0f} mi"
    return f"{miles:.0f} mi" if miles >= 10 else f"{max(miles, 0.1):.1f} mi"


def _phone(listing: PublicListing) -> str:
    """Return the first number that a person can call, such as `510-555-0101`."""
    stored = next(
        (phone for phone in listing.phones if phone.kind not in {"fax", "tty", "sms"}), None
    )
    if stored is None:
        return ""
    try:
        parsed = phonenumbers.parse(stored.number, "US")
    except phonenumbers.NumberParseException:
        return stored.number
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    short: str = shown.replace("(", "").replace(") ", "-")
    return f"{short} x{stored.extension}" if stored.extension else short


def _moment(moment: datetime, at: datetime) -> str:
    return moment_words(moment, seen_from=at, language=_language())


def _shortened(name: str, width: int) -> str:
    return name[:width].rstrip(" ,")


def _language() -> str:
    return (get_language() or "en")[:2]
