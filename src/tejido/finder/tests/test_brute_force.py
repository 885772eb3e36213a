"""The finder against a search without an index: the same best places, whatever is asked."""

from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test.utils import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.patterns import horizon_at
from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.finder.bench import bench_finder
from tejido.finder.brute_force import brute_force
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.lexicon import WRITTEN, lexicon_of
from tejido.finder.domain.rows import listing_of
from tejido.finder.queries import search
from tejido.finder.queries.snapshot import current_snapshot
from tejido.finder.queries.understanding import sought
from tejido.finder.testing import CONCEPTS, NOW, a_listing, a_snapshot

LEXICON = lexicon_of(CONCEPTS, WRITTEN)
HOURS = [
    (),
    (Rule("WEEKLY", ("FR",), time(9), time(10, 7)),),
    (Rule("WEEKLY", ("MO", "FR"), time(0), time(0)),),
]


def _listing(number, drawn):
    lat, lon, needs, name, told, rules, core, age = drawn
    return a_listing(
        number,
        at=(lat, lon),
        needs=needs,
        name=f"{name} {number}",
        description=told,
        rules=rules,
        tier=Tier.CORE if core else Tier.CONTEXT,
        mode=Mode.FIXED,
        confirmed_on=date(2026, 11, 20) - timedelta(age),
    )


words = st.sampled_from(["youth soup", "soup", "narcan", "clinic", "methadone", "hep c", "points"])
listings = st.lists(
    st.tuples(
        st.floats(37.0, 38.0) | st.floats(33, 42),
        st.floats(-122.5, -121.5) | st.floats(-124, -115),
        st.lists(st.sampled_from([each.id for each in CONCEPTS]), max_size=2, unique=True).map(
            tuple
        ),
        words,
        words,
        st.sampled_from(HOURS),
        st.booleans(),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=60,
).map(lambda drawn: [_listing(number, each) for number, each in enumerate(drawn, 1)])
WORDS = [
    *("", "soup", "narcan clinic", "methadone", "tests", "naloxne", "point"),
    *(
        "narcan and soup",
        "narcan near the point",
        "narcan for teens",
        "soup narcan tests",
        "free soup no id",
    ),
]
questions = st.builds(
    Question,
    at=st.integers(0, 30 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    words=st.sampled_from(WORDS),
    where=st.builds(Where, st.floats(33, 42), st.floats(-124, -115), st.just("here")) | st.none(),
    only_open=st.booleans(),
    limit=st.sampled_from([1, 3, 20]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(listings, st.lists(questions, min_size=1, max_size=5))
def test_find_services_finds_what_weighing_everything_finds(given_listings, asked):
    with TemporaryDirectory() as folder, override_settings(SNAPSHOTS=Path(folder)):
        a_snapshot(Path(folder), given_listings)
        # In the snapshot's own order, so that ties end the same.
        rows = current_snapshot().rows("SELECT row FROM listing ORDER BY id")
        ordered = [listing_of(row) for (row,) in rows]
        peer = brute_force(ordered, LEXICON, horizon_at(NOW))

        for question in asked:
            looked_for = sought(question, current_snapshot())
            expected = peer.best(
                question,
                looked_for.kinds,
                on=search._day(question.at),
                people=looked_for.people,
            )
            found = [hit.listing.id for hit in search.find_services(question).hits]
            assert found == [ordered[each].id for each in expected]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.floats(-90, 90), st.floats(-180, 180))
def test_find_services_never_raises_on_any_text_and_any_point(text, lat, lon):
    with override_settings(SNAPSHOTS=_any_folder()):
        where = Where(lat, lon, "")
        search.find_services(Question(at=NOW, words=text, where=where, need=text[:8]))


def _any_folder():
    folder = Path(_SHARED.name)
    if not (folder / "current").exists():
        a_snapshot(folder, [a_listing(1, name='Soup "AND" OR NOT *', needs=("naloxone",))])
    return folder


_SHARED = TemporaryDirectory()


def test_find_services_shows_the_best_of_many_at_one_point(settings):
    a_snapshot(settings.SNAPSHOTS, [a_listing(number) for number in range(1, 60)])

    answer = search.find_services(Question(at=NOW, where=Where(37.8044, -122.2712, ""), limit=50))

    assert len({hit.listing.id for hit in answer.hits}) == 50
    assert answer.total == 59


def test_find_services_refuses_a_limit_that_nobody_reads(settings):
    with pytest.raises(ValueError, match="51"):
        search.find_services(Question(at=NOW, limit=51))


def test_bench_finder_agrees_with_brute_force():
    figures = {figure.name: figure for figure in bench_finder(rows=400, with_postgis=False)}

    assert figures["agreement with brute force"].value == 1.0
    assert figures["search p50, CPU"].peer == "brute force"
    assert figures["search p50, CPU"].met is None
