"""The look for pairs in the background: from the desk, after an import, stopped, broken off."""

import json

import pytest
from django.db import OperationalError

from tejido.directory.domain.duplicates.looking import Problem, Progress, Step
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.models import DuplicatePair
from tejido.directory.services import duplicate_runs
from tejido.directory.services.duplicate_runs import (
    LookRefused,
    look_after_import,
    look_seen,
    start_look,
    stop_look,
)
from tejido.directory.services.duplicates import new_records
from tejido.directory.services.run_files import held_file
from tejido.directory.testing import LATER, NOON, stored
from tejido.directory.tests.import_pages import ROWS, a_tried_run, posted
from tejido.directory.tests.test_duplicates import a_listing, twice
from tejido.network.domain.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_data")]
QUEUE = "/desk/valley-harm-reduction/directory/duplicates/"


def looked():
    start_look(at=NOON).join()
    return look_seen()


@pytest.fixture
def at_work(import_data, settings):
    """Somebody else looks."""
    folder = settings.DATA / "duplicates"
    folder.mkdir(parents=True)
    held = held_file(folder / "at-work")
    yield folder
    held.close()


def test_a_look_keeps_what_it_came_to():
    twice()

    seen = looked()

    assert (seen.found, seen.new, seen.problem, seen.is_at_work) == (3, 3, None, False)
    assert seen.at == NOON.isoformat()
    assert DuplicatePair.objects.count() == 3


@pytest.mark.usefixtures("at_work")
def test_only_one_look_is_at_work(client, steward, words_of):
    with pytest.raises(LookRefused):
        start_look(at=NOON)

    assert client.post(f"{QUEUE}look/").status_code == 409
    assert "Stop looking" in words_of(client.get(QUEUE))


def test_the_page_says_how_far_a_look_is_and_can_stop_it(at_work, client, steward, words_of):
    (at_work / "progress").write_text("2,000 records read.")
    assert "Reading the directory." in words_of(client.get(QUEUE))

    (at_work / "progress").write_text('["read", 2000]')
    assert "2,000 records read." in words_of(client.get(QUEUE))
    client.post(f"{QUEUE}look/", {"stop": "1"})
    assert (at_work / "stop").exists()


@pytest.mark.parametrize(
    ("step", "said"),
    [(Step.READ, "4,000 registros leídos."), (Step.COMPARED, "4,000 pares comparados.")],
)
def test_who_reads_the_page_is_told_in_their_own_language(
    at_work, client, sign_in, words_of, step, said
):
    (at_work / "progress").write_text(json.dumps([step, 4_000]))
    sign_in(Role.STEWARD, language="es")

    assert said in words_of(client.get(QUEUE))


def test_a_look_that_was_stopped_says_so_in_the_language_of_who_reads(
    client, sign_in, words_of, monkeypatch
):
    monkeypatch.setattr(duplicate_runs, "look_for_duplicates", stopped)
    looked()
    sign_in(Role.STEWARD, language="es")

    assert "La búsqueda se detuvo." in words_of(client.get(QUEUE))


def test_a_look_is_begun_at_the_desk(client, steward):
    twice()

    assert client.post(f"{QUEUE}look/").status_code == 302
    while look_seen().is_at_work:
        pass
    assert DuplicatePair.objects.count() == 3


def stopped(*, report, **_asked):
    stop_look()
    report(Progress(Step.READ, 500))


def test_a_look_that_is_stopped_keeps_nothing_and_says_so(monkeypatch):
    monkeypatch.setattr(duplicate_runs, "look_for_duplicates", stopped)

    assert looked().problem is Problem.STOPPED


def test_a_look_that_breaks_off_says_so_and_the_next_one_works(monkeypatch):
    def broken(**_asked):
        raise OperationalError

    twice()
    with monkeypatch.context() as patched:
        patched.setattr(duplicate_runs, "look_for_duplicates", broken)
        assert looked().problem is Problem.BROKE

    assert looked().problem is None


def test_what_an_import_brought_is_compared_with_all():
    stored(a_listing())
    act = stored(a_listing("Harbour Clinic", "two")).act_id
    assert new_records(act)[Kind.LOCATION]

    look = look_after_import(act, at=LATER)

    assert look is not None
    assert look_seen().is_at_work
    look()
    assert look_seen().new == 3


def test_an_import_that_brought_nothing_asks_for_no_look():
    stored(a_listing())

    assert look_after_import(stored(a_listing(), at=LATER).act_id, at=LATER) is None


def test_an_import_during_a_look_lets_that_one_begin_anew(at_work):
    act = stored(a_listing()).act_id

    assert look_after_import(act, at=NOON) is None
    assert (at_work / "again").exists()


def test_a_look_that_was_asked_for_again_looks_twice(settings):
    twice()
    (settings.DATA / "duplicates").mkdir(parents=True)
    (settings.DATA / "duplicates" / "again").touch()

    seen = looked()

    assert (seen.found, seen.new) == (3, 0)
    assert not (settings.DATA / "duplicates" / "again").exists()


def test_an_import_at_the_desk_looks_for_pairs_among_what_is_new(client, steward):
    again = ["Harbor Inc", *ROWS[0][1:]]
    run = a_tried_run(client, ROWS[0], again)
    assert DuplicatePair.objects.count() == 0

    posted(client, f"{run}begin/")

    assert look_seen().at
    assert {pair.kind for pair in DuplicatePair.objects.all()} == {kind.value for kind in Kind}
