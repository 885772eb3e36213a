"""A phone makes the newest list of the one that it has and what changed, as the server would."""

import gzip
import json
import random
from datetime import timedelta

import pytest

from tejido.directory.domain.patterns import horizon_at
from tejido.finder.domain.packs import delta_between, pack_hash, pack_text, patched
from tejido.finder.queries.pack_files import MANIFEST, packs_in
from tejido.finder.services.build import Content, build_from
from tejido.finder.services.packs import Shelf, publish_packs
from tejido.finder.testing import CONCEPTS, NOW, PLACES, a_listing
from tejido.finder.tests.phone import run_node

# Marks that Python's `splitlines` takes for ends of lines, and letters of more than two bytes.
ODD = ("", "\u2028", "\u0085", "\r", "ñ", "💉", '"', "\\n")
TRIES = 200


def a_random_pack(draw):
    return pack_text(
        ["listing", f"{draw.randrange(12)}{draw.choice(ODD)}"] for _ in range(draw.randrange(20))
    )


def test_a_delta_makes_the_same_pack_in_both_languages(tmp_path):
    draw = random.Random(6)
    packs = [(a_random_pack(draw), a_random_pack(draw)) for _ in range(TRIES)]
    pairs = [(old, delta_between(old, new)) for old, new in packs]

    made = run_node(tmp_path, "deltas.mjs", pairs)

    assert [text for text, _name in made] == [patched(*pair) for pair in pairs]
    assert made == [[new, pack_hash(new)] for _old, new in packs]


@pytest.fixture
def server(tmp_path):
    """Publish lists of two days, and return manifests and the texts at their addresses."""
    folder = tmp_path / "snapshots"
    listings = [a_listing(number) for number in range(1, 40)]
    changed = [*listings[:5], a_listing(6, name="A new name"), *listings[6:]]
    manifests = []
    for day, each in enumerate((listings, changed)):
        at = NOW + timedelta(days=day)
        shelf = Shelf(CONCEPTS, PLACES, ())
        content = Content(each, CONCEPTS, PLACES)
        build_from(content, folder=folder, at=at, report=lambda _: None, shelf=shelf)
        publish_packs(shelf, folder=folder, horizon=horizon_at(at), at=at, report=lambda _: None)
        manifests.append(json.loads((packs_in(folder) / MANIFEST).read_text()))
    texts = {
        f"/packs/{file.name.removesuffix('.gz')}": gzip.decompress(file.read_bytes()).decode()
        for file in packs_in(folder).glob("*.json.gz")
    }
    return {"manifests": manifests, "texts": texts, "areas": ["core"]}


def core(manifest):
    return next(p for p in manifest["packs"] if (p["area"], p["language"]) == ("core", "en"))


def address(name):
    return f"/packs/{name}.json"


def test_the_phone_asks_for_what_changed_and_has_the_newest(tmp_path, server):
    old, new = map(core, server["manifests"])

    first, then = run_node(tmp_path, "update.mjs", server)

    assert first["asked"] == ["/packs/manifest.json", address(old["hash"])]
    assert then["asked"] == ["/packs/manifest.json", address(new["deltas"][0]["hash"])]
    assert then["hashes"] == [new["hash"]]
    assert ("A new name" in first["names"], "A new name" in then["names"]) == (False, True)
    # The note and one pack: the older one is gone.
    assert (first["entries"], then["entries"]) == (2, 2)


@pytest.mark.parametrize("text", [None, "[[0,3]]\n", "not even a list", "[[0,"])
def test_where_what_changed_is_missing_or_damaged_the_phone_takes_the_whole_list(
    tmp_path, server, text
):
    new = core(server["manifests"][1])
    delta = address(new["deltas"][0]["hash"])
    server["texts"][delta] = text

    _first, then = run_node(tmp_path, "update.mjs", server)

    assert then["asked"] == ["/packs/manifest.json", delta, address(new["hash"])]
    assert (then["wrong"], then["hashes"]) == ("", [new["hash"]])


def test_where_the_whole_list_is_damaged_too_the_phone_keeps_what_it_has(tmp_path, server):
    old, new = map(core, server["manifests"])
    server["texts"] |= {address(new["deltas"][0]["hash"]): None, address(new["hash"]): "[]"}

    first, then = run_node(tmp_path, "update.mjs", server)

    assert "arrived damaged" in then["wrong"]
    assert (then["hashes"], then["names"]) == ([old["hash"]], first["names"])


def county_closes(server):
    """Let the newest manifest offer Alameda no more, and the phone keep both lists."""
    packs = server["manifests"][1]["packs"]
    server["manifests"][1]["packs"] = [pack for pack in packs if pack["area"] != "06001"]
    server["areas"] = ["core", "06001"]
    return server


def test_a_county_that_is_offered_no_more_stays_and_is_named(tmp_path, server):
    first, then = run_node(tmp_path, "update.mjs", county_closes(server))

    (county,) = [name for name in first["hashes"] if name in then["hashes"]]
    newest = core(server["manifests"][1])["hash"]
    assert (then["wrong"], then["left"], then["hashes"]) == ("", ["06001"], [newest, county])
    assert "A new name" in then["names"]


def test_where_nothing_that_is_kept_is_offered_all_of_it_stays(tmp_path, server):
    server["manifests"][1]["packs"] = []

    first, then = run_node(tmp_path, "update.mjs", server)

    assert (then["left"], then["hashes"], then["names"]) == (
        ["core"],
        first["hashes"],
        first["names"],
    )


def test_a_newer_form_of_lists_changes_nothing_and_newer_pages_are_asked_for(tmp_path, server):
    server["manifests"][1]["format"] += 1

    first, then = run_node(tmp_path, "update.mjs", server)

    assert (then["wrong"], then["asked"]) == ("UnknownFormat", ["/packs/manifest.json", "/sw.js"])
    assert (then["hashes"], then["names"]) == (first["hashes"], first["names"])


def test_a_list_that_cannot_be_read_never_takes_the_place_of_one_that_can(tmp_path, server):
    new = core(server["manifests"][1])
    text = server["texts"][address(new["hash"])].replace('"format":', '"format":9')
    new |= {"hash": pack_hash(text), "deltas": []}
    server["texts"][address(new["hash"])] = text

    first, then = run_node(tmp_path, "update.mjs", server)

    assert then["wrong"] == "UnknownFormat"
    assert (then["hashes"], then["names"]) == (first["hashes"], first["names"])
