"""The search on the phone is the server's: the same stems, the same answers to anything."""

import json
import random
from datetime import date, time, timedelta

from Stemmer import Stemmer

from tejido.directory.domain.schedule import Rule
from tejido.directory.domain.vocabulary import Fact, Mode, Tier
from tejido.directory.domain.words import tokens_of
from tejido.finder.domain.answer import Question, Where
from tejido.finder.domain.near import NEAR_M
from tejido.finder.queries.search import count_near, find_services
from tejido.finder.synthetic import bench_concepts
from tejido.finder.testing import FRESNO, NOW, OAKLAND, WEEKDAYS_9_TO_5, a_listing
from tejido.finder.tests.phone import FINDER, asked_of, packs_of, run_node

QUESTIONS = 250
CONCEPTS = bench_concepts()
NEEDS = [concept.id for concept in CONCEPTS]
HOURS = [
    (),
    WEEKDAYS_9_TO_5,
    (Rule("WEEKLY", ("FR",), time(9), time(10, 7)),),
    (Rule("WEEKLY", ("MO", "FR", "SA"), time(0), time(0)),),
    (Rule("WEEKLY", ("FR", "SA"), time(12), time(2)),),
]
WORDS = (
    *("soup", "clinic", "narcan", "methadone", "van", "points", "garden", "mercy", "street"),
    *("family", "mujeres", "youth", "kids"),
    *("hep c", "needle", "shelter", "river", "Jeringas", "metadona", "comida", "wound"),
)
TYPED = (
    *(*WORDS, "naloxoen", "syringge", "metadnoa", "hepatitus", "clean needles", "the", "xyzzy"),
    *(
        "no id shelter",
        "sin seguro clinic",
        "habla español comida",
        "food and shower",
        "free food",
    ),
    *(
        "garden mercy",
        "mercy river soup",
        "suboxone open now",
        "narcan and syringes",
        "hiv testing",
        "teen counseling",
        "pruevas de fentanilo",
        "hepatitus c test",
        "syrnges",
        "shelter for women with kids",
        "food para mujeres",
        "lips blue garden",
        "my friend overdosed",
        "no respira, mercy shelter",
    ),
    *("someone who speaks vietnamese", "wound clinic street garden", "", "zapato garden", "ñandú"),
)


def a_random_listing(number, draw):
    mode = draw.choice([*[Mode.FIXED] * 5, Mode.MOBILE, Mode.MAIL, Mode.PHONE])
    is_placed = mode not in {Mode.MAIL, Mode.PHONE}
    town = draw.choice([OAKLAND, FRESNO])
    at = (town[0] + draw.gauss(0, 0.3), town[1] + draw.gauss(0, 0.3))
    ages = [None, NOW.date() - timedelta(draw.randrange(500)), date(2026, 11, 1)]
    return a_listing(
        number,
        at=at if is_placed and draw.random() < 0.9 else None,
        city=draw.choice(["Oakland", "Fresno", "", "Nowhere"]),
        postal_code=draw.choice(["94606", "", "93721"]),
        reach=() if is_placed else draw.choice([(), ("06001",), ("06019",)]),
        needs=tuple(draw.sample(NEEDS, draw.randrange(4))),
        name=f"{' '.join(draw.sample(WORDS, 2))} {number}",
        description=" ".join(draw.choice(WORDS) for _ in range(6)),
        rules=draw.choice(HOURS),
        mode=mode,
        tier=Tier.CORE,
        temporarily_closed=draw.random() < 0.03,
        languages=draw.choice([(), ("en",), ("en", "es"), ("vi",)]),
        facts={fact: draw.random() < 0.5 for fact in Fact if draw.random() < 0.5},
        confirmed_on=draw.choice(ages),
    )


def a_random_question(draw):
    town = draw.choice([OAKLAND, FRESNO, None])
    where = town and Where(
        town[0] + draw.gauss(0, 0.1),
        town[1] + draw.gauss(0, 0.1),
        "here",
        county_fips=draw.choice(["", "", "06001", "06019"]),
    )
    return Question(
        at=NOW + timedelta(minutes=draw.randrange(-600, 40 * 24 * 60)),
        words=draw.choice(TYPED),
        need=draw.choice(["", "", "", draw.choice(NEEDS), "nothing"]),
        where=where,
        only_open=draw.random() < 0.3,
        limit=50,
    )


def told(answer, question):
    """Return what the server found as the phone tells it."""
    return {
        "hits": [
            {
                "id": hit.listing.id.hex,
                "state": hit.hours.state.value,
                "opens": hit.hours.opens_at and int(hit.hours.opens_at.timestamp()),
                "closes": hit.hours.closes_at and int(hit.hours.closes_at.timestamp()),
                "metres": None if hit.distance_m is None else round(hit.distance_m),
                "bearing": None if hit.bearing is None else round(hit.bearing),
                "inside": hit.inside,
                "instead": list(hit.instead),
            }
            for hit in answer.hits
        ],
        "total": answer.total,
        "near": count_near(question, within_m=NEAR_M),
        "needs": list(answer.needs),
        "corrected": dict(answer.corrected),
        "hasClosed": answer.has_closed,
    }


def test_it_finds_what_the_server_finds_in_the_same_order(settings, tmp_path):
    draw = random.Random(4)
    settings.SNAPSHOTS = tmp_path / "snapshots"
    listings = [a_random_listing(number, draw) for number in range(1, 301)]
    pack = packs_of(settings.SNAPSHOTS, listings, concepts=CONCEPTS)["core", "en"]
    questions = [a_random_question(draw) for _ in range(QUESTIONS)]

    asked = {"pack": pack, "questions": [asked_of(each) for each in questions]}
    answers = run_node(tmp_path, "answers.mjs", asked)

    expected = [told(find_services(question), question) for question in questions]
    assert sum(len(each["hits"]) for each in expected) > QUESTIONS * 10
    assert sum(bool(hit["instead"]) for each in expected for hit in each["hits"]) > QUESTIONS
    assert answers == expected


def test_beside_a_newer_list_an_older_one_keeps_the_end_of_its_own_hours(tmp_path):
    fresh = {"confirmed_on": NOW.date()}
    old = packs_of(tmp_path / "old", [a_listing(1, at=FRESNO, **fresh)])["06019", "en"]
    later = NOW + timedelta(days=21)
    new = packs_of(tmp_path / "new", [a_listing(2, **fresh)], at=later)["core", "en"]
    asked = [asked_of(Question(at=NOW + timedelta(days=days))) for days in (28, 42)]

    answers = run_node(tmp_path, "answers.mjs", {"packs": [old, new], "questions": asked})

    states = [{hit["id"][-1]: hit["state"] for hit in answer["hits"]} for answer in answers]
    assert states == [{"1": "open", "2": "open"}, {"1": "unknown", "2": "open"}]


def test_its_stems_are_the_servers(tmp_path):
    texts = [path.read_text(encoding="utf-8") for path in FINDER.parent.glob("*/locale/**/*.po")]
    forms = [form.text for concept in CONCEPTS for form in concept.forms]
    words = sorted({word for text in [*texts, *forms] for word in tokens_of(text)} | made_words())

    answers = run_node(tmp_path, "stems.mjs", words)

    english, spanish = map(Stemmer, ("english", "spanish"))
    assert answers == [[english.stemWord(word), spanish.stemWord(word)] for word in words]


def made_words():
    """Return invented words with every ending that a stemmer knows."""
    draw = random.Random(5)
    endings = (FINDER / "tests" / "endings.txt").read_text(encoding="utf-8").split()
    return {
        "".join(draw.choice("aeiouybcdghlmnprstvxy") for _ in range(draw.randrange(1, 7))) + ending
        for ending in endings
        for _ in range(60)
    }


def test_a_question_in_json_is_what_was_asked():
    asked = asked_of(Question(at=NOW, words="narcan", where=Where(*OAKLAND, "Oakland")))

    assert json.loads(json.dumps(asked))["at"] == 1_795_197_600_000
    assert asked["where"]["latitude"] == OAKLAND[0]
