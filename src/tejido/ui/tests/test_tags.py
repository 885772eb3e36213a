from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from tejido.ui.domain.ring import Dot

CANARY = '<script>alert("x")</script>'


def rendered(source, language="en", **context):
    with override(language):
        return Template("{% load ui %}" + source).render(Context(context)).strip()


def test_button_sends_its_name_and_value():
    html = rendered('{% button "Find" name="need" value="all" icon="search" hidden="a place" %}')

    assert html.startswith('<button class="btn" name="need" value="all">')
    assert '<span class="vh"> a place</span>' in html


@pytest.mark.parametrize(
    ("kind", "look"), [("main", "btn"), ("second", "btn btn--2"), ("quiet", "btn btn--quiet")]
)
def test_button_looks_like_its_kind(kind, look):
    assert f'class="{look}"' in rendered("{% button 'Go' kind=kind %}", kind=kind)
    assert f'class="{look}"' in rendered("{% linkbutton 'Go' '/' kind=kind %}", kind=kind)


def test_linkbutton_leads_somewhere():
    html = rendered('{% linkbutton "Call" "tel:5550101" rel="noreferrer" wide=True %}')

    assert html.startswith('<a class="btn btn--wide" href="tel:5550101" rel="noreferrer">')


@pytest.mark.parametrize(
    "source",
    [
        "{% button words name=words value=words hidden=words %}",
        "{% linkbutton words words hidden=words rel=words %}",
        "{% chip words words words %}",
        "{% tag words kind=words %}",
        "{% state 'open' words words %}",
        "{% fact words %}",
        "{% freshness 3 by=words %}",
        "{% empty words href=words label=words %}",
        "{% panel heading=words name=words %}{{ words }}{% endpanel %}",
        "{% note kind=words heading=words %}{{ words }}{% endnote %}",
        "{% rail here=words %}{{ words }}{% endrail %}",
        "{% rail_link words words %}",
    ],
)
def test_words_of_people_are_escaped(source):
    html = rendered(source, words=CANARY)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_panel_is_named_by_its_heading():
    html = rendered('{% panel heading="Today" level=3 name="today" %}<p>x</p>{% endpanel %}')

    assert '<section class="panel stack" aria-labelledby="today">' in html
    assert '<h3 id="today">Today</h3>' in html
    assert "<p>x</p>" in html


def test_panel_without_a_heading_has_none():
    assert "<h2" not in rendered("{% panel %}x{% endpanel %}")


def test_note_of_a_kind_looks_like_it():
    assert "note note--caution" in rendered('{% note kind="caution" %}x{% endnote %}')
    assert 'class="note"' in rendered("{% note %}x{% endnote %}")


def test_chip_says_that_it_takes_the_filter_off():
    html = rendered('{% chip "Naloxona" "without" "naloxone" %}', language="es")

    assert '<button class="chip" name="without" value="naloxone">' in html
    assert '<span class="vh">, quitar filtro</span>' in html


@pytest.mark.parametrize("state", ["open", "closed", "unknown"])
def test_state_is_said_in_words_and_drawn(state):
    html = rendered("{% state state 'Open now' 'until noon' %}", state=state)

    assert f"state--{state}" in html
    assert "Open now" in html
    assert "until noon" in html
    assert "<svg" in html


def test_fact_that_is_not_known_looks_different():
    assert "fact--unknown" not in rendered("{% fact 'Walk in' %}")
    assert "fact--unknown" in rendered("{% fact 'ID: not known' known=False %}")


@pytest.mark.parametrize(
    ("days", "english", "spanish"),
    [
        (6, "Checked by the program 6 days ago", "Lo revisó el programa hace 6 días"),
        (90, "Checked by the program 2 months ago", "Lo revisó el programa hace 2 meses"),
    ],
)
def test_freshness_says_who_and_when(days, english, spanish):
    assert english in rendered("{% freshness days by='the program' %}", days=days)
    assert spanish in rendered("{% freshness days by='el programa' %}", "es", days=days)


def test_freshness_without_anybody_says_only_when():
    assert "Checked yesterday" in rendered("{% freshness 1 %}")


@pytest.mark.parametrize("days", [91, 400, None])
def test_freshness_of_old_facts_says_to_call_first(days):
    html = rendered("{% freshness days by='the program' %}", days=days)

    assert "Call before you go." in html
    assert "note--caution" in html


def test_tag_marks_what_was_searched_for():
    assert "tag--hit" in rendered("{% tag 'Naloxone' hit=True %}")
    assert rendered("{% tag 'Naloxone' %}") == '<span class="tag">Naloxone</span>'


def test_words_follow_the_language_of_the_page():
    source = (
        "{% day friday %}; {% day friday 'short' %}; {% clock five %}; {% ago 6 %}; "
        "{% distance 643.7 %} {% direction 315 %}; {% quantity 6310 %}"
    )
    values = {"friday": date(2026, 11, 20), "five": datetime(2026, 11, 20, 17, 0, tzinfo=UTC)}

    assert rendered(source, **values) == (
        "Friday, November 20; Nov 20, 2026; 5:00 pm; 6 days ago; 0.4 miles northwest; 6,310"
    )
    assert rendered(source, "es", **values) == (
        "viernes 20 de noviembre; 20 nov 2026; 5:00 p. m.; hace 6 días; "
        "0.4 millas al noroeste; 6,310"
    )


def test_ring_picture_speaks_the_language_of_the_page():
    dots = [Dot(number=1, distance_m=10, bearing=0, state="open")]

    assert ">O<" in rendered("{% ring_picture dots %}", "es", dots=dots)
    assert ">W<" in rendered("{% ring_picture dots %}", dots=dots)


def test_ribbon_and_mark_are_drawn():
    assert 'class="weave weave--thin"' in rendered("{% ribbon thin=True name='w' %}")
    assert 'class="mark__svg"' in rendered("{% mark %}")
    assert 'class="icon"' in rendered("{% icon 'phone' %}")


def test_empty_list_names_the_first_step():
    html = rendered("{% empty 'No referrals yet' href='/new/' label='Make the first one' %}")

    assert '<a class="btn" href="/new/">Make the first one</a>' in html
    assert "href" not in rendered("{% empty 'No referrals yet' %}")


def test_rail_is_written_once_and_shown_in_two_ways():
    html = rendered("{% rail here='Today' %}<li>item</li>{% endrail %}")

    assert html.count("<li>item</li>") == 2
    assert "Menu: Today" in html
    assert rendered("{% rail %}\n {% endrail %}") == ""


@pytest.mark.parametrize(
    ("waiting", "words"), [(0, None), (1, ", 1 needs you"), (2, ", 2 need you")]
)
def test_rail_link_says_how_many_things_wait(waiting, words):
    html = rendered("{% rail_link 'Supplies' '/s/' waiting=waiting %}", waiting=waiting)

    assert ("badge" in html) == (words is not None)
    assert words is None or words in html


def test_rail_link_knows_the_page_it_stands_on():
    request = RequestFactory().get("/s/")

    assert 'aria-current="page"' in rendered("{% rail_link 'S' '/s/' %}", request=request)
    assert 'aria-current="page"' in rendered("{% rail_link 'S' '/t/' here=True %}")
    assert "aria-current" not in rendered("{% rail_link 'S' '/t/' %}", request=request)


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("9:00 p. m.–3:00 a. m.", "9:00\xa0p.\xa0m.–3:00\xa0a.\xa0m."),
        ("9:00 am–5:00 pm", "9:00 am–5:00 pm"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_halves_of_the_day_stay_in_one_piece(said, whole):
    assert rendered("{{ said|unbroken }}", said=said) == whole
