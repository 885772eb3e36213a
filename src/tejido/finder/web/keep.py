"""The pages of what a phone keeps: to ask for it, to search it, to remove it.

Both are the same for everybody and open without signal; what is on the phone only its scripts
know (static/finder/offline).
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tejido.directory.domain.languages import language_words
from tejido.finder.web.finding import HAS
from tejido.finder.web.forms import SearchForm
from tejido.finder.web.saying import FACT_WORDS
from tejido.finder.web.tiles import TILES
from tejido.ui.languages import THREE_LETTERS, language_name


@require_safe
def show_keep(request: HttpRequest) -> HttpResponse:
    """Show what a phone can keep, what that means, and how to remove it."""
    return render(request, "finder/keep.html", {"words": _as_json(_keep_words())})


@require_safe
def show_kept(request: HttpRequest) -> HttpResponse:
    """Show the search of what a phone keeps; its fields are those of the search with signal."""
    context = {"form": SearchForm(), "tiles": TILES, "words": _as_json(_kept_words())}
    return render(request, "finder/kept.html", context)


def _as_json(words: dict[str, Any]) -> str:
    return json.dumps({"language": (get_language() or "en")[:2], **words}, ensure_ascii=False)


def _keep_words() -> dict[str, Any]:
    return {
        "statewide": _("Harm reduction in all of California"),
        "county": _("{county} County"),
        "places": _("{number} places"),
        "onePlace": _("1 place"),
        "size": _("about {size} kB"),
        "made": _("List made {ago}."),
        "expired": _("This list is old. Call before you go, or get the newest list."),
        "believed": _("Hours are good until {day}."),
        "fetching": _("Getting the list"),
        "done": _("It is on this phone. You can search it without signal."),
        "newest": _("You have the newest list."),
        "someLeft": _("There is no newer list for some of it. What you had stays as it was."),
        "notOffered": _("No longer offered; it stays as it was."),
        "outgrown": _("The lists have a new form. Load this page again, then try once more. "
                      "Nothing was changed."),
        "failed": _("That did not work. Check your signal and try again. Nothing was changed."),
        "choose": _("Choose at least one list"),
        "notHere": _("This browser cannot keep it. A private window cannot either."),
        "noManifest": _("The lists are not here now. Try again when you have signal."),
        "removed": _("Removed. This browser no longer opens it. Below is what no page "
                     "can remove."),
        "notRemoved": _("Something could not be removed. Clear the data of this site in the "
                        "settings of your browser."),
    }  # fmt: skip


def _kept_words() -> dict[str, Any]:
    return {
        **_state_words(),
        "made": _("List made {ago}."),
        "expired": _("This list is old. Call before you go, or get the newest list."),
        "found": _("{number} places {place}"),
        "foundOne": _("1 place {place}"),
        "near": _("near {place}"),
        "within": _("in {name} County"),
        "county": _("{name} County"),
        "inList": _("in what you kept"),
        "you": _("you"),
        "noneNear": _("No place {place}. Below is what comes closest."),
        "nothing": _("Nothing in what you kept fits that."),
        "noneOpen": _("We know of no place {place} that is open now."),
        "noneOpenThen": _("We know of no place {place} that is open then."),
        "when": _("This is for {when}."),
        "closedNowLeftOut": _("What is closed now is left out."),
        "closedThenLeftOut": _("What is closed then is left out."),
        "timeIsOver": _("This time is over. Write a later one, such as “Saturday 10 am”"),
        "whichDay": _("Which day do you mean? Write it like “Saturday 10 am” or “Nov 28, 10 am”"),
        "from": _("Distances are from {place}."),
        "tiles": [concept for concept, _name, _gloss in TILES],
        "alsoNamed": _("Your words also name {other}."),
        "lookNear": _("Look near {other}"),
        "corrected": _("We looked for “{meant}”."),
        "unknownPlace": _("We did not find “{place}” in what you kept. It has no neighborhoods or "
                          "streets. Use a ZIP code, a city or a county."),
        "notUnderstood": _("We did not understand “{typed}”. Say it in words."),
        "instead": _("Something else that may help. It does not say that it has {need}. Call to "
                     "ask."),
        "onlyMentions": _("The text only mentions {need}. Call to ask."),
        "has": {need: str(words) for need, words in HAS.items()},
        "whichPlace": _("There are several. Add the county, or use a ZIP code."),
        "mail": _("By mail"),
        "phone": _("By phone"),
        "mobile": _("Van or on foot"),
        "about": _("about {distance}"),
        "checked": _("Checked {ago}"),
        "checkedBy": _("Checked by {by} {ago}"),
        "by": {"program": _("the program"), "network": _("the network")},
        "languages": _("Languages:"),
        "languageNames": _language_names(),
        "notKnown": _("not known"),
        "spanish": _("Spanish spoken"),
        "callNumber": _("Call {number}"),
        "textNumber": _("Text {number}"),
        "lines": _line_words(),
        "stale": _("Last checked {ago}. Call before you go."),
        "unchecked": _("Nobody has checked this yet. Call before you go."),
        "facts": {fact.value: list(map(str, said[:2])) for fact, said in FACT_WORDS.items()},
    }  # fmt: skip


def _line_words() -> dict[str, str]:
    return {
        "always": _("Any hour, every day"),
        "varies": _("Ask: hours can differ"),
        "interpreters": _("others with an interpreter"),
        "noSpanish": _("Spanish: not known"),
        "checked": _("Number checked {day}."),
        "site": _("Source: {site}."),
    }


def _language_names() -> dict[str, str]:
    """Return the names of the languages that have one in the language of the page."""
    codes = sorted({*language_words().values(), *THREE_LETTERS})
    return {code: name for code in codes if (name := language_name(code)) != code}


def _state_words() -> dict[str, Any]:
    return {
        "open": _("Open now"),
        "always": _("Always open"),
        "allDay": _("24 hours"),
        "openThen": _("Open then"),
        "closed": _("Closed now"),
        "closedThen": _("Closed then"),
        "closedForNow": _("Closed for now"),
        "unknown": _("Hours not known"),
        "callFirst": _("call first"),
        "callToAsk": _("call to ask"),
        "until": _("until {clock}"),
        "untilTomorrow": _("until tomorrow {clock}"),
        "untilOn": _("until {day} {clock}"),
        "opens": _("opens {clock}"),
        "opensTomorrow": _("opens tomorrow {clock}"),
        "opensOn": _("opens {day} {clock}"),
    }
