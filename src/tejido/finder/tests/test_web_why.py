"""Why results stand in their order: told in plain words, from what really counted."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.directory.domain.vocabulary import Tier
from tejido.finder.domain.answer import Open
from tejido.finder.domain.drawbacks import Drawback
from tejido.finder.domain.ranking import TIMES_AS_FAR, Candidate, drawbacks_of, times_as_far
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.finder.web.why import lower_words

STATES = st.sampled_from(
    [
        {"state": Open.OPEN},
        {"state": Open.UNKNOWN},
        {"state": Open.CLOSED},
        {"state": Open.CLOSED, "soon": True},
        {"state": Open.CLOSED, "in_a_day": True},
    ]
)
LACKS = st.sampled_from([(), (Drawback.NAMED,), (Drawback.MENTIONED, Drawback.ANYBODY)])


@pytest.fixture
def folder(settings):
    return settings.SNAPSHOTS


@given(
    STATES,
    LACKS,
    st.none() | st.just(4.0),
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.integers(0, 2),
)
def test_what_is_told_is_what_counts(state, lacks, straight_km2, flags, unknowns):
    core, stale, for_others = flags
    candidate = Candidate(
        id=1,
        straight_km2=straight_km2,
        core=core,
        stale=stale,
        for_others=for_others,
        unknowns=unknowns,
        lacks=lacks,
        times=math.prod(TIMES_AS_FAR[each] for each in lacks),
        **state,
    )

    told = math.prod(TIMES_AS_FAR[each] for each in drawbacks_of(candidate))

    assert told == pytest.approx(times_as_far(candidate))


def test_everything_that_counts_has_words():
    assert all(TIMES_AS_FAR[each] > 1 and lower_words([each]) for each in Drawback)
    assert lower_words([]) == ""
    assert lower_words([Drawback.UNSTATED] * 2) == "it has not said all that you asked for"


def test_results_say_why_each_place_stands_where_it_does(client, folder):
    publish(
        folder,
        place(1, "Van", north=0.01, rules=ALWAYS),
        place(2, "Clinic", north=0.012, rules=(), tier=Tier.CONTEXT),
    )

    page = Page(client.post("/find/", {"place": "Fresno", "need": "naloxone"}))

    assert "Why this order" in page.of("span")
    assert "Nobody can pay for a better place." in page.text
    assert "1. Van · less than 1 mile · Always open 2. Clinic · less than 1 mile" in page.text
    assert "Lower because it is closed, it is not a harm reduction program." in page.of("p")


def test_it_is_said_in_spanish(client, folder):
    publish(folder, place(1, "Van", north=0.01, hours_known=False))

    page = Page(client.post("/es/find/", {"place": "Fresno", "need": "naloxone"}))

    assert "Por qué este orden" in page.of("span")
    assert "1. Van · a menos de 1 milla Más abajo porque no se sabe su horario." in page.text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"place": "Fresno"}, "Closer places come first."),
        ({"place": "Fresno County"}, "What lies in the county comes first."),
        ({"need": "naloxone"}, "You gave no place, so distance does not count."),
    ],
)
def test_what_counts_depends_on_where_it_was_asked_from(client, folder, asked, sentence):
    publish(folder, place(1, "Van", rules=ALWAYS))

    assert sentence in Page(client.post("/find/", asked)).text


def test_nothing_found_has_no_order(client, folder):
    publish(folder, place(1, "Van", needs=("tests",)))

    page = Page(client.post("/find/", {"place": "Fresno", "need": "methadone"}))

    assert "Why this order" not in page.text
