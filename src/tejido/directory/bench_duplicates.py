"""`bench duplicates`: how fast pairs of records that may be one are found."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tejido.directory.bench_import import Scratch
from tejido.directory.synthetic_doubles import DOUBLES_MAPPING, sites, write_sites
from tejido.foundation.bench import Figure

LOCATIONS = 50_000
# The limit for as many locations.
LOOK_S = 60


def bench_duplicates(*, rows: int = LOCATIONS) -> list[Figure]:
    """Measure the look for records that may be one, in an embedded database.

    The command runs as people run it, its start included, over an invented list of which a tenth
    comes twice, written differently; then over all kinds, when those pairs are known.

    Args:
        rows: locations; the limit is for 50,000. Each has a service, so that as many of these
            are compared too, and their organizations.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mapping = folder / "doubles.toml"
        mapping.write_text(DOUBLES_MAPPING)
        path = write_sites(folder / "doubles.csv", sites(rows))
        scratch = Scratch(folder / "scratch")
        scratch.folder.mkdir()
        scratch.run("prepare")
        scratch.run("import_table", "services", path, "--mapping", mapping)
        return list(_looks(scratch, rows))


def _looks(scratch: Scratch, rows: int) -> Iterator[Figure]:
    is_held = rows == LOCATIONS
    alone = scratch.run("find_duplicates", "--kind", "location")
    yield Figure(
        name=f"pairs of {rows:,} locations",
        value=round(alone.wall, 1),
        unit="s",
        target=f"<= {LOOK_S}" if is_held else "",
        met=alone.wall <= LOOK_S if is_held else None,
    )
    yield Figure(name="the same, CPU", value=round(alone.cpu, 1), unit="s")
    yield Figure(name="the same, peak memory", value=round(alone.megabytes), unit="MB")
    whole = scratch.run("find_duplicates")
    yield Figure(
        name="pairs of locations, services and organizations", value=round(whole.wall, 1), unit="s"
    )
    yield Figure(name="the same, CPU", value=round(whole.cpu, 1), unit="s")
    yield Figure(name="the same, peak memory", value=round(whole.megabytes), unit="MB")
