import re

import pytest
from django.urls import reverse

from tejido.directory.models import Act, Attribute, Location, ProposedChange, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.reference import load_reference
from tejido.directory.services import bulk
from tejido.directory.testing import a_place, a_service, an_id, seconded, stored
from tejido.foundation.testing import begin_with, quietly

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(steward):
    begin_with(quietly(load_reference))
    return reverse("directory:bulk", args=["valley-harm-reduction"])


def shown(client, page, **sent):
    answer = client.post(page, sent)
    mark = re.search(r'name="mark" value="([^"]+)"', answer.content.decode())
    return answer, mark[1] if mark else ""


def done(client, page, **sent):
    _answer, mark = shown(client, page, **sent)
    return client.post(page, {**sent, "mark": mark})


def some():
    stored(a_service("One"), a_service("Two"), a_service("Other"))


def test_what_would_change_is_shown_before_it_is_done(client, page, words_of):
    some()

    answer, mark = shown(client, f"{page}?words=o", what="core")
    assert "3 listings would change:" in words_of(answer)
    assert Service.objects.filter(tier="core").count() == 0

    after = client.post(f"{page}?words=two", {"what": "core", "mark": mark})
    assert after.status_code == 409
    assert "Other listings fit now than when you looked" in words_of(after)
    assert Service.objects.filter(tier="core").count() == 0


def test_many_are_changed_and_undone_as_one_act(client, page):
    some()

    assert done(client, f"{page}?words=two", what="core").status_code == 302

    assert Service.objects.get(tier="core").name == "Two"
    act = Act.objects.get(kind="bulk")
    client.post(reverse("directory:undo", args=["valley-harm-reduction", act.id]))
    assert Service.objects.filter(tier="core").count() == 0


def test_many_are_confirmed_at_once(client, page):
    some()

    done(client, page, what="confirm")

    assert {listing.confirmed_by for listing in public_listings()} == {"network"}


def test_a_need_is_added_and_taken_away(client, page, words_of):
    some()

    done(client, page, what="add-need", need="wound-care")
    assert Attribute.objects.filter(term="wound-care").count() == 3
    answer, _mark = shown(client, page, what="add-need", need="wound-care")
    assert "Nothing would change." in words_of(answer)

    done(client, f"{page}?words=one", what="take-need", need="wound-care")
    assert Attribute.objects.filter(term="wound-care").count() == 2
    assert Attribute.objects.filter(term="naloxone").count() == 3


def test_partners_only_leaves_what_has_no_place(client, page):
    stored(a_service("Place", places=(a_place(),)), a_service("Mail", places=()))

    done(client, page, what="partners")

    assert Location.objects.get().visibility == "partners-only"
    assert [listing.texts[0].name for listing in public_listings()] == ["Mail"]
    done(client, page, what="publish")
    assert len(list(public_listings())) == 1
    seconded(ProposedChange.objects.get())
    assert len(list(public_listings())) == 2
    done(client, page, what="hide")
    assert list(public_listings()) == []


def test_only_what_was_chosen_one_by_one_changes(client, page):
    some()
    two, other = an_id("service Two"), an_id("service Other")

    done(client, f"{page}?words=o&chosen=1&pick={two}&pick={other}&pick=x", what="core")

    assert set(Service.objects.filter(tier="core").values_list("name", flat=True)) == {
        "Two",
        "Other",
    }


def test_chosen_listings_that_no_longer_fit_the_search_stay(client, page):
    some()

    done(client, f"{page}?words=one&chosen=1&pick={an_id('service Two')}", what="core")

    assert Service.objects.filter(tier="core").count() == 0


def test_nothing_chosen_changes_nothing_and_leads_back(client, page, words_of):
    some()

    said = words_of(client.get(f"{page}?words=one&chosen=1"))

    assert "No listing is chosen" in said
    assert "Show what would change" not in said
    answer, _mark = shown(client, f"{page}?words=one&chosen=1", what="core")
    assert "Nothing would change." in words_of(answer)


def test_after_a_change_the_search_is_as_before(client, page):
    some()

    answer = done(client, f"{page}?words=two", what="hide")

    assert answer.url.startswith(
        reverse("directory:search", args=["valley-harm-reduction"]) + "?words=two&done="
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose what to do with them"),
        ({"what": "burn"}, "Choose what to do with them"),
        ({"what": "add-need"}, "Choose the need"),
        ({"what": "add-need", "need": "nonsense"}, "Choose the need"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(client, page, words_of, sent, sentence):
    some()

    answer = client.post(page, sent)

    assert answer.status_code == 400
    assert sentence in words_of(answer)


def test_too_many_at_once_are_refused(client, page, words_of, monkeypatch):
    some()
    monkeypatch.setattr(bulk, "AT_ONCE", 2)

    answer = client.post(page, {"what": "core"})

    assert answer.status_code == 409
    assert "At most 2 listings change at once" in words_of(answer)
