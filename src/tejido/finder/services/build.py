"""Building the snapshot that the finder reads: one file, made beside the last, then swapped."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from tejido import __version__
from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicListing
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.queries.public import public_listings
from tejido.directory.services.feed import feed_draft
from tejido.finder.domain.counties import Counties
from tejido.finder.domain.lexicon import WRITTEN, lexicon_of
from tejido.finder.queries.files import SNAPSHOT_FILES
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.services.packs import Shelf, publish_packs
from tejido.finder.services.tables import Tables, open_tables
from tejido.geography.domain.outlines import Outline
from tejido.geography.domain.places import Place
from tejido.geography.domain.rings import Ring
from tejido.geography.queries.outlines import county_outlines
from tejido.geography.queries.places import all_places
from tejido.ui.domain.state_map import outlines_path

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a snapshot."""

    listings: Iterable[PublicListing]
    concepts: tuple[Concept, ...]
    places: tuple[Place, ...]
    outlines: tuple[Outline, ...] = ()


def build_snapshot(
    *, folder: Path, at: datetime, report: Callable[[str], None], with_packs: bool = True
) -> Path:
    """Build the snapshot of everything public and make it the one that the finder reads.

    The file that the HSDS API answers from and the packs that phones keep are made of the same
    content, and published right after it.
    The last snapshot stays in use until the new one is whole; a build that fails leaves it.
    The same content at the same instant gives the same file.

    Args:
        folder: where snapshots live; made if missing.
        at: when it is built; hours are expanded from the day before to 35 days on.
        report: told of progress.
        with_packs: make what phones keep as well.

    Returns:
        The new current file.
    """
    concepts, places = tuple(all_concepts()), tuple(all_places())
    shelf = Shelf(concepts, places, lines_to_call()) if with_packs else None
    with feed_draft(folder=folder, at=at, concepts=concepts, places=places) as (feed, put_in_use):
        listings = feed.beside(public_listings())
        content = Content(listings, concepts, places, tuple(county_outlines()))
        file = build_from(content, folder=folder, at=at, report=report, shelf=shelf)
        feed_file = put_in_use()
    report(_("HSDS feed %(file)s: %(size)s MB") % _sized(feed_file))
    if shelf:
        publish_packs(shelf, folder=folder, horizon=horizon_at(at), at=at, report=report)
    return file


def build_from(
    content: Content,
    *,
    folder: Path,
    at: datetime,
    report: Callable[[str], None],
    shelf: Shelf | None = None,
) -> Path:
    """Build a snapshot of the given content; see `build_snapshot`.

    Args:
        content: what goes in.
        folder: as there.
        at: as there.
        report: as there.
        shelf: takes what the packs for phones need; None where there are none.
    """
    draft = SNAPSHOT_FILES.draft_in(folder)
    try:
        _write(content, draft=draft, at=at, report=report, shelf=shelf)
        final = SNAPSHOT_FILES.publish(draft, folder=folder)
    finally:
        draft.unlink(missing_ok=True)
    report(_("snapshot %(file)s: %(size)s MB") % _sized(final))
    return final


def _sized(file: Path) -> dict[str, str]:
    return {"file": file.name, "size": f"{file.stat().st_size / 1e6:.1f}"}


def _write(
    content: Content,
    *,
    draft: Path,
    at: datetime,
    report: Callable[[str], None],
    shelf: Shelf | None,
) -> None:
    lexicon = lexicon_of(content.concepts, WRITTEN)
    horizon = horizon_at(at)
    tables = open_tables(
        draft,
        lexicon=lexicon,
        concepts=content.concepts,
        places=content.places,
        counties=Counties(content.places, content.outlines),
    )
    tables.also = shelf.put if shelf else None
    with closing(tables.connection):
        _add_all(tables, content.listings, report)
        meta = {
            "built_at": at.astimezone(UTC).isoformat(),
            "horizon_begins": horizon.begins.isoformat(),
            "horizon_ends": horizon.ends.isoformat(),
            "version": __version__,
            "outlines": outlines_path(_outer_rings(content.outlines)),
        }
        tables.finish(horizon, meta)


def _outer_rings(outlines: Iterable[Outline]) -> Iterator[Ring]:
    return (polygon[0] for outline in outlines for polygon in outline.polygons)


def _add_all(
    tables: Tables, listings: Iterable[PublicListing], report: Callable[[str], None]
) -> None:
    for batch in _batches(listings):
        tables.add(batch)
        report(_("Listings: %(count)s") % {"count": f"{tables.listings:,}"})


def _batches(listings: Iterable[PublicListing]) -> Iterator[list[PublicListing]]:
    remaining = iter(listings)
    while batch := list(islice(remaining, BATCH)):
        yield batch
