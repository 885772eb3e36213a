"""Pages of the directory's desk as a browser reads and sends them."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tejido.directory.testing import an_id

SERVICE = an_id("service Naloxone")
PLACE = an_id("place Naloxone van")
LOCATION = an_id("location Naloxone van")


def address(name, *arguments):
    return reverse(f"directory:{name}", args=["valley-harm-reduction", *arguments])


def edit_address(group, record=SERVICE):
    return address("edit", SERVICE, group, record)


def form_of(client, address, /, **changes):
    """What a browser would send from the page, with some answers changed."""
    page = client.get(address)
    assert page.status_code == 200, page.content
    form = re.search(r'<form method="post" class="stack".*?</form>', page.content.decode(), re.S)
    return fields_of(form[0]) | changes


def fields_of(html):
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, is_box = attribute(tag, "name"), 'type="checkbox"' in tag
        if name and (not is_box or " checked" in tag):
            sent.setdefault(name, []).append(attribute(tag, "value") or ("on" if is_box else ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S
    ):
        sent[name] = [text]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        sent[name] = chosen or re.findall(r'value="([^"]*)"', options)[:1]
    return sent


def asked_of_listings(client, page):
    """Return how many statements a page sends about listings.

    Not those about who asks: PostgreSQL takes more of them, and a session is written now and
    then, so that their number says nothing about the page.
    """
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len([each for each in queries if "directory_" in each["sql"]])


def attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found[1] if found else ""
