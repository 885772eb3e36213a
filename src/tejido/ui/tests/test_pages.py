import gzip
import re

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

pytestmark = pytest.mark.urls("tejido.ui.tests.urls")


class SomePerson:
    is_authenticated = True


def page(source, language="en", path="/", **context):
    request = RequestFactory().get(path)
    with override(language):
        return Template(source).render(Context({"request": request, **context}))


def public(blocks="", language="en", **context):
    return page('{% extends "ui/public.html" %}{% load ui %}' + blocks, language, **context)


def desk(blocks="", language="en", **context):
    return page('{% extends "ui/desk.html" %}{% load ui %}' + blocks, language, **context)


@pytest.mark.parametrize("language", ["en", "es"])
def test_public_page_says_its_language_and_is_not_inline(language):
    html = public(language=language)

    assert f'<html lang="{language}">' in html
    assert "style=" not in html
    assert re.findall(r"<script[^>]*>", html) == [
        '<script type="module" src="/static/ui/leave.js">'
    ]


def test_public_page_asks_nobody_else_for_anything():
    """Leave is the one address outside, and it is a link that a person follows."""
    html = public()

    assert re.findall(r'(?:src|href)="(https?:[^"]+)"', html) == ["https://www.weather.gov/"]
    assert 'rel="noreferrer nofollow"' in html


def test_public_page_puts_the_skip_link_first_and_the_overdose_strip_above_the_page():
    html = public("{% block main %}<h1>x</h1>{% endblock %}")
    order = [
        html.index(part) for part in ("#main", "data-leave", "Call 911", "<h1>", "foot__links")
    ]

    assert order == sorted(order)


def test_overdose_strip_has_its_words_in_spanish():
    assert "¿Alguien no despierta?" in public(language="es")
    assert "Llame al 911. Dé naloxona. Quédese." in public(language="es")


def test_page_of_invented_places_says_so():
    assert "invented" not in public().replace("block invented", "")
    assert "The places here are invented." in public(is_invented=True)
    assert "Los lugares son inventados." in public(language="es", is_invented=True)


def test_language_switch_names_the_other_language_in_its_own_words():
    assert 'lang="es" hreflang="es">Español</a>' in public()
    assert 'lang="en" hreflang="en">English</a>' in public(language="es")


def test_footer_has_a_number_only_where_somebody_answers(settings):
    settings.NETWORK_PHONE = ""
    assert "Call a person" not in public()

    settings.NETWORK_PHONE = "555-0142"
    assert '<a class="foot__link" href="tel:555-0142">' in public()


def test_title_of_a_page_with_errors_says_error_first():
    class Wrong:
        errors = {"place": ["x"]}

    source = "{% block title %}Find - Tejido{% endblock %}"

    assert "<title>Find - Tejido</title>" in public(source)
    assert "<title>Error: Find - Tejido</title>" in public(source, form=Wrong())


def test_frame_of_a_page_leaves_room_for_the_page():
    assert len(gzip.compress(public().encode())) < 4_000


def test_desk_shows_member_menu_messages_and_the_way_out():
    html = desk(
        "{% block rail %}{% rail_link 'Today' '/' %}{% endblock %}"
        "{% block main %}<h1>Today</h1>{% endblock %}",
        user=SomePerson(),
        member_name="Valley Harm Reduction",
        messages=[Message(25, "Saved."), Message(40, "Not saved.")],
    )

    assert "Valley Harm Reduction" not in html  # nobody is signed in on this request
    assert html.count("rail__link") == 2
    assert re.findall(r'class="(note note--\w+)"', html) == [
        "note note--good",
        "note note--caution",
    ]


def test_desk_of_a_signed_in_person_names_the_member_and_signs_out_by_post():
    request = RequestFactory().get("/desk/")
    request.user = SomePerson()
    source = '{% extends "ui/desk.html" %}'

    html = Template(source).render(
        Context({"request": request, "member_name": "Valley Harm Reduction"})
    )

    assert "Valley Harm Reduction" in html
    assert '<form class="top__form" method="post" action="/logout/">' in html


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_error_page_has_one_heading_and_a_way_on(name, language):
    with override(language):
        html = render_to_string(name)

    assert html.count("<h1>") == 1
    assert f'<html lang="{language}">' in html
    assert 'class="btn' in html


@pytest.mark.parametrize("name", ["400.html", "413.html", "500.html"])
def test_error_page_without_a_server_behind_it_speaks_both_languages(name):
    html = Template(render_to_string(name)).render(Context())

    assert 'lang="es"' in html
    assert "{%" not in html
    assert 'href="/es/"' in html


def test_missing_page_answers_in_the_language_of_its_address(client):
    response = client.get("/nothing-here/")

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("way", "status", "words"),
    [
        ("bad", 400, "We could not read that"),
        ("forbidden", 403, "You cannot open this page"),
        ("broken", 500, "Something went wrong here"),
    ],
)
def test_what_went_wrong_is_said_plainly_without_a_trace(client, way, status, words):
    client.raise_request_exception = False

    response = client.get(f"/fail/{way}/")

    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.content.decode()
    assert "Traceback" not in response.content.decode()
    assert response.cookies == {}
