"""Packs for phones: what is in them, what changed between two, and which ones stay."""

import gzip
import hashlib
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.public import PublicPhone, PublicPoint, PublicText
from tejido.directory.domain.vocabulary import Fact, Mode, Precision, Tier
from tejido.finder.domain.packs import FORMAT, Codes, delta_between, pack_hash, pack_text, patched
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.queries.pack_files import MANIFEST, packs_in
from tejido.finder.services.build import Content, build_from
from tejido.finder.services.packs import VERSIONS_KEPT, Shelf, publish_packs
from tejido.finder.testing import CONCEPTS, FRESNO, NOW, OAKLAND, PLACES, a_listing
from tejido.finder.tests.phone import packs_of
from tejido.finder.web.packs import SCRIPTS

# A place that has everything that a place can have, and one that comes by mail.
FULL = a_listing(
    1,
    texts=(PublicText("en", "Oak House", "Narcan", "Ring", "Behind the church", {}),),
    needs=("naloxone",),
    city="Oakland",
    postal_code="94606",
    point=PublicPoint(*OAKLAND, Precision.APPROXIMATE),
    phones=(PublicPhone("+15105550100", "7", "voice", ""),),
    url="https://example.org/",
    facts={Fact.FREE: True},
    keywords=("family",),
)
BY_MAIL = a_listing(2, name="Women", at=None, mode=Mode.MAIL, reach=("06001",))

LINES = st.lists(st.text(alphabet="ab\u2028\u0085\r", max_size=3).map(lambda text: [text]))


def items(pack, kind):
    return [item[1] for item in json.loads(pack) if item[0] == kind]


def published(folder, listings, *, at=NOW):
    """Build and publish packs, and return the manifest."""
    shelf = Shelf(CONCEPTS, PLACES, lines_to_call())
    content = Content(listings, CONCEPTS, PLACES)
    build_from(content, folder=folder, at=at, report=lambda _: None, shelf=shelf)
    publish_packs(shelf, folder=folder, horizon=horizon_at(at), at=at, report=lambda _: None)
    return json.loads((packs_in(folder) / MANIFEST).read_text())


def pack_named(manifest, area, language="en"):
    found = [(each["area"], each["language"]) for each in manifest["packs"]]
    return manifest["packs"][found.index((area, language))]


def text_of(folder, name):
    return gzip.decompress((packs_in(folder) / f"{name}.json.gz").read_bytes()).decode()


def test_harm_reduction_is_statewide_and_everything_else_in_the_county_that_it_lies_in(tmp_path):
    packs = packs_of(
        tmp_path,
        [
            a_listing(1, name="Van"),
            a_listing(2, name="Pantry", tier=Tier.CONTEXT),
            a_listing(3, name="House", at=FRESNO),
        ],
    )

    names = {area: [row["name"] for row in items(packs[area, "en"], "listing")]
             for area, language in packs if language == "en"}  # fmt: skip
    assert {area: sorted(each) for area, each in names.items()} == {
        "core": ["House", "Van"],
        "06001": ["Pantry", "Van"],
        "06019": ["House"],
    }


def test_what_comes_by_mail_is_in_the_counties_that_it_reaches(tmp_path):
    by_mail = {"at": None, "mode": Mode.MAIL, "tier": Tier.CONTEXT}
    packs = packs_of(
        tmp_path,
        [
            a_listing(1),
            a_listing(2, at=FRESNO),
            a_listing(3, name="Everywhere", **by_mail),
            a_listing(4, name="Fresno only", reach=("06019",), **by_mail),
        ],
    )

    names = {area: {row["name"] for row in items(pack, "listing")} - {"Program 1", "Program 2"}
             for (area, language), pack in packs.items() if language == "en"}  # fmt: skip
    assert names == {
        "core": set(),
        "06001": {"Everywhere"},
        "06019": {"Everywhere", "Fresno only"},
    }


def test_hours_that_two_places_share_stand_once(tmp_path):
    packs = packs_of(tmp_path, [a_listing(1), a_listing(2), a_listing(3, hours_known=False)])

    listings = items(packs["core", "en"], "listing")
    assert len(items(packs["core", "en"], "pattern")) == 1
    assert [row.get("hours") for row in listings[:2]] == items(packs["core", "en"], "pattern") * 2
    assert "hours" not in listings[2]


def test_a_listing_says_until_when_its_hours_may_be_believed(tmp_path):
    ages = {"confirmed_on": date(2026, 11, 1)}
    van, house = a_listing(1, mode=Mode.MOBILE, **ages), a_listing(2, **ages)

    packs = packs_of(tmp_path, [van, house, a_listing(3, confirmed_on=None)])

    until = [row.get("until") for row in items(packs["core", "en"], "listing")]
    assert until == ["2026-12-01", "2027-01-30", None]


def test_every_pack_holds_every_line_to_call_in_its_language(tmp_path):
    manifest = published(tmp_path, [a_listing(1), a_listing(2, at=FRESNO)])

    assert {pack["area"] for pack in manifest["packs"]} == {"core", "06001", "06019"}
    for pack in manifest["packs"]:
        calls = items(text_of(tmp_path, pack["hash"]), "line")
        words = [(line, line.words[pack["language"]]) for line in lines_to_call()]
        told = ("id", "about", "urgent", "site", "hours", "languages")
        assert [tuple(call[each] for each in told) for call in calls] == [
            (line.id, said.about, said.urgent, line.site, line.hours, list(line.languages))
            for line, said in words
        ]
        assert all(call["checked"] for call in calls)


def layout_of(item):
    """Return the kind of an item, how many values follow, and the names in a table."""
    kind, *values = item
    tables = [sorted(value) for value in values if isinstance(value, dict)]
    return [kind, [type(value).__name__ for value in values][:4], tables]


def test_the_format_changes_whenever_the_layout_of_a_pack_does(tmp_path):
    text = text_of(tmp_path, pack_named(published(tmp_path, [FULL, BY_MAIL]), "06001")["hash"])
    layouts = sorted({json.dumps(layout_of(item)) for item in json.loads(text)})

    layout = hashlib.sha256("\n".join(layouts).encode()).hexdigest()[:12]
    # When this fails: raise FORMAT here, in domain/packs.py and in pack.js, with the new layout.
    assert (FORMAT, layout) == (9, "1d2768a1faa6")


def test_the_phone_reads_the_format_that_the_server_writes():
    script = (SCRIPTS / "pack.js").read_text(encoding="utf-8")

    assert f"export const FORMAT = {FORMAT};" in script


def test_a_listing_in_a_pack_says_nothing_but_what_a_page_would(tmp_path):
    text = "name description before_you_go landmark phones speaks facts hours until confirmed"
    place = "id by city core mode address zip county at about near reach who needs called told"
    by_mail = a_listing(2, at=None, mode=Mode.MAIL, reach=("06001",), facts={Fact.FREE: True})

    packs = packs_of(tmp_path, [a_listing(1, needs=("naloxone",)), by_mail])

    rows = [row for pack in packs.values() for row in items(pack, "listing")]
    assert {name for row in rows for name in row} <= {
        *text.split(),
        *place.split(),
        "words",
        "also",
    }


def test_the_same_content_at_the_same_instant_is_the_same_pack(tmp_path):
    first = packs_of(tmp_path / "one", [a_listing(1), a_listing(2)])

    assert packs_of(tmp_path / "two", [a_listing(2), a_listing(1)]) == first


def test_a_text_keeps_its_code_whatever_else_there_is():
    one, other = Codes(), Codes()
    other.of("something else")

    assert one.of("The Weavers") == other.of("The Weavers")


def test_two_texts_never_share_a_code():
    codes = Codes()
    texts = [str(number) for number in range(3_000)]

    assert len({codes.of(text) for text in texts}) == len(texts)


@given(LINES, LINES)
def test_an_older_pack_and_what_changed_make_the_newer_one(before, after):
    old, new = pack_text(before), pack_text(after)

    assert patched(old, delta_between(old, new)) == new


def test_a_phone_with_the_last_version_gets_only_what_changed(tmp_path):
    listings = [a_listing(number) for number in range(1, 40)]
    old = pack_named(published(tmp_path, listings), "core")["hash"]

    listings[5] = a_listing(6, name="A new name")
    pack = pack_named(published(tmp_path, listings, at=NOW + timedelta(days=1)), "core")

    (delta,) = pack["deltas"]
    assert delta["from"] == old
    assert delta["gzip"] < pack["gzip"] / 2
    made = patched(text_of(tmp_path, old), text_of(tmp_path, delta["hash"]))
    assert pack_hash(made) == pack["hash"]


def test_where_everything_changed_the_whole_pack_is_sent(tmp_path):
    published(tmp_path, [a_listing(1)])
    long = [a_listing(number, description=f"{number} " * 40) for number in range(2, 60)]

    manifest = published(tmp_path, long)

    for pack in manifest["packs"]:
        assert all(delta["gzip"] < pack["gzip"] for delta in pack["deltas"])


def test_old_packs_go_and_those_that_phones_may_have_stay(tmp_path):
    names = []
    for day in range(VERSIONS_KEPT + 3):
        manifest = published(tmp_path, [a_listing()], at=NOW + timedelta(days=day))
        names.append(pack_named(manifest, "core")["hash"])

    there = {path.name.split(".")[0] for path in packs_in(tmp_path).glob("*.json.gz")}
    assert [name in there for name in names] == [False] * 3 + [True] * VERSIONS_KEPT
    assert len(pack_named(manifest, "core")["deltas"]) <= VERSIONS_KEPT


def test_the_manifest_says_how_old_it_is_until_when_and_how_large(tmp_path):
    manifest = published(tmp_path, [a_listing()])

    assert manifest["built"] == "2026-11-20T18:00:00+00:00"
    assert manifest["expires"] == "2026-12-25T00:00:00+00:00"
    assert manifest["last_day"] == "2026-12-23"
    assert manifest["names"] == {"06001": "Alameda"}
    pack = pack_named(manifest, "core")
    file = packs_in(tmp_path) / f"{pack['hash']}.json.gz"
    assert (pack["listings"], pack["gzip"]) == (1, file.stat().st_size)
    assert pack_hash(text_of(tmp_path, pack["hash"])) == pack["hash"]


@pytest.mark.parametrize("listings", [[], [a_listing(at=None, needs=())]])
def test_there_is_a_statewide_pack_even_where_there_is_no_place(tmp_path, listings):
    manifest = published(tmp_path, listings)

    assert {pack["area"] for pack in manifest["packs"]} == {"core"}
