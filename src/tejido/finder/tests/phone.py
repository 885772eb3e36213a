"""A phone for tests: Node runs the scripts that search what is kept."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import absent

from tejido.directory.domain.concepts import Concept
from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicListing
from tejido.finder.domain.answer import Question
from tejido.finder.services.build import Content, build_from
from tejido.finder.services.packs import Shelf
from tejido.finder.testing import CONCEPTS, NOW, PLACES
from tejido.geography.domain.places import Place

FINDER = Path(__file__).resolve().parents[1]
NODE = shutil.which("node")


def packs_of(
    folder: Path,
    listings: Iterable[PublicListing],
    *,
    concepts: Sequence[Concept] = CONCEPTS,
    places: tuple[Place, ...] = PLACES,
    at: datetime = NOW,
) -> dict[tuple[str, str], str]:
    """Build a snapshot of listings, and return the pack of each area and language."""
    shelf = Shelf(tuple(concepts), places, ())
    content = Content(listings, tuple(concepts), places)
    build_from(content, folder=folder, at=at, report=lambda _: None, shelf=shelf)
    texts = shelf.texts(horizon_at(at), at=at)
    return {(area, language): text for area, language, _count, text in texts}


def asked_of(question: Question) -> dict[str, Any]:
    """Return a question as the phone's search takes it."""
    where = question.where
    return {
        "words": question.words,
        "need": question.need,
        "at": int(question.at.timestamp() * 1000),
        "onlyOpen": question.only_open,
        "limit": question.limit,
        "where": where
        and {
            "latitude": where.latitude,
            "longitude": where.longitude,
            "county": where.county_fips,
        },
    }


def run_node(folder: Path, script: str, content: Any) -> Any:
    """Run a script of static_tests with the phone's modules on some JSON; return its answer."""
    if NODE is None:
        absent("needs Node: sudo apt-get install nodejs")
    scripts = folder / "scripts"
    shutil.copytree(FINDER / "static" / "finder" / "offline", scripts)
    # Tells Node that these are modules, as a browser is told by the page.
    (scripts / "package.json").write_text('{"type": "module"}')
    file = folder / "content.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    ran = subprocess.run(
        [str(NODE), str(FINDER / "static_tests" / script), str(scripts), str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if ran.returncode:
        pytest.fail(ran.stderr)
    return json.loads(ran.stdout)
