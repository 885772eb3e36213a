import re

import pytest

from tejido.directory.testing import a_service, an_id, stored
from tejido.directory.tests.desk_pages import address
from tejido.directory.web.section import GROUPS, section_for
from tejido.network.domain.roles import Role

pytestmark = pytest.mark.django_db
SLUG = "valley-harm-reduction"


def pages_of(role):
    return [(view, href) for _, pages in section_for([role], SLUG) for _, view, href in pages]


def marked(html):
    menus = re.findall(r'<nav[^>]*>(?=<ul class="section__groups).*?</nav>', html, re.S)
    return [re.findall(r'href="([^"]+)" aria-current="page"', menu) for menu in menus]


@pytest.mark.parametrize("role", [Role.STEWARD, Role.NETWORK_COORDINATOR])
def test_the_menu_of_the_directory_names_pages_that_open(client, sign_in, role):
    stored(a_service())
    sign_in(role)

    assert {client.get(href).status_code for _, href in pages_of(role)} == {200}


def test_each_page_of_the_directory_is_marked_in_its_menu(client, sign_in):
    sign_in(Role.NETWORK_COORDINATOR)
    pages = pages_of(Role.NETWORK_COORDINATOR)
    own = [href for view, href in pages if not view.startswith("finder_desk:")]

    found = {href: marked(client.get(href).content.decode()) for href in own}

    # The first page has two menus, of which the window shows one.
    menus = {href: 2 if href == address("search") else 1 for href in own}
    assert found == {href: [[href]] * menus[href] for href in own}


def test_a_page_that_answers_again_is_still_marked(client, steward):
    gone = str(an_id("nothing"))
    said = {"listing": gone, "record": gone, "seen": "words", "answer": "right"}

    answer = client.post(address("answer-proposal"), said)

    assert answer.status_code == 409
    assert marked(answer.content.decode()) == [[address("proposals")]]


def test_the_menu_names_no_page_that_a_person_may_not_open():
    assert {role: len(pages_of(role)) for role in Role if pages_of(role)} == {
        Role.STEWARD: 14,
        Role.NETWORK_COORDINATOR: 15,
    }


def test_a_page_that_is_not_installed_is_not_named(monkeypatch):
    monkeypatch.setattr("tejido.directory.web.section.GROUPS", [*GROUPS[:1], GONE])

    assert [len(pages) for _, pages in section_for([Role.STEWARD], SLUG)] == [5]


GONE = ("Gone", [("Gone", "gone:page", GROUPS[0][1][0][2])])
