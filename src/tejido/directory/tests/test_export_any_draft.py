"""Whatever the directory can hold leaves in the whole export and comes back the same."""

from dataclasses import asdict, replace
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.directory.domain.cleaning import clean_text
from tejido.directory.domain.drafts import (
    AddressDraft,
    AtLocationDraft,
    CarriedDraft,
    LocationDraft,
    OrganizationDraft,
    PhoneDraft,
    ServiceDraft,
    TextIn,
)
from tejido.directory.domain.issues import IssueCode
from tejido.directory.domain.schedule import DatedException, Rule
from tejido.directory.domain.vocabulary import (
    Fact,
    Mode,
    Precision,
    Status,
    Tier,
    Visibility,
)
from tejido.directory.queries.public import public_listings
from tejido.directory.queries.whole import stored_drafts
from tejido.directory.services.concepts import load_concepts
from tejido.directory.testing import a_source, an_id, stored
from tejido.directory.tests.exports import cleared, exported, without_order
from tejido.directory.tests.test_round_trip import everything, imported
from tejido.foundation.testing import begin_with, examples

pytestmark = pytest.mark.django_db
MARKS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.sampled_from(
    "='+@,\"\n;ñ—"
)
TEXT = st.text(MARKS, max_size=10).map(clean_text)
NAME = st.text(MARKS, max_size=8).map(lambda text: f"N{clean_text(text)}".strip())
LANGUAGES = st.lists(st.sampled_from(["en", "es", "tl"]), max_size=2, unique=True).map(tuple)
FACTS = st.dictionaries(st.sampled_from(Fact), st.booleans(), max_size=2)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 59]))
WEEKLY = st.builds(
    Rule,
    st.just("WEEKLY"),
    st.lists(st.sampled_from(["MO", "TU", "SU"]), min_size=1, max_size=2, unique=True).map(
        lambda days: tuple(sorted(days))
    ),
    TIMES,
    TIMES,
    valid_from=st.none() | st.just(date(2026, 2, 1)),
    valid_to=st.none() | st.just(date(2026, 11, 1)),
)
OTHER_WEEKS = st.builds(
    Rule, st.just("WEEKLY"), st.just(("TH",)), TIMES, TIMES, st.integers(2, 4), dtstart=DAYS
)
MONTHLY = st.builds(
    Rule,
    st.just("MONTHLY"),
    st.sampled_from([("1TU", "3TU"), ("-1FR",)]),
    TIMES,
    TIMES,
)
EXCEPTION = st.builds(
    lambda first, hours, reason: DatedException(first, first, *hours, reason=reason),
    DAYS,
    st.just((None, None)) | st.tuples(TIMES, TIMES),
    TEXT,
)
HOURS = {
    "rules": st.lists(WEEKLY | OTHER_WEEKS | MONTHLY, max_size=2, unique=True).map(tuple),
    "exceptions": st.lists(EXCEPTION, max_size=2, unique_by=lambda each: each.first).map(tuple),
    "hours_text": TEXT,
}
CARRIED = st.lists(TEXT, max_size=2).map(
    lambda texts: tuple(
        CarriedDraft("contacts", n, {"id": str(an_id(f"contact {n}")), "name": text})
        for n, text in enumerate(texts)
    )
)


def phones(owner):
    one = st.builds(
        PhoneDraft,
        st.sampled_from("abc").map(lambda mark: an_id(f"phone {owner} {mark}")),
        st.sampled_from(["+15105550142", "+17075550133"]),
        st.sampled_from(["", "12", "007"]),
        st.sampled_from(["voice", "text", "fax"]),
        TEXT,
        LANGUAGES,
    )
    return st.lists(one, max_size=2, unique_by=lambda phone: phone.id).map(tuple)


@st.composite
def in_spanish(draw, draft, *names):
    """Say some fields in Spanish too, and some in Spanish only."""
    texts = {}
    for name in names:
        own, how = getattr(draft, name), draw(st.sampled_from(["", "beside", "alone"]))
        if own and how == "beside":
            texts[name] = (TextIn("es", draw(TEXT.filter(bool))),)
        elif own and how == "alone":
            texts[name] = (TextIn("es", own, "source"),)
    return replace(draft, translations=texts)


ADDRESS = st.builds(
    AddressDraft,
    TEXT,
    st.just("Oakland"),
    postal_code=st.sampled_from(["", "94606", "02134-0012"]),
    address_2=TEXT,
    county_fips=st.sampled_from(["", "06001"]),
)


@st.composite
def places(draw, name):
    point = draw(st.sampled_from([(None, None), (37.8, -122.25), (32.5, -117.125)]))
    location = LocationDraft(
        an_id(f"location {name}"),
        draw(TEXT),
        draw(st.none() | ADDRESS),
        *point,
        precision=draw(st.sampled_from(Precision)),
        landmark=draw(TEXT),
        transportation=draw(TEXT),
        visibility=draw(st.sampled_from(Visibility)),
        facts=draw(FACTS),
        phones=draw(phones(f"location {name}")),
        languages=draw(LANGUAGES),
        carried=draw(CARRIED),
        **{key: draw(value) for key, value in HOURS.items()},
    )
    place = AtLocationDraft(
        an_id(f"place {name}"),
        draw(in_spanish(location, "landmark")),
        phones=draw(phones(f"place {name}")),
        description=draw(TEXT),
        **{key: draw(value) for key, value in HOURS.items()},
    )
    return draw(in_spanish(place, "description"))


@st.composite
def services(draw, number):
    count = draw(st.integers(0, 2))
    service = ServiceDraft(
        an_id(f"service {number}"),
        draw(NAME),
        OrganizationDraft(an_id("organization"), "Harbor", "Help", "https://example.org/"),
        draw(TEXT),
        draw(st.sampled_from(Status)),
        draw(st.sampled_from(Tier)),
        draw(st.sampled_from(Mode)),
        draw(st.sampled_from(["", "https://example.org/a?b=c"])),
        before_you_go=draw(TEXT),
        needs=draw(st.sampled_from([(), ("naloxone",), ("naloxone", "syringes")])),
        keywords=draw(st.sampled_from([(), ("van",), ("first, second", "van")])),
        languages=draw(LANGUAGES),
        facts=draw(FACTS),
        phones=draw(phones(f"service {number}")),
        places=tuple(draw(places(f"{number} {n}")) for n in range(count)),
        reach=draw(st.sampled_from([(), ("06001",)])),
        confirmed_on=draw(st.none() | st.just(date(2026, 10, 1))),
        carried=draw(CARRIED),
        **{key: draw(value) for key, value in HOURS.items()},
    )
    return draw(in_spanish(service, "name", "description", "before_you_go"))


@pytest.fixture
def needs():
    begin_with(load_concepts)


@pytest.mark.usefixtures("needs")
@pytest.mark.parametrize("form", ["services.ndjson", ""])
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drafts=st.integers(1, 2).flatmap(lambda n: st.tuples(*(services(m) for m in range(n)))))
def test_any_service_comes_back_as_it_was(tmp_path_factory, form, drafts):
    folder = tmp_path_factory.mktemp("whole") / "out"
    stored(*drafts)
    public, whole, said = seen()
    exported(folder)
    cleared()

    result = imported(folder / "county-list" / form, source=a_source())

    assert {issue.code for issue in result.issues} <= {IssueCode.TEXT_ALONE}
    again = seen()
    cleared()
    assert again[0] == public
    assert without_order(again[1]) == without_order(whole)
    assert again[2] == said


def seen():
    """Return what everybody sees, what leaves, and what is stored but for how it is written."""
    drafts = [asdict(draft) for draft in stored_drafts("county-list")]
    return list(public_listings()), everything(), [plain(draft) for draft in drafts]


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if k not in ("extra", "own_words")}
    if isinstance(value, list | tuple):
        return sorted(map(plain, value), key=repr)
    return value
