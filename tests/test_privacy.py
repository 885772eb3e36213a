"""No page that a stranger opens leaves a trace: cookie, request elsewhere, log line, table row."""

import io
import logging
import re
from collections.abc import Iterator
from logging.config import DictConfigurator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tejido.accounts.models import Session
from tejido.accounts.testing import an_account
from tejido.directory.testing import a_feed
from tejido.finder.services.unmet import UNMET
from tejido.finder.testing import a_listing, a_snapshot
from tejido.finder.web.forms import SearchForm
from tejido.foundation.scope import network_scope
from tejido.gateways.twilio import SIGNATURE_HEADER, Twilio
from tests.pages import LISTING, is_elsewhere, is_html, page_of, public_paths

pytestmark = pytest.mark.django_db
CANARY = "zanate7731"
ADDRESS = "203.0.113.77"
BROWSER = "Mozilla/5.0 (zanate7731 telephone)"
TRACES = (CANARY, ADDRESS)
SEARCHES: tuple[dict[str, str], ...] = (
    {"q": "naloxone", "place": "Oakland"},
    {"need": "naloxone", "place": "94606"},
    {"q": "methadone in Fresnno"},
    {"q": "naloxone 00501"},
    {"place": "nowhere at all"},
    {"need": "naloxone", "lat": "37.80", "lon": "-122.27"},
    {"need": "no-such-need", "place": "Oakland"},
    {"q": "naloxone", "place": "Oakland", "day": "20/11/2026", "hour": "99:99"},
    {"lat": "NaN", "lon": "1e999"},
    {"show": "-1"},
    {},
)
# What the buttons of a page send beside the fields of the form.
FIELDS = (*SearchForm.base_fields, "instead", "drop")


@pytest.fixture(autouse=True)
def listings(own_data_folder: Path) -> None:
    """Publish one listing, so that there are pages to look at."""
    listing = a_listing(LISTING.int, needs=("naloxone",), url="https://program.example/")
    a_snapshot(project.SNAPSHOTS, [listing])
    a_feed(project.SNAPSHOTS, [listing])
    UNMET.forget()
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    return Client(
        raise_request_exception=False,
        REMOTE_ADDR=ADDRESS,
        headers={
            "User-Agent": BROWSER,
            "X-Forwarded-For": f"{CANARY}, {ADDRESS}",
            "Referer": f"http://testserver/{CANARY}",
        },
    )


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return everything that our log would hold if each logger told all it knows."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    formatter: dict[str, Any] = dict(project.LOGGING["formatters"]["plain"])  # type: ignore[index]
    handler.setFormatter(DictConfigurator({"version": 1}).configure_formatter(formatter))
    names = [
        "",
        *(n for n in logging.root.manager.loggerDict if n.startswith(("django", "tejido"))),
    ]
    loggers = [logging.getLogger(name) for name in names]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    logging.root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    yield kept
    logging.root.removeHandler(handler)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


def searched(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """Send every kind of search, in both languages, by POST and as a shared link."""
    for path in ("/find/", "/es/find/", "/", "/es/"):
        for asked in SEARCHES:
            yield f"POST {path} {asked}", client.post(path, asked)
            yield f"GET {path} {asked}", client.get(path, asked)


def opened(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    for path in public_paths():
        yield f"GET {path}", client.get(path)
        yield f"HEAD {path}", client.head(path)


def everything(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    yield from opened(client)
    yield from searched(client)
    yield "GET missing", client.get("/no-such-page/")
    yield "GET missing in Spanish", client.get("/es/no-such-page/")
    yield "wrong password", client.post("/account/login/", {"login": "x", "password": "y"})


def telling(log: io.StringIO) -> list[str]:
    """Return the lines of the log that hold a trace of the person."""
    return [line for line in log.getvalue().splitlines() if any(t in line for t in TRACES)]


def dump() -> str:
    """Return every row of every table as text."""
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [(table, row) for row in cursor.fetchall()]
    return repr(rows)


def test_there_are_public_pages_in_both_languages() -> None:
    paths = set(public_paths())

    assert {"/", "/es/", "/find/", "/es/find/", f"/place/{LISTING}/", "/account/login/"} <= paths
    assert not any(path.startswith("/desk/") for path in paths)


def test_every_public_page_opens(stranger: Client) -> None:
    broken = [what for what, answer in opened(stranger) if answer.status_code >= 500]

    assert broken == []


def test_every_search_is_answered_with_a_page(stranger: Client) -> None:
    broken = [what for what, answer in searched(stranger) if answer.status_code != 200]

    assert broken == []


def test_no_public_page_sets_a_cookie_or_starts_a_session(stranger: Client) -> None:
    setting = [what for what, answer in everything(stranger) if answer.cookies]

    assert setting == []
    assert Session.objects.count() == 0


def refuse(*_: object) -> None:
    raise OperationalError("the database is stopped")


def test_no_public_page_looks_at_a_session_or_needs_the_database(stranger: Client) -> None:
    """Not even for a worker whose browser sends a session; `Vary: Cookie` would tell of a look."""
    stranger.force_login(an_account())
    # The ledger of what was released is a table; its page says so calmly.
    needing = ("/account/", "healthz", "/unmet/")
    outside = [path for path in public_paths() if not any(each in path for each in needing)]

    with connection.execute_wrapper(refuse):
        answers = [(path, stranger.get(path)) for path in [*outside, "/no-such-page/"]]
        answers += [(what, answer) for what, answer in searched(stranger)]

    assert [(what, a.status_code) for what, a in answers if a.status_code >= 500] == []
    assert [what for what, answer in answers if "cookie" in answer.get("Vary", "").lower()] == []


def test_no_public_page_loads_anything_from_elsewhere(stranger: Client) -> None:
    foreign = [
        (what, address)
        for what, answer in everything(stranger)
        if is_html(answer)
        for address in page_of(answer.content.decode()).loads
        if is_elsewhere(address)
    ]

    assert foreign == []


def test_no_public_page_sends_a_form_elsewhere(stranger: Client) -> None:
    foreign = [
        (what, address)
        for what, answer in everything(stranger)
        if is_html(answer)
        for address in page_of(answer.content.decode()).sends
        if is_elsewhere(address)
    ]

    assert foreign == []


def test_links_that_lead_elsewhere_do_not_say_where_from(stranger: Client) -> None:
    telling = [
        (what, address)
        for what, answer in everything(stranger)
        if is_html(answer)
        for address in page_of(answer.content.decode()).tells
    ]

    assert telling == []


def test_the_page_of_a_program_has_a_link_that_leads_elsewhere(stranger: Client) -> None:
    """Otherwise the test above would pass for want of a link."""
    assert "https://program.example/" in stranger.get(f"/place/{LISTING}/").content.decode()


def test_search_answers_are_not_kept_by_the_browser(stranger: Client) -> None:
    kept = [what for what, answer in searched(stranger) if answer["Cache-Control"] != "no-store"]

    assert kept == []


def test_no_address_of_a_page_carries_what_was_asked(stranger: Client) -> None:
    """A form that sent by GET would leave the words in the browser's history."""
    pages = [stranger.get("/"), stranger.post("/find/", {"q": CANARY, "place": "Oakland"})]

    forms = [form for page in pages for form in page.content.decode().split("<form")[1:]]

    assert forms
    assert [form for form in forms if 'method="post"' not in form.partition(">")[0]] == []


def test_what_a_person_sends_stands_in_no_log_and_no_table(
    stranger: Client, log: io.StringIO
) -> None:
    for path in ("/find/", "/es/find/", "/", "/es/"):
        for name in FIELDS:
            stranger.post(path, {"place": "Oakland", name: CANARY})
            stranger.get(path, {"place": "Oakland", name: CANARY})
    stranger.post("/account/login/", {"login": CANARY, "password": CANARY})
    stranger.get(f"/api/finder/v1/search?q={CANARY}&near={CANARY}&lat={CANARY}&at={CANARY}")
    for path in ("services", "service_at_locations", "organizations", f"services/{CANARY}"):
        for name in ("search", "concept", "postcode", "lat", CANARY):
            stranger.get(f"/api/hsds/v3/{path}?{name}={CANARY}")
            stranger.post(f"/api/hsds/v3/{path}", {name: CANARY})
            stranger.post(f"/api/hsds/v3/{path}", {name: CANARY}, "application/json")
    stranger.get(f"/{CANARY}/?q={CANARY}")
    stranger.get(f"/place/{CANARY}/")
    stranger.post(f"/desk/{CANARY}/", {"q": CANARY})
    stranger.get("/", headers={"Host": f"{CANARY}.example"})

    assert telling(log) == []
    assert [trace for trace in TRACES if trace in dump()] == []


def test_every_field_of_a_search_is_tried() -> None:
    assert {"q", "place", "fact", "spoken", "open", "lat", "instead", "drop"} <= set(FIELDS)


def test_an_unmet_need_is_kept_without_words_place_or_hour(
    stranger: Client, log: io.StringIO, settings: Any
) -> None:
    settings.SMS_AUTH_TOKEN = "a key for tests"
    words = f"naloxona, {CANARY}"
    stranger.post("/find/", {"place": "Fresno", "q": f"naloxone {CANARY}"})
    stranger.get("/api/finder/v1/search", {"near": "Fresno", "q": words})
    texted(stranger, {"MessageSid": "SM1", "From": f"+1{CANARY}", "Body": f"{words} Fresno"})
    UNMET.flush()

    with network_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_unmetneed")
        ((_id, *kept),) = cursor.fetchall()
        written = dump()
    assert {str(value) for value in kept} == {"naloxone", "06019", str(localdate()), "3"}
    assert [trace for trace in (*TRACES, "Fresno") if trace in written] == []
    assert telling(log) == []


def test_of_what_somebody_says_is_wrong_only_the_words_and_the_day_are_kept(
    stranger: Client, log: io.StringIO
) -> None:
    for path in (f"/wrong/{LISTING}/", f"/es/wrong/{LISTING}/"):
        page = stranger.get(path).content.decode()
        sent = {"form": re.search(r'name="form" value="([^"]+)"', page)[1], "wrong": "closed"}  # type: ignore[index]
        assert stranger.post(path, {**sent, "note": "A chain on the door"}).status_code == 200
        stranger.post(path, {**sent, "form": CANARY, "note": CANARY})
        stranger.post(path, {**sent, "wrong": CANARY})

    with connection.cursor() as cursor:
        cursor.execute("SELECT note, day FROM directory_suggestion")
        kept = cursor.fetchall()
    assert {(note, str(day)) for note, day in kept} == {("A chain on the door", str(localdate()))}
    assert len(kept) == 2
    assert telling(log) == []
    assert "chain" not in log.getvalue()
    assert [trace for trace in TRACES if trace in dump()] == []


def texted(stranger: Client, form: dict[str, str]) -> None:
    """Send a text message as the carrier does."""
    signed = Twilio(project.SMS_AUTH_TOKEN).signature(
        "http://testserver/sms/", {name: [value] for name, value in form.items()}
    )
    stranger.post("/sms/", form, headers={SIGNATURE_HEADER: signed})


def test_a_text_message_stands_in_no_log_and_no_table(
    stranger: Client, log: io.StringIO, settings: Any
) -> None:
    settings.SMS_AUTH_TOKEN = "a key for tests"
    number = "+15105557731"
    for words in (f"{CANARY} naloxone oakland", "MORE", "1", f"naloxone in {CANARY}", "STOP"):
        form = {"MessageSid": f"SM{words}", "From": number, "Body": words}
        texted(stranger, form)
        stranger.post("/sms/", form, headers={SIGNATURE_HEADER: CANARY})

    assert telling(log) == []
    assert [trace for trace in (*TRACES, number[2:]) if trace in dump() + log.getvalue()] == []


def test_a_mistake_of_ours_shows_and_logs_nothing_of_the_person(
    stranger: Client, log: io.StringIO, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.urls_with_a_mistake"

    answers = [
        stranger.post("/mistake/", {"q": CANARY}),
        stranger.get(f"/mistake/?q={CANARY}"),
    ]

    assert [answer.status_code for answer in answers] == [500, 500]
    shown = "".join(answer.content.decode() for answer in answers)
    assert [trace for trace in (*TRACES, "Traceback", "LookupError") if trace in shown] == []
    assert telling(log) == []
    assert "LookupError" in log.getvalue()
    assert [trace for trace in TRACES if trace in dump()] == []


def test_the_dump_and_the_log_would_have_found_it(stranger: Client, log: io.StringIO) -> None:
    an_account(CANARY)
    logging.getLogger("tejido.finder").info("asked for %s", CANARY)

    assert CANARY in dump()
    assert CANARY in log.getvalue()
