"""The import pages of the directory's desk as a browser reads and sends them."""

import io
import re
import time

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from tejido.directory.models import ImportRun
from tejido.directory.services.duplicate_runs import look_seen
from tejido.directory.services.run_files import run_at_work
from tejido.foundation.scope import member_scope
from tejido.network.queries.members import member_ids

HOME = "/desk/valley-harm-reduction/directory/import/"
NAMES = ["Program", "Street", "City", "ZIP", "Phone", "Hours"]
ROWS = [
    ["Harbor", "1 Main Street", "Oakland", 94606, "510-555-0142", "Mon-Fri 9am-5pm"],
    ["Pier", "2 Pier Avenue", "Eureka", 9550, "707-555-0133", "24/7"],
]


def a_book(*rows, names=NAMES, sheets=("List",), name="our list.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(sheet)
        for row in (names, *rows):
            made.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile(name, kept.getvalue())


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def brought(client, file):
    response = client.post(HOME, {"file": file})
    assert response.status_code == 302, words_of(response)
    return response.url.removesuffix("columns/")


def described(client, run, **changes):
    """Send the form as the page shows it, with changes; return the answer."""
    page = client.get(f"{run}columns/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in (sent | changes).items() if value not in (None, False)}
    answer = client.post(f"{run}columns/", sent | {"act": changes.get("act", "try")})
    wait()
    return answer


def wait():
    until = time.monotonic() + 20
    while run_at_work() or look_seen().is_at_work:
        assert time.monotonic() < until
        time.sleep(0.01)


def the_run():
    """Return the only run of the only member."""
    with member_scope(*member_ids()):
        return ImportRun.objects.get()


def change_run(**changes):
    with member_scope(*member_ids()):
        ImportRun.objects.update(**changes)


def posted(client, address):
    answer = client.post(address)
    wait()
    return answer


def a_tried_run(client, *rows):
    run = brought(client, a_book(*(rows or ROWS)))
    described(client, run)
    return run
