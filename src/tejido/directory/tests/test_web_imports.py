"""Importing a list at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.accounts.testing import an_account
from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.import_runs import RunState
from tejido.directory.models import Act, ImportRun, SavedMapping, Service, Source
from tejido.directory.services import import_work
from tejido.directory.services.acts import begin_act
from tejido.directory.services.run_files import (
    REPORTS,
    ask_to_stop,
    folder_of,
    hold_work,
)
from tejido.directory.testing import NOON
from tejido.directory.tests.import_pages import (
    HOME,
    ROWS,
    a_book,
    a_tried_run,
    brought,
    change_run,
    described,
    posted,
    the_run,
    words_of,
)
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.queries.members import member_ids
from tejido.network.testing import a_member, a_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_data")]


@pytest.fixture
def sign_in(client, valley):
    def as_somebody(*roles, member=None, username="theo", language="en"):
        account = an_account(username, language=language)
        a_person(member or valley, *roles, name="Theo", id=account.id)
        client.force_login(account)
        return account

    return as_somebody


def test_a_spreadsheet_is_brought_looked_at_tried_imported_and_undone(client, steward):
    run = brought(client, a_book(*ROWS))
    page = client.get(f"{run}columns/")
    assert page.status_code == 200
    said = words_of(page)
    assert "What is in our list.xlsx?" in said
    assert "Street: 1 Main Street, Oakland, CA 94606" in said

    assert described(client, run).url == run
    tried = words_of(client.get(run))
    assert "What our list.xlsx would do" in tried
    assert "New 2" in tried
    assert "This ZIP code lacks digits" in tried
    assert not Service.objects.exists()
    assert not Act.objects.exists()

    posted(client, f"{run}begin/")
    done = words_of(client.get(run))
    assert "our list.xlsx is imported" in done
    assert set(Service.objects.values_list("name", flat=True)) == {"Harbor", "Pier"}
    act = Act.objects.get()
    assert (act.actor, act.role, act.state) == (steward.id, "steward", "done")
    assert act.file_name == "our list.xlsx"
    assert SavedMapping.objects.get().saved_by == steward.id
    assert Source.objects.get().trusted

    posted(client, f"{run}undo/")
    assert "This import is undone" in words_of(client.get(run))
    assert "imported, then undone" in words_of(client.get(HOME))
    assert not Service.objects.exists()


def test_the_same_list_again_uses_its_mapping_and_changes_nothing(client, steward):
    run = a_tried_run(client)
    posted(client, f"{run}begin/")

    again = a_tried_run(client)

    assert "As before 2" in words_of(client.get(again))


def test_a_newer_file_with_another_name_can_be_said_to_be_of_a_list_that_is_here(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")
    newer = brought(client, a_book(*ROWS, name="our list 2027.xlsx"))
    page = client.get(f"{newer}columns/")

    chosen = client.get(f"{newer}columns/?source=our-list")

    assert page.context["form"]["key"].value() == "our-list-2027"
    assert '<a href="?source=our-list">' in page.content.decode()
    assert chosen.context["form"]["key"].value() == "our-list"
    assert chosen.context["form"]["name"].value() == page.context["known"][0].name
    assert '?source=our-list"' not in chosen.content.decode()


def test_a_list_with_other_columns_is_not_taken_for_a_newer_one(client, steward):
    posted(client, f"{a_tried_run(client)}begin/")
    other = brought(client, a_book(["A", "1 Elm St"], names=["Program", "Road"], name="b.xlsx"))

    page = client.get(f"{other}columns/?source=our-list")

    assert page.context["known"] == []
    assert page.context["form"]["key"].value() == "b"


def test_what_was_odd_can_be_had_as_a_table(client, steward):
    run = a_tried_run(client)

    answer = client.get(f"{run}issues.csv")

    assert "zip-short" in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_columns_can_be_changed_and_shown_before(client, steward):
    run = brought(client, a_book(*ROWS))

    answer = described(client, run, column_5="description", act="show")

    assert "Description: 24/7" in words_of(answer)
    assert the_run().state == "new"


def test_the_rows_that_are_shown_have_their_row_extension_languages_and_needs(client, steward):
    names = ["Program", "Phone", "Languages", "Services"]
    row = ["Van", "510-555-0142 x7", "Spanish, Hmong", "Narcan, haircuts"]

    said = words_of(client.get(f"{brought(client, a_book(row, names=names))}columns/"))

    for words in (
        *("Row 2: Van", "Phone: (510) 555-0142, extension 7", "Languages: Spanish, Hmong"),
        *("Needs: Naloxone", "Words: haircuts"),
    ):
        assert words in said


def test_what_the_services_are_is_chosen_for_the_whole_list(client, steward):
    run = brought(client, a_book(*ROWS))
    assert "Harm reduction itself" in words_of(client.get(f"{run}columns/"))

    described(client, run, tier="core")
    posted(client, f"{run}begin/")

    assert set(Service.objects.values_list("tier", flat=True)) == {"core"}
    again = brought(client, a_book(*ROWS))
    assert client.get(f"{again}columns/").context["form"]["tier"].value() == "core"


def test_a_file_of_which_nothing_was_said_yet_asks_for_that(client, steward):
    run = brought(client, a_book(*ROWS))

    opened, begun = client.get(run), client.post(f"{run}begin/")

    assert "Say first what is in the file and whose list it is" in words_of(opened)
    assert f'href="{run}columns/"' in opened.content.decode()
    assert begun.status_code == 409
    assert "Say first what is in the file" in words_of(begun)


def test_a_table_where_nothing_is_the_name_is_told_so(client, steward):
    run = brought(client, a_book(*ROWS))

    answer = described(client, run, column_0="")

    assert answer.status_code == 400
    assert "Choose the column that is the name" in words_of(answer)


def test_hsds_needs_no_columns(client, steward):
    said = b'{"id": "00000000-0000-4000-8000-000000000001", "name": "Harbor", "status": "active"}'
    run = brought(client, SimpleUploadedFile("feed.json", said))
    page = client.get(f"{run}columns/")
    assert "What each column is" not in words_of(page)

    described(client, run, key="feed", name="Feed")
    posted(client, f"{run}begin/")

    assert "feed.json is imported" in words_of(client.get(run))
    assert Service.objects.get().name == "Harbor"
    assert Act.objects.get().actor == steward.id


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old spreadsheet"),
        (b"PK\x03\x04 broken", "not a whole spreadsheet"),
        (b"<html></html>", "a web page"),
        (b"Program,Street\n", "no rows below its header"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_sentence(client, steward, contents, sentence):
    run = brought(client, SimpleUploadedFile("list.xlsx", contents))

    page = client.get(f"{run}columns/")

    assert (page.status_code, sentence in words_of(page)) == (422, True)


def test_no_file_an_empty_one_and_one_that_is_too_large_are_refused(client, steward, settings):
    settings.MAX_UPLOAD_BYTES = 1000

    for sent in ({}, {"file": SimpleUploadedFile("a.csv", b"")}):
        assert client.post(HOME, sent).status_code == 400
    answer = client.post(HOME, {"file": SimpleUploadedFile("a.csv", b"x" * 1001)})

    assert answer.status_code == 400
    assert "larger than" in words_of(answer)
    with member_scope(*member_ids()):
        assert not ImportRun.objects.exists()
    assert list((settings.DATA / "imports").iterdir()) == []


def test_a_file_that_is_given_up_goes(client, steward):
    run = brought(client, a_book(*ROWS))
    run_id = the_run().id
    assert folder_of(run_id).exists()

    assert client.post(f"{run}stop/").url == HOME

    assert not folder_of(run_id).exists()
    assert the_run().state == "cancelled"
    assert client.get(f"{run}columns/").url == run


def test_cancelling_leaves_nothing(client, steward, monkeypatch):
    run = a_tried_run(client)
    monkeypatch.setattr(import_work, "forget_wishes", ask_to_stop)

    posted(client, f"{run}begin/")

    assert "Cancelled. Nothing changed." in words_of(client.get(run))
    assert not Service.objects.exists()
    assert Act.objects.get().state == "cancelled"


def test_a_try_that_was_cancelled_can_be_tried_again(client, steward):
    run = a_tried_run(client)
    ask_to_stop(the_run().id)

    described(client, run)

    assert "What our list.xlsx would do" in words_of(client.get(run))


def tables(settings):
    return {path.name for path in (settings.DATA / "imports").glob("*.*")}


@pytest.fixture
def earlier(client, steward, settings):
    """A run that was tried, and what an earlier try of it left."""
    run = a_tried_run(client)
    names = {name: f"earlier-{name}.csv" for name in REPORTS}
    for name in tables(settings):
        (settings.DATA / "imports" / name).unlink()
    for name in names.values():
        (settings.DATA / "imports" / name).touch()
    change_run(result=names)
    return run, set(names.values())


def test_what_a_try_told_goes_when_it_is_tried_again(client, earlier, settings):
    run, old = earlier

    described(client, run)

    assert len(tables(settings)) == len(old)
    assert tables(settings) & old == set()


def test_what_a_try_told_goes_when_it_is_imported(client, earlier, settings):
    run, old = earlier

    posted(client, f"{run}begin/")

    assert the_run().state == "done"
    assert len(tables(settings)) == len(old)
    assert tables(settings) & old == set()


def test_what_a_try_told_goes_when_it_is_given_up(client, earlier, settings):
    run, _ = earlier

    client.post(f"{run}stop/")

    assert tables(settings) == set()


def test_what_a_try_told_stays_when_the_import_is_cancelled(
    client, earlier, settings, monkeypatch
):
    run, old = earlier
    monkeypatch.setattr(import_work, "forget_wishes", ask_to_stop)

    posted(client, f"{run}begin/")

    assert the_run().state == "cancelled"
    assert tables(settings) == old


def test_one_import_at_a_time(client, steward):
    run = a_tried_run(client)
    held = hold_work("another")

    answer = client.post(f"{run}begin/")
    held.close()

    assert answer.status_code == 409
    assert "Another import is on its way" in words_of(answer)
    assert the_run().state == "tried"
    assert not Act.objects.exists()


def test_an_import_that_the_server_left_behind_says_so(client, steward):
    run = a_tried_run(client)
    act = begin_act(kind=ActKind.IMPORT, at=NOON)
    change_run(state=RunState.RUNNING.value, act=act)

    said = words_of(client.get(run))

    assert "The server stopped during this import. Nothing changed." in said
    assert the_run().state == "failed"
    assert Act.objects.get().state == "cancelled"


def test_while_it_works_the_page_says_how_far_it_is_and_can_cancel(client, steward):
    run = a_tried_run(client)
    run_id = the_run().id
    change_run(state=RunState.RUNNING.value)
    folder_of(run_id).joinpath("progress").write_text("500 services read.")
    held = hold_work(run_id)

    page = client.get(run)
    client.post(f"{run}stop/")
    held.close()

    assert "500 services read." in words_of(page)
    assert "See how far it is" in words_of(page)
    assert b'hx-trigger="every 1s"' in page.content
    assert folder_of(run_id).joinpath("stop").exists()


def test_an_import_is_begun_only_once(client, steward):
    run = a_tried_run(client)
    posted(client, f"{run}begin/")

    assert posted(client, f"{run}begin/").status_code == 409
    assert Act.objects.count() == 1


def test_a_stranger_and_another_member_see_nothing(client, steward, sign_in):
    run = a_tried_run(client)
    addresses = [HOME, run, f"{run}columns/", f"{run}issues.csv"]

    sign_in(Role.STEWARD, member=a_member("Other House"), username="other")
    assert {client.get(each).status_code for each in addresses} == {404}
    other = run.replace("valley-harm-reduction", "other-house")
    assert client.get(other).status_code == 404
    client.logout()
    assert {client.get(each).status_code for each in addresses} == {302}


def test_a_role_that_may_not_import_is_told_so(client, sign_in):
    sign_in(Role.OUTREACH_WORKER)

    assert client.get(HOME).status_code == 403


def test_the_pages_are_in_spanish_too(client, sign_in):
    sign_in(Role.STEWARD, language="es")
    run = a_tried_run(client)

    assert "Importar una lista" in words_of(client.get(HOME))
    assert "Qué es cada columna" in words_of(client.get(f"{run}columns/"))
    assert "Nuevos 2" in words_of(client.get(run))
