"""A search that found nothing near is counted by need, county and day, and by nothing else."""

from datetime import time, timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone

from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.services import unmet
from tejido.finder.services.unmet import UnmetCounts
from tejido.finder.tests.reading import ALWAYS, place, publish
from tejido.finder.tests.texting import Phone
from tejido.foundation.scope import network_scope

FRESNO, ALAMEDA = "06019", "06001"
FAR_NORTH = 2.0
CLOSED = (Rule("MONTHLY", (), time(9), time(10), bymonthday=(31,)),)


@pytest.fixture(autouse=True)
def counts(monkeypatch):
    """Return counts that nobody else adds to, and that wait for their flush."""
    fresh = UnmetCounts(after_s=None)
    monkeypatch.setattr(unmet, "UNMET", fresh)
    return fresh


@pytest.fixture
def far_away(settings):
    publish(settings.SNAPSHOTS, place(1, "Van", north=FAR_NORTH, rules=ALWAYS))


def stored():
    with network_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT concept, county_fips, day, searches FROM directory_unmetneed")
        return [(*cell, str(day), searches) for *cell, day, searches in cursor.fetchall()]


def waiting(counts):
    return dict(counts._counts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"place": "Fresno", "need": "naloxone"},
        {"place": "93721", "q": "narcan"},
        {"q": "naloxona en Fresno"},
        {"place": "Fresno", "need": "naloxone", "open": "on", "fact": "no-id", "spoken": "es"},
        {"place": "Fresno", "q": "naloxone zanate7731"},
        {"lat": "36.74", "lon": "-119.79", "need": "naloxone"},
    ],
)
def test_nothing_near_is_one_search_for_a_need_in_a_county_on_a_day(
    client, far_away, counts, asked
):
    client.post("/find/", asked)
    counts.flush()

    assert stored() == [("naloxone", FRESNO, str(timezone.localdate()), 1)]


@pytest.mark.parametrize(
    "asked",
    [
        {"place": "Fresno", "q": "zanate7731"},
        {"place": "Fresno"},
        {"need": "naloxone"},
        {"place": "nowhere at all", "need": "naloxone"},
        {"place": "Fresno", "need": "no-such-need"},
    ],
)
def test_what_says_nothing_about_one_need_in_a_county_is_not_counted(
    client, far_away, counts, asked
):
    client.post("/find/", asked)

    assert waiting(counts) == {}


def test_a_whole_county_without_one_is_counted(client, settings, counts):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))
    client.post("/find/", {"place": "Alameda County", "need": "naloxone"})

    assert list(waiting(counts)) == [("naloxone", ALAMEDA, timezone.localdate())]


def test_of_two_needs_the_one_that_is_missing_is_counted(client, settings, counts):
    van = place(1, "Van", rules=ALWAYS)
    both = place(2, "Both", north=FAR_NORTH, needs=("naloxone", "methadone"))
    publish(settings.SNAPSHOTS, van, both)
    client.post("/find/", {"place": "Fresno", "q": "naloxone and methadone"})

    assert list(waiting(counts)) == [("methadone", FRESNO, timezone.localdate())]


@pytest.mark.parametrize("narrow", [{"open": "on"}, {"q": "green orchard"}, {"fact": "no-id"}])
def test_a_need_that_is_met_near_is_not_counted_whatever_else_was_asked(
    client, settings, counts, narrow
):
    near = place(1, "Van", rules=CLOSED, facts={Fact.NO_ID: False})
    far = place(2, "Green orchard", north=FAR_NORTH, rules=CLOSED)
    publish(settings.SNAPSHOTS, near, far)
    client.post("/find/", {"place": "Fresno", "need": "naloxone", **narrow})

    assert waiting(counts) == {}


def test_what_was_found_is_not_counted(client, settings, counts):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))
    client.post("/find/", {"place": "Fresno", "need": "naloxone"})

    assert waiting(counts) == {}


@pytest.mark.parametrize(("reach", "is_counted"), [((), False), ((FRESNO,), False)])
def test_what_comes_by_mail_reaches(client, settings, counts, reach, is_counted):
    mail = place(1, "By mail", at=None, mode=Mode.MAIL, reach=reach, address_lines=())
    publish(settings.SNAPSHOTS, mail)
    client.post("/find/", {"place": "Fresno", "need": "naloxone"})

    assert bool(waiting(counts)) is is_counted


def test_what_is_mailed_elsewhere_does_not_reach(client, settings, counts):
    mail = place(1, "By mail", at=None, mode=Mode.MAIL, reach=(ALAMEDA,), address_lines=())
    publish(settings.SNAPSHOTS, mail, place(2, "Van", north=FAR_NORTH))
    client.post("/find/", {"place": "Fresno", "need": "naloxone"})

    assert list(waiting(counts)) == [("naloxone", FRESNO, timezone.localdate())]


def test_a_shared_link_is_not_counted(client, far_away, counts):
    client.get("/find/", {"place": "Fresno", "need": "naloxone"})

    assert waiting(counts) == {}


def test_by_mail_it_has_to_be_the_thing_itself_and_not_what_may_help_instead(
    client, settings, counts
):
    methadone = {"at": None, "mode": Mode.PHONE, "needs": ("methadone",), "address_lines": ()}
    publish(settings.SNAPSHOTS, place(1, "By phone", **methadone))
    client.post("/find/", {"place": "Fresno", "need": "treatment"})
    assert waiting(counts) == {}

    instead = methadone | {"needs": ("treatment",)}
    publish(settings.SNAPSHOTS, place(1, "By phone", **instead))
    client.post("/find/", {"place": "Fresno", "need": "methadone"})

    assert list(waiting(counts)) == [("methadone", FRESNO, timezone.localdate())]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"near": "Fresno", "need": "naloxone"},
        {"q": "narcan zanate7731 93721"},
        {"lat": "36.7378", "lon": "-119.7871", "q": "naloxona", "limit": "1", "language": "es"},
    ],
)
def test_a_question_by_program_counts_like_one_by_form(client, far_away, counts, asked):
    client.get("/api/finder/v1/search", asked)
    counts.flush()

    assert stored() == [("naloxone", FRESNO, str(timezone.localdate()), 1)]


@pytest.mark.parametrize(
    "asked",
    [
        {"lat": "48.85", "lon": "2.35", "need": "naloxone"},
        {"near": "nowhere at all", "need": "naloxone"},
        {"need": "naloxone"},
        {"near": "Fresno"},
    ],
)
def test_a_question_by_program_that_is_about_no_county_or_need_counts_nowhere(
    client, far_away, counts, asked
):
    client.get("/api/finder/v1/search", asked)

    assert waiting(counts) == {}


@pytest.fixture
def texting(own_data_folder):
    cache.clear()
    return Phone(now=timezone.now())


@pytest.mark.django_db
def test_a_text_message_counts_like_a_search_by_form(texting, far_away, counts):
    texting.text("narcan zanate7731 Fresno")
    counts.flush()

    assert stored() == [("naloxone", FRESNO, str(timezone.localdate()), 1)]


@pytest.mark.django_db
def test_need_and_place_that_come_in_two_texts_are_one_search(texting, far_away, counts):
    for words in ("narcan", "Fresno", "MORE", "1", "ES", "HELP"):
        texting.text(words)

    assert waiting(counts) == {("naloxone", FRESNO, timezone.localdate()): 1}


@pytest.mark.django_db
def test_a_text_that_comes_twice_counts_once_and_one_that_our_own_try_counts_never(
    texting, far_away, counts
):
    for _ in range(3):
        texting.text("narcan Fresno", own_id="SM-a")
    texting.text("narcan Fresno", limited=False)

    assert list(waiting(counts).values()) == [1]


@pytest.mark.django_db
def test_a_text_whose_need_is_near_is_not_counted(texting, settings, counts):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=CLOSED))
    texting.text("narcan Fresno now")

    assert waiting(counts) == {}


@pytest.mark.django_db
def test_counts_of_a_day_add_up_and_days_stay_apart(counts):
    today = timezone.localdate()
    for _ in range(2):
        counts.add(("naloxone", FRESNO, today))
        counts.add(("naloxone", FRESNO, today))
        counts.add(("naloxone", FRESNO, today - timedelta(days=1)))
        counts.flush()

    assert sorted(stored(), key=lambda row: row[2]) == [
        ("naloxone", FRESNO, str(today - timedelta(days=1)), 2),
        ("naloxone", FRESNO, str(today), 4),
    ]


def refuse(execute, sql, params, many, context):
    if "unmet" in sql:
        raise OperationalError("the database is stopped")
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_counts_wait_while_the_database_is_stopped(client, far_away, counts):
    with connection.execute_wrapper(refuse):
        answer = client.post("/find/", {"place": "Fresno", "need": "naloxone"})
        counts.flush()
    client.post("/find/", {"place": "Fresno", "need": "naloxone"})

    assert answer.status_code == 200
    assert list(waiting(counts).values()) == [2]
    counts.flush()
    assert [row[3] for row in stored()] == [2]
    assert waiting(counts) == {}


@pytest.mark.django_db
def test_one_cell_that_is_refused_adds_none(counts):
    today = timezone.localdate()
    counts.add(("naloxone", FRESNO, today))
    counts.add(("naloxone", "32031", today))
    counts.flush()

    assert stored() == []
    assert len(waiting(counts)) == 2


def test_counts_are_not_without_end(counts, monkeypatch):
    monkeypatch.setattr(unmet, "_MOST_CELLS", 2)
    for county in ("06001", "06003", "06005", "06001"):
        counts.add(("naloxone", county, timezone.localdate()))

    assert [county for _, county, _ in waiting(counts)] == ["06001", "06003"]


def test_a_count_starts_one_timer(monkeypatch):
    started = []
    monkeypatch.setattr(
        "threading.Timer.start", lambda timer: started.append((timer.interval, timer.daemon))
    )
    counts = UnmetCounts(after_s=300)
    for _ in range(3):
        counts.add(("naloxone", FRESNO, timezone.localdate()))

    assert started == [(300, True)]
