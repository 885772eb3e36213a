"""The search API, its description, and the health of the process."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tejido.directory.domain.vocabulary import Mode
from tejido.finder.api import search as search_api
from tejido.finder.api.application import api
from tejido.finder.testing import NOW, a_listing, a_snapshot
from tejido.foundation.rate import Rate, address_of

SEARCH = "/api/finder/v1/search"
ROOT = Path(__file__).resolve().parents[4]
RESULT_KEYS = {"id", "name", "distance_m", "open", "closes_at", "opens_at", "confirmed_on", "why"}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(search_api, "rate", Rate(clock=lambda: 0.0))


@pytest.fixture
def listed(settings):
    listings = [
        a_listing(1, name="Front Door", needs=("methadone",)),
        a_listing(2, at=None, mode=Mode.MAIL, needs=("naloxone",), rules=(), hours_known=False),
    ]
    return a_snapshot(settings.SNAPSHOTS, listings)


def ask(**parameters):
    return Client().get(SEARCH, {"at": NOW.isoformat(), **parameters})


def test_search_answers_a_place_in_the_words(listed):
    answer = ask(q="methadone 94606").json()

    assert answer["results"] == [
        {
            "id": str(a_listing(1).id),
            "name": "Front Door",
            "distance_m": 2861,
            "open": "open",
            "closes_at": "2026-11-20T17:00:00-08:00",
            "opens_at": None,
            "confirmed_on": "2026-11-10",
            "why": ["need:methadone", "core"],
        }
    ]
    assert answer["understood"] == {
        "words": "methadone",
        "needs": ["methadone"],
        "corrected": {},
        "place": {
            "label": "94606",
            "latitude": 37.791,
            "longitude": -122.2434,
            "approximate": True,
        },
        "place_unclear": "",
    }
    assert (answer["total"], answer["is_invented"]) == (1, True)
    assert answer["built_at"] == "2026-11-20T18:00:00Z"


def test_search_by_mail_has_no_distance(listed):
    (result,) = ask(need="naloxone", near="Oakland").json()["results"]

    assert set(result) == RESULT_KEYS
    assert (result["distance_m"], result["open"]) == (None, "unknown")
    assert result["why"] == ["need:naloxone", "core", "mail"]


def test_search_takes_a_latitude_of_zero(listed):
    answer = ask(lat="0.0", lon="0", q="methadone")

    assert answer.status_code == 200
    assert answer.json()["results"][0]["distance_m"] > 10_000_000


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"lat": "91", "lon": "0"}, "lat"),
        ({"lat": "nan", "lon": "0"}, "lat"),
        ({"lat": "north", "lon": "0"}, "lat"),
        ({"lat": "37"}, "lon"),
        ({"lon": "-122"}, "lat"),
        ({"lat": "37", "lon": "-181"}, "lon"),
        ({"lat": "37", "lon": "inf"}, "lon"),
        ({"at": "tomorrow"}, "at"),
        ({"at": "2026-11-20T10:00:00"}, "at"),
        ({"at": "9999-12-31T23:59:59-08:00"}, "at"),
        ({"limit": "0"}, "limit"),
        ({"limit": "51"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"need": "no-such-need"}, "need"),
        ({"near": "Xyzzyville"}, "near"),
        ({"near": "99999"}, "near"),
        ({"language": "fr"}, "language"),
        ({"q": "x" * 201}, "q"),
    ],
)
def test_search_refuses_a_wrong_parameter_by_name(listed, parameters, named):
    answer = ask(**parameters)

    assert answer.status_code == 422
    assert answer.json()["parameter"] == named
    assert named in answer.json()["sentence"]


def test_search_is_open_to_every_page_and_leaves_nothing(listed):
    answers = [ask(q="naloxone"), ask(lat="north", lon="0")]

    for answer in answers:
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_search_without_a_snapshot_says_so(settings):
    answer = ask(q="naloxone")

    assert answer.status_code == 503
    assert answer.json()["sentence"].startswith("The list of services is not ready yet")


def test_search_more_than_60_times_a_minute_is_asked_to_wait(listed):
    statuses = [ask(limit=1).status_code for _ in range(61)]

    assert statuses == [200] * 60 + [429]


def test_rate_forgets_after_a_minute_and_counts_each_address():
    seconds = iter([0, 1, 2, 3, 60])
    rate = Rate(per_minute=2, clock=lambda: next(seconds))

    allowed = [rate.allows(address) for address in ("a", "a", "a", "b", "a")]

    assert allowed == [True, True, False, True, True]


def test_rate_keeps_no_address(listed):
    rate = Rate()
    rate.allows("203.0.113.7")

    assert b"203.0.113.7" not in b"".join(rate._counts)


@pytest.mark.parametrize(
    ("proxies", "written", "address"),
    [
        (0, "forged, 203.0.113.7", "127.0.0.1"),
        (1, "forged, 203.0.113.7", "203.0.113.7"),
        (2, "forged, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8:1:2:3::77", "2001:db8:1:2::/64"),
    ],
)
def test_address_of_is_what_the_outermost_of_our_proxies_wrote(
    rf, settings, proxies, written, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert address_of(rf.get("/", headers={"X-Forwarded-For": written})) == address


def test_openapi_description_is_the_committed_one(client):
    served = client.get("/api/openapi.json").json()

    assert served == json.loads((ROOT / "docs" / "openapi.json").read_text())
    assert served == json.loads(json.dumps(api.get_openapi_schema()))


def test_docs_name_every_parameter_and_load_nothing_from_elsewhere(client):
    page = client.get("/api/docs")
    text = page.content.decode()

    for name in ("q", "need", "near", "lat", "lon", "at", "language", "limit"):
        assert f"<code>{name}</code>" in text
    assert "cdn" not in text
    assert "<style" not in text
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]


@pytest.mark.django_db
def test_health_with_database_and_snapshot(client, listed):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    body = answer.json()
    assert body["database"] == "ok"
    assert body["snapshot"]["listings"] == 2
    assert body["snapshot"]["built_at"] == "2026-11-20T18:00:00+00:00"


@pytest.mark.django_db
def test_health_without_a_snapshot_is_unwell(client):
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["snapshot"] is None


@pytest.mark.parametrize(
    ("asked", "urgent"),
    [
        ({"q": "narcan oakland"}, []),
        ({"q": "no respira oakland"}, ["911"]),
        ({"q": "od counseling"}, ["911", "988"]),
        ({"need": "mental-health"}, ["988"]),
    ],
)
def test_search_names_the_numbers_to_show_before_any_place(listed, asked, urgent):
    assert ask(**asked).json()["urgent"] == urgent


@pytest.mark.parametrize("language", ["en", "es"])
def test_search_refuses_a_parameter_that_does_not_exist(listed, language):
    answer = ask(lang="es", language=language)

    assert answer.status_code == 422
    assert answer.json()["parameter"] == "lang"
    assert "language" in answer.json()["sentence"]


def test_search_says_that_a_place_is_not_in_california(listed):
    answer = ask(near="Las Vegas")

    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("near: Las Vegas is not in California.")


def test_docs_are_found_with_a_slash_and_show_code_and_defaults(client):
    page = client.get("/api/docs/", follow=True)

    assert page.redirect_chain == [("/api/docs", 301)]
    text = page.content.decode()
    assert "`" not in text
    assert "<code>20</code> by default." in text
    assert "<code>naloxone</code>" in text


def test_docs_show_each_operation_of_hsds_and_its_parameters_once(client):
    text = client.get("/api/docs").content.decode()

    assert text.count("GET /api/hsds/v3/services<") == 1
    assert text.count("POST /api/hsds/v3/services<") == 1
    assert text.count("Metres around <code>lat</code> and <code>lon</code>.") == 2
    assert "<tbody></tbody>" not in text.replace("\n", "")
