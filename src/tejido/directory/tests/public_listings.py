"""Public listings that nobody has, for tests that need no database."""

from datetime import date, time
from random import Random
from uuid import UUID

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.public import VERSION, PublicListing, PublicPoint, PublicText
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Fact, Mode, Precision, Tier
from tejido.geography.domain.places import Place, PlaceKind

COUNTIES = ("06001", "06013", "06075")
LANGUAGES = ("en", "es", "vi")
NEEDS = {"care": "", "wounds": "care", "burns": "wounds", "food": ""}
WORDS = ("van", "clínica", "wounds", "Naloxone", "niños", "harbor", "open", "4th", "women's")
ZIPS = (("94606", 37.79, -122.24, "06001"), ("94801", 37.95, -122.36, "06013"))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def a_concept(key, parent=""):
    """Return a need with a name in each language."""
    forms = (
        Form("en", f"{key} help", FormKind.LABEL),
        Form("es", f"ayuda {key}", FormKind.LABEL),
    )
    return Concept(key, core=True, parent=parent, forms=forms)


CONCEPTS = tuple(a_concept(key, parent) for key, parent in NEEDS.items())
PLACES = (
    *(Place(PlaceKind.COUNTY, f"County {f}", f, 37.0, -122.0, approximate=True) for f in COUNTIES),
    *(
        Place(PlaceKind.ZIP, code, fips, latitude, longitude, approximate=True)
        for code, latitude, longitude, fips in ZIPS
    ),
)


def a_listing(number=1, service=None, **changes):
    """Return a public listing at a place; `service` is the number of its service."""
    name = changes.pop("name", f"Service {service or number}")
    said = {
        "version": VERSION,
        "id": UUID(int=number),
        "service_id": UUID(int=1_000_000 + (service or number)),
        "organization": "The Weavers",
        "tier": Tier.CORE,
        "mode": Mode.FIXED,
        "texts": (PublicText("en", name, changes.pop("description", ""), "", "", {}),),
        "needs": (),
        "keywords": (),
        "point": PublicPoint(37.8, -122.25, Precision.EXACT),
        "address_lines": ("1 Main Street", "Oakland, CA 94606"),
        "city": "Oakland",
        "postal_code": "94606",
        "reach": (),
        "phones": (),
        "url": "",
        "languages": ("en",),
        "facts": {},
        "rules": (Rule("WEEKLY", DAYS[:5], time(9), time(17)),),
        "exceptions": (),
        "timezone": "America/Los_Angeles",
        "hours_known": True,
        "hours_text": "",
        "temporarily_closed": False,
        "confirmed_on": date(2026, 11, 10),
        "confirmed_by": ConfirmedBy.PROGRAM,
        "hours_hold_days": 30 if changes.get("mode") is Mode.MOBILE else 90,
        "source": "test",
        "is_invented": True,
    }
    return PublicListing(**said | changes)


def random_listings(services, seed):
    """Return the listings of so many services, each at none to three places, in order."""
    draw = Random(seed)
    numbers = iter(range(1, 10_000))
    return [
        listing
        for service in range(1, services + 1)
        for listing in _service(draw, service, numbers)
    ]


def _service(draw, service, numbers):
    shared = {
        "name": " ".join(draw.sample(WORDS, 2)),
        "description": " ".join(draw.sample(WORDS, draw.randrange(4))),
        "organization": f"Organization {draw.randrange(5)}",
        "needs": tuple(sorted(draw.sample(list(NEEDS), draw.randrange(3)))),
        "keywords": tuple(draw.sample(WORDS, draw.randrange(2))),
        "temporarily_closed": draw.random() < 0.1,
        "mode": draw.choice(list(Mode)),
        "confirmed_on": draw.choice((None, date(2026, 7, 1), date(2026, 11, 1))),
    }
    places = draw.randrange(4)
    for _ in range(places):
        yield a_listing(next(numbers), service, **shared, **_place(draw))
    if not places:
        alone = {"id": UUID(int=1_000_000 + service), "point": None, "address_lines": ()}
        yield a_listing(service, service, **shared, **alone | _hours(draw), reach=_reach(draw))


def _place(draw):
    point = PublicPoint(
        round(draw.uniform(37.6, 38.0), 3), round(draw.uniform(-122.5, -122.1), 3), Precision.EXACT
    )
    is_hidden = draw.random() < 0.2
    hidden = {"point": None, "address_lines": (), "postal_code": ""}
    languages = tuple(sorted(draw.sample(LANGUAGES, draw.randrange(3))))
    facts = {Fact.NO_ID: True} if draw.random() < 0.3 else {}
    said = {"languages": languages, "facts": facts, "reach": _reach(draw), **_hours(draw)}
    return said | (hidden if is_hidden else {"point": point})


def _reach(draw):
    return tuple(sorted(draw.sample(COUNTIES, draw.choice((0, 0, 1, 2)))))


def _hours(draw):
    opens = draw.randrange(24)
    days = tuple(draw.sample(DAYS, draw.randrange(1, 6)))
    rule = Rule("WEEKLY", days, time(opens), time((opens + draw.randrange(1, 12)) % 24))
    closed = DatedException(date(2026, 11, 26), date(2026, 11, 27), reason="Thanksgiving")
    return {
        "rules": (rule,),
        "exceptions": (closed,) if draw.random() < 0.3 else (),
        "hours_known": draw.random() < 0.85,
    }
