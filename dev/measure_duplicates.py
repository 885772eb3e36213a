"""How well pairs of listings that are the same are told from others, on four real lists.

    PYTHONPATH=src .venv/bin/python dev/measure_duplicates.py [--write]

Reads the four lists of ../shared/data/services, compares their locations, and prints precision and
recall as the verdicts of docs/measurements/duplicates/verdicts.csv have them; with --write draws
the sample anew, keeping every verdict on a pair. README.md beside them says how it was done.
"""

import argparse
import csv
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from tejido.directory.domain.drafts import ServiceDraft
from tejido.directory.domain.duplicates.blocking import candidate_pairs
from tejido.directory.domain.duplicates.comparing import Likeness, compare, may_link
from tejido.directory.domain.duplicates.profiles import Kind, Profile, profile, street_of
from tejido.directory.domain.duplicates.rules import RULES
from tejido.directory.domain.mapped import Column, Mapped
from tejido.directory.domain.reading import Reading
from tejido.directory.domain.source import SourceIn
from tejido.directory.domain.tables import Table, read_rows

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT.parent / "shared" / "data" / "services"
MAPPINGS = ROOT / "src" / "tejido" / "directory" / "mappings"
VERDICTS = ROOT / "docs" / "measurements" / "duplicates" / "verdicts.csv"
NAMES = ("ca-fqhc", "ca-mental-health", "ca-sud-treatment", "ca-opioid-treatment-programs")
FIRST = VERDICTS.with_name("first_sample.csv")
FIELDS = ["band", "weight", "score", "verdict", "reason", "one", "other"]
SEED = 20261122
# How many pairs are drawn from each band.
BANDS: Mapping[str, int] = {"likely": 40, "maybe": 40, "one address": 45, "other": 25}
LEAST = {"likely": RULES.likely, "likely or maybe": RULES.maybe}
ANY_NAME = replace(RULES, name_at_least=0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list as a person reads it, and as it is compared."""

    text: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that share a block; `band` is what it is drawn from, `links` what may be linked."""

    one: Row
    other: Row
    score: float
    band: str
    links: bool

    @property
    def key(self) -> tuple[str, str]:
        """Return what names the pair: both rows as text."""
        first, last = sorted((self.one.text, self.other.text))
        return first, last


def main() -> None:
    """Print the figures; draw the sample when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="draw the sample into the list")
    rows = list(all_rows())
    pairs = all_pairs(rows)
    bands = Counter(pair.band for pair in pairs)
    print(f"{len(rows)} rows, {len(pairs)} pairs in blocks:", dict(bands))
    if parser.parse_args().write:
        _write(pairs)
    print("verdicts:", dict(Counter(row["verdict"] or "not yet read" for row in verdicts())))
    for unclear_is in ("", "same", "different"):
        said = f"unclear counts as {unclear_is}" if unclear_is else "without the unclear"
        figures = measured(pairs, unclear_is=unclear_is)
        print(f"{said}:", ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    links = [pair for pair in pairs if pair.links]
    right, read = linked(pairs)
    print(f"{len(links)} pairs may be linked without anybody looking;", end=" ")
    print(f"of the {read} of them that were read, {right} are the same")


def all_rows() -> Iterator[Row]:
    """Yield each row of the four lists."""
    return chain.from_iterable(map(_rows, NAMES))


def _rows(name: str) -> Iterator[Row]:
    table = Table(_mapped(name), Reading(name, date(2026, 11, 20)))
    path = LISTS / f"{name.replace('-', '_')}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *cells = csv.reader(file)
    for draft in read_rows(header, iter(list(enumerate(cells, 2))), table):
        if isinstance(draft, ServiceDraft) and draft.places:
            yield Row(_text(draft, name), location_profile(draft))


def _mapped(name: str) -> Mapped:
    """Return the shipped mapping of a list, as far as it says what its columns are."""
    said = tomllib.loads((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
    fields = {field: _column(each) for field, each in said["columns"].items()}
    row = said["row"]
    optional = frozenset(row.get("optional", ()))
    return Mapped(SourceIn(name, name), fields, tuple(row["key"]), optional)


def _column(said: Any) -> Column:
    if isinstance(said, dict):
        return Column(tuple(said["columns"]), said["join"])
    return Column((said,) if isinstance(said, str) else tuple(said))


def location_profile(draft: ServiceDraft) -> Profile:
    """Return the one location of a row as it is compared."""
    location = draft.places[0].location
    address = location.address
    has_point = location.latitude is not None and location.longitude is not None
    line = address and street_of(
        address.address_1, address.address_2, code=address.postal_code, city=address.city
    )
    return profile(
        key=location.id,
        kind=Kind.LOCATION,
        level=location.visibility,
        names=(location.name, draft.name, draft.organization.name),
        contacts=(phone.number for phone in draft.phones),
        streets=[line] if line else (),
        points=[(location.latitude or 0.0, location.longitude or 0.0)] if has_point else (),
    )


def _text(draft: ServiceDraft, name: str) -> str:
    address = draft.places[0].location.address
    where = (
        f"{address.address_1} {address.address_2}, {address.city} {address.postal_code}"
        if address
        else ""
    )
    phones = " ".join(phone.number for phone in draft.phones)
    # Without the point: some rows are of places that do not wish to be found.
    return " | ".join((name.removeprefix("ca-"), draft.name, where, phones)).strip()


def all_pairs(rows: list[Row]) -> list[Pair]:
    """Return every two rows that share a block, with their score."""
    by_id = {row.profile.id: row for row in rows}
    pairs = candidate_pairs([row.profile for row in rows])
    return [_pair(by_id[one.id], by_id[other.id]) for one, other in pairs]


def _pair(one: Row, other: Row) -> Pair:
    compared = compare(one.profile, other.profile)
    links = may_link(one.profile, other.profile)
    if compared is not None and compared.likeness is not Likeness.NO:
        return Pair(one, other, compared.score, compared.likeness.value, links)
    anyhow = compare(one.profile, other.profile, ANY_NAME)
    is_there = anyhow is not None and bool(anyhow.features.address)
    score = compared.score if compared else 0.0
    return Pair(one, other, score, "one address" if is_there else "other", links)


def _write(pairs: list[Pair]) -> None:
    known = {_key(row): row for row in verdicts()}
    VERDICTS.parent.mkdir(exist_ok=True, parents=True)
    with VERDICTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        for pair, weight in _drawn(pairs):
            one, other = pair.key
            row = {"band": pair.band, "score": f"{pair.score:.3f}", "one": one, "other": other}
            said = known.get(pair.key, {"verdict": "", "reason": ""})
            told = {name: said[name] for name in ("verdict", "reason")}
            writer.writerow(row | told | {"weight": f"{weight:.3f}"})


def _drawn(pairs: list[Pair]) -> Iterator[tuple[Pair, float]]:
    """Yield the sample, each pair with the houses that it stands for.

    Repeatable on purpose: the same for everybody.
    """
    rng = random.Random(SEED)  # noqa: S311
    for band, count in BANDS.items():
        within = sorted((pair for pair in pairs if pair.band == band), key=lambda each: each.key)
        rng.shuffle(within)
        houses = {_house(pair): pair for pair in within}
        chosen = rng.sample(list(houses.values()), min(count, len(houses)))
        for pair in sorted(chosen, key=lambda each: -each.score):
            yield pair, len(houses) / len(chosen)


def _house(pair: Pair) -> tuple[Any, ...]:
    """Return the house of a pair: one with twelve wings is drawn once, not sixty-six times."""
    street = pair.one.profile.streets[0]
    return street.number, street.words, street.city


def verdicts(path: Path = VERDICTS) -> list[dict[str, str]]:
    """Return the pairs that somebody read, each with the verdict."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["one"], row["other"]


def measured(pairs: list[Pair], *, unclear_is: str = "") -> dict[str, float]:
    """Return precision and recall by the verdicts, each weighing the houses that it stands for.

    Args:
        pairs: all pairs, as they score now.
        unclear_is: what pairs count as that nobody could tell, `same` or `different`; '' leaves
            them out.
    """
    now = {pair.key: pair.score for pair in pairs}
    sums: defaultdict[str, float] = defaultdict(float)
    for row in verdicts():
        verdict = unclear_is if row["verdict"] == "unclear" else row["verdict"]
        if verdict:
            _count(sums, row, now.get(_key(row), 0.0), is_same=verdict == "same")
    return {
        f"{share}, {name}": sums[f"{name} right"] / (sums[of.format(name)] or 1)
        for name in LEAST
        for share, of in (("precision", "{} taken"), ("recall", "same"))
    }


def linked(pairs: list[Pair]) -> tuple[int, int]:
    """Return how many pairs that may be linked are the same, and how many of them were read."""
    links = {pair.key for pair in pairs if pair.links}
    read = {_key(row): row["verdict"] for row in (*verdicts(FIRST), *verdicts())}
    said = [verdict for key, verdict in read.items() if key in links]
    return said.count("same"), len(said)


def _count(
    sums: defaultdict[str, float], row: Mapping[str, str], score: float, *, is_same: bool
) -> None:
    weight = float(row["weight"])
    sums["same"] += weight * is_same
    for name, least in LEAST.items():
        is_taken = score >= least
        sums[f"{name} taken"] += weight * is_taken
        sums[f"{name} right"] += weight * (is_taken and is_same)


if __name__ == "__main__":
    main()
