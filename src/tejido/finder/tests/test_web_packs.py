"""What a phone fetches and keeps: the same for everybody, small, and complete."""

import gzip
import json
import re
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest
from django.contrib.staticfiles import finders

from tejido.finder.domain.lines import HOLDS
from tejido.finder.queries.lines import lines_to_call
from tejido.finder.testing import a_listing
from tejido.finder.tests.test_packs import pack_named, published
from tejido.finder.web import packs
from tejido.finder.web.packs import SCRIPTS, kept_files, kept_pages, worker_text

LONGEST_LINE = 100


@pytest.fixture
def manifest(settings):
    return published(settings.SNAPSHOTS, [a_listing(number) for number in range(1, 4)])


def test_the_list_of_packs_is_asked_for_anew_each_time(client, manifest):
    answer = client.get("/packs/manifest.json")

    assert answer.json() == manifest
    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_before_there_are_packs_there_is_no_list(client):
    assert client.get("/packs/manifest.json").status_code == 404


@pytest.mark.parametrize(
    ("taken", "encoding", "opened"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
    ],
)
def test_a_pack_is_sent_small_and_may_be_kept_for_ever(client, manifest, taken, encoding, opened):
    pack = pack_named(manifest, "core")

    answer = client.get(f"/packs/{pack['hash']}.json", headers={"Accept-Encoding": taken})

    assert answer["Content-Encoding"] == encoding
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Cookie" not in answer["Vary"]
    items = json.loads(opened(answer.content))
    assert sum(item[0] == "listing" for item in items) == 3


def test_who_takes_nothing_compressed_is_told_so(client, manifest):
    pack = pack_named(manifest, "core")

    assert client.get(f"/packs/{pack['hash']}.json").status_code == 406


@pytest.mark.parametrize("name", ["manifest", "generations", "0" * 32, "x" * 900])
def test_nothing_else_of_the_folder_is_sent(client, manifest, name):
    asked = client.get(f"/packs/{name}.json", headers={"Accept-Encoding": "gzip"})

    assert asked.status_code == (200 if name == "manifest" else 404)


def test_no_path_leads_out_of_the_folder(client, manifest):
    assert client.get("/packs/..%2f..%2fcurrent.json").status_code == 404


@pytest.mark.parametrize("page", kept_pages())
@pytest.mark.usefixtures("stopped")
def test_every_page_that_a_phone_keeps_opens_without_a_list_or_a_database(client, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert not answer.cookies


def test_every_file_that_a_phone_keeps_exists_and_every_import_is_kept():
    kept = [address.removeprefix("/static/") for address in kept_files()]
    imported = {
        f"finder/offline/{name}"
        for path in SCRIPTS.glob("*.js")
        for name in re.findall(r'from "\./(\w+\.js)"', path.read_text(encoding="utf-8"))
    }

    assert [name for name in kept if not finders.find(name) and name != "ui/tejido.css"] == []
    assert imported - {*kept} == set()


@pytest.mark.usefixtures("stopped")
def test_every_file_that_the_kept_pages_load_is_kept(client):
    loaded = {
        address
        for page in kept_pages()
        for address in re.findall(
            r'(?:href|src)="(/static/[^"]+)"', client.get(page).content.decode()
        )
    }

    # The icon of the first screen is asked for once, when it is put there.
    assert {each for each in loaded - {*kept_files()} if not each.endswith(".png")} == set()


def test_the_worker_may_open_pages_of_the_whole_site_and_changes_with_them(client):
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert answer.content.decode() == worker_text()
    assert re.search(r'"version":"[0-9a-f]{16}"', worker_text())


def version():
    return re.search(r'"version":"([0-9a-f]{16})"', worker_text())[1]


def test_another_number_to_call_reaches_the_phones_that_keep_the_old_one(monkeypatch):
    before = version()
    first, *others = lines_to_call()
    monkeypatch.setattr(packs, "lines_to_call", lambda: (replace(first, number="912"), *others))

    assert version() != before


def test_a_number_that_grew_old_is_said_to_be_old_on_phones_too(monkeypatch):
    before = version()
    first, *others = lines_to_call()
    aged = replace(first, checked_on=first.checked_on - HOLDS - timedelta(days=1))
    monkeypatch.setattr(packs, "lines_to_call", lambda: (aged, *others))

    assert version() != before


@pytest.mark.parametrize("name", ["web/tiles.py", "templates/finder/lines.html", "lines.py"])
def test_another_word_in_what_makes_the_pages_reaches_the_phones(tmp_path, settings, name):
    folder = tmp_path / "finder"
    file = folder / (f"domain/{name}" if "/" not in name else name)
    file.parent.mkdir(parents=True)
    settings.PACKAGE = tmp_path
    versions = []
    for words in ("one", "another"):
        file.write_text(words)
        packs._files_hash.cache_clear()
        versions.append(version())
    packs._files_hash.cache_clear()

    assert versions[0] != versions[1]


@pytest.mark.parametrize(("path", "start"), [("/keep/", "/keep/search/"),
                                             ("/es/keep/", "/es/keep/search/")])  # fmt: skip
def test_an_installed_icon_says_little_and_opens_the_search(client, path, start):
    app = json.loads(client.get(f"{path}app.webmanifest").content)

    assert (app["name"], app["start_url"]) == ("Tejido", start)
    assert not re.search("drug|daños|harm|naloxon", json.dumps(app, ensure_ascii=False))


@pytest.mark.parametrize("path", ["/", "/find/", "/privacy/"])
def test_only_the_pages_for_it_load_its_scripts_or_offer_to_install(client, manifest, path):
    page = client.get(path).content.decode()

    assert "offline/" not in page
    assert 'rel="manifest"' not in page


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_a_script_can_be_read_by_people_and_by_old_phones(path):
    script = path.read_text(encoding="utf-8")

    assert max(map(len, script.splitlines())) <= LONGEST_LINE
    # Safari before 16.4 opens no script with a pattern that looks behind.
    assert not re.search(r"\(\?<[=!]", script)


def test_nothing_registers_the_worker_but_the_act_of_keeping():
    registering = [path.name for path in SCRIPTS.glob("*.js")
                   if "serviceWorker.register" in path.read_text(encoding="utf-8")]  # fmt: skip

    assert registering == ["store.js"]
