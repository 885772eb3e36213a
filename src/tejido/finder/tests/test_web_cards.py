"""What a card says at a glance: what was looked for first, barriers without a check mark."""

import re

import pytest

from tejido.directory.domain.freshness import CHECK_HOLDS_DAYS
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.tests.reading import ALWAYS, Page, place, publish
from tejido.ui.templatetags.ui import STALE_AFTER_DAYS

ALL = ("methadone", "treatment", "hepatitis-c-test", "tests", "mental-health", "naloxone")


def asked(client, **fields):
    return Page(client.post("/find/", {"place": "Fresno", **fields}))


def tags(client, **fields):
    page = client.post("/find/", {"place": "Fresno", **fields}).content.decode()
    return re.findall(r'<span class="tag[^>]*>([^<]+)<', page)


def test_what_was_looked_for_stands_first_then_harm_reduction_in_its_own_order(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("syringes", *ALL)))

    assert tags(client, need="methadone") == [
        "Methadone",
        "Naloxone",
        "New syringes",
        "Hepatitis C test",
        "Mental health",
    ]


def test_a_narrower_need_stands_for_the_broader_one_that_was_looked_for(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=ALL))

    assert tags(client, need="tests")[:2] == ["Hepatitis C test", "Naloxone"]
    assert "Tests" not in tags(client, need="tests")


def test_a_card_says_how_many_needs_it_does_not_show(client, settings, monkeypatch):
    monkeypatch.setattr("tejido.finder.web.cards.TAGS_SHOWN", 2)
    publish(
        settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, needs=("syringes", "naloxone", *ALL))
    )

    assert "and 3 more" in asked(client, need="naloxone").text


@pytest.mark.parametrize(("value", "look"), [(True, "fact"), (False, "fact fact--barrier")])
def test_a_barrier_has_no_check_mark(client, settings, value, look):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS, facts={Fact.NO_ID: value}))

    looks = [attrs.get("class") for tag, attrs in asked(client).tags if tag == "li"]
    assert look in looks


def test_supplies_by_mail_have_no_hours_to_know(client, settings):
    by_post = {"at": None, "mode": Mode.MAIL, "reach": ("06019",), "hours_known": False}
    publish(settings.SNAPSHOTS, place(1, "By post", **by_post))

    assert "Hours not known" not in asked(client).text
    page = Page(client.get("/place/00000000-0000-0000-0000-000000000001/"))
    assert "Hours not known" not in page.text


def test_the_order_is_not_explained_where_nothing_is_near(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Far", north=2.0, rules=ALWAYS))

    assert "Close and open places first." not in asked(client, need="naloxone").text


def test_the_overdose_page_leads_to_naloxone(client, settings):
    publish(settings.SNAPSHOTS, place(1, "Van", rules=ALWAYS))
    action, fields = next(
        (attrs["action"], dict(sent))
        for attrs, sent in Page(client.get("/es/overdose/")).forms
        if attrs["action"]
    )

    page = Page(client.post(action, fields))
    assert (action, page.of("h1")) == ("/es/", ["Ayuda y suministros cerca de usted"])
    assert "naloxone" in page.values("need")


def test_every_page_calls_a_check_old_after_the_same_days():
    assert STALE_AFTER_DAYS == CHECK_HOLDS_DAYS
