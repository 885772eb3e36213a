"""One place: what to bring, what to expect, and its name and number as a text to oneself."""

from urllib.parse import quote

from django.utils.translation import gettext as _

from tejido.directory.domain.public import PublicListing
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.queries.need_words import names_one_of, untold
from tejido.finder.web.cards import address_of
from tejido.finder.web.saying import FactLine, fact_line, said, voice_phone

# Asked of every place, so that "not known" is seen; the others stand only where they are known.
ALWAYS_TOLD = (Fact.NO_ID, Fact.WALK_IN, Fact.FREE, Fact.WHEELCHAIR)
_IN_THE_BAG = (Fact.NO_ID, Fact.NO_INSURANCE)
_NOBODY_GOES = frozenset({Mode.MAIL, Mode.PHONE})


def to_bring(listing: PublicListing) -> tuple[FactLine, ...]:
    """Return what to bring as plain sentences; nothing where there is no place to go."""
    if listing.mode in _NOBODY_GOES:
        return ()
    lines = [_paper(listing, fact) for fact in _IN_THE_BAG if _is_told(listing, fact)]
    if listing.facts.get(Fact.FREE) is False:
        lines.append(FactLine(_("Money: it is not free"), known=True, yes=False))
    return tuple(lines)


def _paper(listing: PublicListing, fact: Fact) -> FactLine:
    words = {
        (Fact.NO_ID, True): _("You need no ID"),
        (Fact.NO_ID, False): _("An ID: they ask for it"),
        (Fact.NO_ID, None): _("ID: not known. Bring it if you have it"),
        (Fact.NO_INSURANCE, True): _("You need no insurance"),
        (Fact.NO_INSURANCE, False): _("Your insurance card: they ask for it"),
    }
    value = listing.facts.get(fact)
    return FactLine(words[fact, value], known=value is not None, yes=bool(value))


def to_expect(listing: PublicListing) -> tuple[FactLine, ...]:
    """Return what is known about how it goes there; what `to_bring` says is not said twice."""
    left_out = () if listing.mode in _NOBODY_GOES else _IN_THE_BAG
    told = [fact for fact in Fact if _is_told(listing, fact) and fact not in left_out]
    return tuple(fact_line(listing, fact) for fact in told)


def _is_told(listing: PublicListing, fact: Fact) -> bool:
    return fact in ALWAYS_TOLD or fact in listing.facts


def text_link(listing: PublicListing, *, language: str) -> str:
    """Return a link that opens the phone's own texts with the place's name, address and number.

    To whom it goes is chosen there; no server learns it. It stays on the phone, so it names
    neither harm reduction nor treatment, as our text messages do not. `?&body=` is what both iOS
    and Android take.

    Raises:
        SnapshotMissing: there is no list, and so no words for needs.
    """
    hidden = untold(())
    phone = voice_phone(listing)
    names = (said(listing, "name", language=language).text, listing.organization)
    name = next((each for each in names if each and not names_one_of(hidden, each)), "")
    address = (part for part in address_of(listing).split(", ") if not names_one_of(hidden, part))
    parts = (name, ", ".join(address), phone.shown if phone else "")
    body = "\n".join(part for part in parts if part)
    return f"sms:?&body={quote(body, safe='')}"
