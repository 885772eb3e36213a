import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

pytestmark = pytest.mark.urls("tejido.ui.tests.urls")


def test_public_page_renders():
    request = RequestFactory().get("/")
    html = Template(
        '{% extends "ui/public.html" %}{% block main %}<h1>x</h1>{% endblock %}'
    ).render(Context({"request": request}))
    assert "<h1>x</h1>" in html


def test_desk_page_renders():
    request = RequestFactory().get("/")
    html = Template(
        '{% extends "ui/desk.html" %}{% load ui %}{% block rail %}{% rail_link "a" "/" %}{% endblock %}{% block main %}<h1>x</h1>{% endblock %}'
    ).render(Context({"request": request}))
    assert html.count("rail__link") == 2


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html", "400.html"])
def test_error(name):
    assert "<h1>" in render_to_string(name)
