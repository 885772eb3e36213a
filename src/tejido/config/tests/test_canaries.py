"""How canaries are let out and found again; small runs of `promises --only canary`."""

import logging
import zlib
from base64 import urlsafe_b64encode
from io import StringIO

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tejido.accounts.testing import an_account
from tejido.config.trials.canaries import Cage, Canary
from tejido.config.trials.canary import WITHOUT_WORDS
from tejido.config.trials.reading import read
from tejido.config.trials.walking import NEVER, Answer, Walker
from tejido.foundation.private_logs import EventFormatter, JsonFormatter
from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

IN_THREADS = {"directory:look-for-duplicates", "directory_import:describe"}
PAGE = """
<a href="/next/?page=2#top">Next</a> <a href="https://example.org/">Elsewhere</a>
<form method="post" action="/keep/">
  <input name="name" maxlength="60"><input type="hidden" name="token" value="t">
  <select name="role"><option value="">-</option><option value="steward">Steward</option></select>
  <textarea name="note">before</textarea>
  <button>Keep</button><button name="act" value="remove">Remove</button>
</form>
"""


@pytest.fixture
def cage():
    return Cage()


@pytest.fixture
def word(cage):
    return cage.new(Canary("network:contacts", "q", "rosa", is_passing=True))


def test_a_page_is_read_with_its_links_and_forms():
    page = read(PAGE, address="/here/")

    (form,) = page.forms
    assert page.links == ["/next/?page=2"]
    assert (form.address, form.method) == ("/keep/", "post")
    assert [each.name for each in form.fields] == ["name", "token", "role", "note", "act"]
    assert form.fields[2].choices == ["", "steward"]


@pytest.mark.parametrize(
    "hidden",
    [
        lambda word: f"GET /find/?q={word} 200",
        lambda word: word.upper(),
        lambda word: word.encode().hex(),
        lambda word: f"x={urlsafe_b64encode(f'a session of {word}'.encode()).decode()}",
        lambda word: "." + urlsafe_b64encode(zlib.compress(word.encode() * 3)).decode() + ":1ab:c",
    ],
)
def test_a_canary_is_found_however_it_was_packed(cage, word, hidden):
    assert list(cage.found_in(hidden(word).encode())) == [word]


def test_what_nobody_let_out_is_not_found(cage):
    assert cage.found_in(b"kanario00000000 and nothing else") == {}


class Heard(logging.Handler):
    """Writes what is logged as the server would, in both forms."""

    def __init__(self):
        super().__init__()
        self.said = StringIO()
        self.forms = (EventFormatter("%(levelname)s %(name)s %(message)s"), JsonFormatter())

    def emit(self, record):
        self.said.writelines(form.format(record) + "\n" for form in self.forms)


@pytest.fixture
def heard():
    handler, root = Heard(), logging.getLogger()
    root.addHandler(handler)
    yield handler.said
    root.removeHandler(handler)


def door_of(client, word):
    def ask(method, address, data, files):
        brought = {
            name: SimpleUploadedFile("a.csv", each.encode()) for name, each in files.items()
        }
        given = {} if method == "GET" else {"data": dict(data) | brought}
        answer = getattr(client, method.lower())(
            address, **given, follow=True, headers={"User-Agent": word}
        )
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        return Answer(
            answer.request["PATH_INFO"], answer.status_code, answer["Content-Type"], text
        )

    return ask


def whole_table(name):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')
        return "\n".join(map(str, cursor.fetchall())).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.STEWARD])
def test_what_a_person_types_is_only_in_the_tables_that_are_for_it(cage, word, heard, role):
    client, account = Client(), an_account("rosa")
    member = a_member("Valley Harm Reduction")
    a_person(member, role, name="Rosa", id=account.id)
    client.force_login(account)
    walker = Walker("rosa", door_of(client, word), cage, at_most=70, never=NEVER | IN_THREADS)

    walker.walk(["/desk/"])

    tables = {model._meta.db_table for model in apps.get_models()}
    with member_scope(member.id):
        found = {table: cage.found_in(whole_table(table)) for table in tables}
    assert len(walker.forms) >= 5
    assert any(found.values())
    assert {table for table in WITHOUT_WORDS & tables if found[table]} == set()
    assert not [each for some in found.values() for each in some.values() if each.is_passing]
    assert cage.found_in(heard.getvalue().encode(), kept_in_the_cache()) == {}


def kept_in_the_cache():
    if connection.vendor == "postgresql":
        return whole_table("tejido_cache")
    return b"\n".join(str(each).encode() for each in cache._cache.items())
