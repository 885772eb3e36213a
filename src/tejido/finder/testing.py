"""Builders for tests of the finder: listings, a few concepts and places, a snapshot of them."""

import pickle
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from tejido.directory.domain.concepts import Concept, Form, FormKind
from tejido.directory.domain.public import VERSION, PublicListing, PublicPoint, PublicText
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import ConfirmedBy, Mode, Precision, Tier
from tejido.finder.queries.files import SNAPSHOT_FILES
from tejido.finder.services.build import Content, build_from
from tejido.geography.domain.outlines import Outline
from tejido.geography.domain.places import Place, PlaceKind

# A Friday, 10:00 in California.
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
OAKLAND = (37.8044, -122.2712)
FRESNO = (36.7378, -119.7871)
WEEKDAYS_9_TO_5 = (
    Rule(
        freq="WEEKLY",
        byday=("MO", "TU", "WE", "TH", "FR"),
        opens_at=time(9),
        closes_at=time(17),
    ),
)


_BUILT: dict[str, TemporaryDirectory[str]] = {}


def built_once(name: str, build: Callable[[Path], object]) -> Path:
    """Return a folder with a snapshot that is built once in a process, for tests that only ask.

    Args:
        name: of what is built.
        build: builds it in a folder, out of the database or not.
    """
    if name not in _BUILT:
        folder = TemporaryDirectory(prefix="snapshot-")
        build(Path(folder.name))
        _BUILT[name] = folder
    return Path(_BUILT[name].name)


def a_listing(number: int = 1, **changes: Any) -> PublicListing:
    """Return a program in Oakland, open on weekdays from 9 to 5, confirmed ten days ago."""
    name = changes.pop("name", f"Program {number}")
    description = changes.pop("description", "")
    at = changes.pop("at", OAKLAND)
    text = PublicText("en", name, description, "", "", {})
    point = PublicPoint(at[0], at[1], Precision.EXACT) if at else None
    values: dict[str, Any] = {
        "version": VERSION,
        "id": UUID(int=number),
        "service_id": UUID(int=1_000_000 + number),
        "organization": "The Weavers",
        "tier": Tier.CORE,
        "mode": Mode.FIXED,
        "texts": (text,),
        "needs": (),
        "keywords": (),
        "point": point,
        "address_lines": ("1 Main Street",) if at else (),
        "city": "",
        "postal_code": "",
        "reach": (),
        "phones": (),
        "url": "",
        "languages": ("en",),
        "facts": {},
        "rules": WEEKDAYS_9_TO_5,
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
    return PublicListing(**values | changes)


def a_concept(
    own: str,
    *,
    en: Iterable[str],
    es: Iterable[str] = (),
    slang: Iterable[str] = (),
    parent: str = "",
) -> Concept:
    """Return a concept; the first word of each language is its label."""
    forms = [
        Form(language, word, FormKind.SYNONYM if position else FormKind.LABEL)
        for language, words in (("en", en), ("es", es))
        for position, word in enumerate(words)
    ]
    forms += [Form("en", word, FormKind.SLANG) for word in slang]
    return Concept(id=own, core=True, parent=parent, forms=tuple(forms))


CONCEPTS = (
    a_concept("naloxone", en=["Naloxone", "narcan"], es=["Naloxona"]),
    a_concept("syringes", en=["New syringes", "clean needles"], es=["Jeringas", "agujas limpias"],
              slang=["points", "works"]),
    a_concept("tests", en=["Tests"], es=["Pruebas"]),
    a_concept("hepatitis-c-test", en=["Hepatitis C test", "hep c"], es=["Prueba de hepatitis C"],
              parent="tests"),
    a_concept("treatment", en=["Treatment"], es=["Tratamiento"]),
    a_concept("methadone", en=["Methadone"], es=["Metadona"], parent="treatment"),
    a_concept("mental-health", en=["Mental health", "counseling"], es=["Salud mental"]),
)  # fmt: skip


def _place(
    kind: PlaceKind, name: str, fips: str, latitude: float, longitude: float, weight: int = 0
) -> Place:
    return Place(kind, name, fips, latitude, longitude, approximate=True, weight=weight)


PLACES = (
    _place(PlaceKind.COUNTY, "Alameda County", "06001", 37.65, -121.9, 1_682_353),
    _place(PlaceKind.COUNTY, "Fresno County", "06019", 36.76, -119.65, 1_008_654),
    _place(PlaceKind.TOWN, "Oakland", "06001", *OAKLAND, 13),
    _place(PlaceKind.TOWN, "Fresno", "06019", *FRESNO, 35),
    _place(PlaceKind.ZIP, "94606", "06001", 37.7910, -122.2434),
    _place(PlaceKind.ZIP, "93721", "06019", 36.7325, -119.7842),
)


_FILES: dict[bytes, bytes] = {}


def a_snapshot(
    folder: Path,
    listings: Iterable[PublicListing],
    *,
    at: datetime = NOW,
    places: tuple[Place, ...] = PLACES,
    outlines: tuple[Outline, ...] = (),
) -> Path:
    """Build a snapshot of listings, with a few concepts and places, and return its file.

    The same content is built once: many tests begin with it.
    """
    content = Content(tuple(listings), CONCEPTS, places, outlines)
    mark = pickle.dumps((content, at))
    if mark not in _FILES:
        file = build_from(content, folder=folder, at=at, report=lambda _: None)
        _FILES[mark] = file.read_bytes()
        return file
    draft = SNAPSHOT_FILES.draft_in(folder)
    draft.write_bytes(_FILES[mark])
    return SNAPSHOT_FILES.publish(draft, folder=folder)
