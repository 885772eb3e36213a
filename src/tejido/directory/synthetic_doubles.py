"""An invented list in which some rows come twice, written differently: nobody's, and known."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

DOUBLES_MAPPING = """
[source]
key = "invented-doubles"
name = "Invented list with doubles"
url = ""
licence = "CC0"

[columns]
name = "name"
organization = "agency"
address_1 = "street"
city = "city"
postal_code = "zip"
phone = "phone"
latitude = "lat"
longitude = "lon"

[row]
key = ["row"]

[constants]
needs = ["naloxone"]
"""
HEADER = ("row", "name", "agency", "street", "city", "zip", "phone", "lat", "lon")


def _words(text: str, mark: str = " ") -> list[str]:
    return text.split(mark)


_FIRST = _words(
    "Harbor Lantern Willow Cedar Juniper Marigold Poppy Sequoia Manzanita Heron Pelican Osprey "
    "Bridge Anchor Beacon Compass River Canyon Mesa Valley Ridge Prairie Coastal Mission Delta "
    "Sierra Redwood Golden Silver Copper Granite Amber Aurora Horizon Summit Unity Promise "
    "Bienestar Esperanza Puente Camino Familia Semilla Raices Nueva"
)
_SECOND = _words(
    "Street Point House Circle Path Garden Gate Field Grove Bay Hill Lake Spring Stone Star Light "
    "Wind Rain Sun Moon Oak Elm Pine Fern Rose Lily Iris Sage Clover Thistle"
)
_LAST = _words(
    "Health Center|Community Clinic|Harm Reduction|Recovery Services|Outreach Program|"
    "Wellness Center|Counseling Center|Family Services|Treatment Center|Drop-In Center",
    "|",
)
_STREETS = _words(
    "Main Oak Maple Broadway Mission Grand Central Park Lincoln Washington Jackson Cedar Pine "
    "Elm Walnut Chestnut Market Union Valley Lake Hill Church School Mill River Ocean Sunset "
    "Foothill Alameda International"
)
_KINDS = ("Street", "Avenue", "Boulevard", "Road", "Drive", "Way")
_SHORT = {"Street": "St.", "Avenue": "Ave", "Boulevard": "Blvd.", "Road": "Rd", "Drive": "Dr"}
TOWNS = 400
TWICE = 0.1


@dataclass(frozen=True, slots=True)
class Site:
    """One invented row; `true` names what it really is, the same for a row and its double."""

    row: int
    true: int
    name: str
    agency: str
    street: str
    city: str
    code: str
    phone: str
    latitude: float
    longitude: float

    def cells(self) -> tuple[str, ...]:
        """Return its cells under HEADER."""
        point = (f"{self.latitude:.5f}", f"{self.longitude:.5f}")
        where = (self.street, self.city, self.code, self.phone, *point)
        return (str(self.row), self.name, self.agency, *where)


def sites(count: int, seed: int = 20261121) -> list[Site]:
    """Return so many rows, a tenth of them doubles, in an order that tells nothing.

    Towns differ in size as towns do; a third of the sites are branches with one name and number.
    """
    rng = Random(seed)  # noqa: S311 - repeatable on purpose
    towns = [_town(rng, number) for number in range(TOWNS)]
    weights = [1 / (rank + 2) for rank in range(TOWNS)]
    originals = round(count / (1 + TWICE))
    found: list[Site] = []
    for number in range(originals):
        town = rng.choices(towns, weights)[0]
        branch_of = rng.choice(found) if found and rng.random() < 1 / 3 else None
        found.append(_site(rng, number, town, branch_of))
    found += [
        _double(rng, found[number]) for number in rng.sample(range(originals), count - originals)
    ]
    rng.shuffle(found)
    return [replace(site, row=row) for row, site in enumerate(found)]


def write_sites(path: Path, found: list[Site]) -> Path:
    """Write rows as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *(site.cells() for site in found)])
    return path


def _town(rng: Random, number: int) -> tuple[str, str, float, float]:
    name = f"{_FIRST[number % len(_FIRST)]}ton {number // len(_FIRST) or ''}".strip()
    return name, f"{90001 + number * 15:05}", rng.uniform(32.8, 41.0), rng.uniform(-123, -116)


def _site(
    rng: Random, number: int, town: tuple[str, str, float, float], branch_of: Site | None
) -> Site:
    city, code, latitude, longitude = town
    words = (rng.choice(_FIRST), rng.choice(_SECOND), rng.choice(_LAST))
    agency = branch_of.agency if branch_of else " ".join(words)
    phone = branch_of.phone if branch_of else f"510{rng.randrange(2_000_000, 9_999_999)}"
    return Site(
        row=number,
        true=number,
        name=f"{agency} {city}" if branch_of else agency,
        agency=agency,
        street=f"{rng.randrange(1, 9999)} {rng.choice(_STREETS)} {rng.choice(_KINDS)}",
        city=city,
        code=code,
        phone=phone,
        latitude=latitude + rng.gauss(0, 0.03),
        longitude=longitude + rng.gauss(0, 0.03),
    )


def _double(rng: Random, site: Site) -> Site:
    """Return a row as another list would have it: each part may be written differently."""
    street = site.street
    for long, short in _SHORT.items():
        street = street.replace(f" {long}", f" {short}")
    return replace(
        site,
        name=_other_name(rng, site.name),
        agency=_other_name(rng, site.agency),
        street=rng.choice((street, street.upper(), f"{street}, Suite {rng.randrange(1, 9)}")),
        code=rng.choice((site.code, site.code, "")),
        phone=rng.choice(
            (site.phone, site.phone, "", f"415{rng.randrange(2_000_000, 9_999_999)}")
        ),
        latitude=site.latitude + rng.gauss(0, 0.0005),
        longitude=site.longitude + rng.gauss(0, 0.0005),
    )


def _other_name(rng: Random, name: str) -> str:
    return rng.choice(tuple(_ways(rng, name)))


def _ways(rng: Random, name: str) -> Iterator[str]:
    words = name.split()
    at = rng.randrange(1, len(name) - 1)
    yield name
    yield name.upper()
    yield f"{name}, Inc."
    yield name.replace("Center", "Ctr").replace("Services", "Servs")
    yield f"The {name}"
    yield name[:at] + name[at + 1 :]
    yield " ".join(words[:-1])
