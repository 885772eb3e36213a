"""From the answer of a program on its phone to what everybody reads, page by page."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.directory.domain.schedule import DatedException
from tejido.directory.domain.suggestions import Wrong
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import ConfirmLink, Schedule, ServiceAtLocation, Suggestion
from tejido.directory.queries.program_words import words_of_program
from tejido.directory.queries.public import public_listings
from tejido.directory.services.suggestions import suggest
from tejido.directory.testing import a_rule, an_id
from tejido.directory.tests.desk_pages import SERVICE, address, fields_of, form_of
from tejido.directory.tests.saying_wrong import said
from tejido.directory.tests.test_confirm_links import PHONES, PROGRAM, a_link, core, hidden, old
from tejido.directory.tests.test_web_confirm_links import of_today, sent_from
from tejido.network.domain.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before")]

HOURS = f"schedules-{SERVICE}"
NOW = "Monday to Friday 10 am to 6 pm"


def says(client, path, name=HOURS, words=NOW, **more):
    """Send what a program fills in on its page."""
    sent = sent_from(client.get(path)) | {"changed": [name], f"now-{name}": words}
    return client.post(path, sent | more)


def home(client):
    return client.get(reverse("network:home", args=["valley-harm-reduction"]))


def first_task(client):
    return re.search(r'<a class="todo__link" href="([^"]+)"', home(client).content.decode())[1]


def test_the_first_page_leads_to_the_call_sheet_of_the_program(client, steward, words_of):
    says(client, of_today())

    assert "Harbor Program says that something changed" in words_of(home(client))
    assert first_task(client) == address("call-sheet", PROGRAM)


def test_the_first_page_without_such_a_word_says_nothing_of_it(client, steward, words_of):
    old(core())

    assert "says that something changed" not in words_of(home(client))


def test_what_to_confirm_begins_with_what_programs_said_and_when(client, steward, words_of):
    says(client, of_today())

    page = words_of(client.get(address("due")))

    assert "The program says that this changed" in page
    assert page.index("The program says that this changed") < page.index("Call these first")
    row = page.split("Said by the program", 1)[1]
    assert "Harbor Program Hours" in row


def test_what_to_confirm_without_such_a_word_has_no_such_group(client, steward, words_of):
    old(core())

    assert "The program says that this changed" not in words_of(client.get(address("due")))


def test_the_call_sheet_marks_it_as_the_word_of_the_program_and_asks_no_call(
    client, steward, words_of
):
    says(client, of_today())

    page = client.get(address("call-sheet", PROGRAM))

    said_there = words_of(page)
    assert "The program itself says that this changed" in said_there
    assert f"“{NOW}”" in said_there
    assert fields_of(page.content.decode())[f"{HOURS}-now"] == [NOW]
    assert 'value="link"' in page.content.decode()


def test_without_such_a_word_nobody_says_that_they_asked_by_link(client, steward):
    old(core())

    assert 'value="link"' not in client.get(address("call-sheet", PROGRAM)).content.decode()


def test_a_steward_writes_the_hours_on_the_call_sheet_and_it_is_gone(client, steward, words_of):
    says(client, of_today())
    page = address("call-sheet", PROGRAM)
    answers = {"channel": "link", "outcome": "reached", HOURS: "changed"}
    read = client.post(page, form_of(client, page, **answers))
    assert "We read" in words_of(read)

    sent = fields_of(read.content.decode()) | answers
    done = client.post(page, sent, follow=True)

    assert "Saved" in words_of(done)
    assert "Nobody sees it in the finder before its list is built again." in words_of(done)
    assert "The program itself says" not in words_of(done)
    assert "says that something changed" not in words_of(home(client))
    (listing,) = public_listings()
    assert [(rule.opens_at.hour, rule.closes_at.hour) for rule in listing.rules] == [(10, 18)]
    client.post(re.search(r'action="([^"]+/undo/)"', done.content.decode())[1])
    assert "Harbor Program says that something changed" in words_of(home(client))


def test_the_form_of_the_hours_shows_it_however_one_came_and_saving_deals_with_it(
    client, steward, words_of
):
    says(client, of_today(rules=(a_rule("MO"),)))
    page = address("hours", SERVICE, SERVICE)
    shown = words_of(client.get(page))
    assert "What the program says" in shown
    assert NOW in shown

    client.post(page, form_of(client, page, **{"rule-0-opens": "10:00"}))

    assert words_of_program(PROGRAM) == []
    assert Schedule.objects.get().opens_at.hour == 10


def test_a_form_of_another_part_says_nothing_of_it(client, steward, words_of):
    says(client, of_today())

    assert "What the program says" not in words_of(
        client.get(address("edit", SERVICE, "phones", SERVICE))
    )


def test_who_is_served_leads_to_its_form(client, steward, words_of):
    says(client, of_today(), name=f"attributes-{SERVICE}", words="Women only")

    page = client.get(address("wrong")).content.decode()

    href = re.search(r'class="btn btn--2" href="([^"]+)"', page)[1]
    assert f"/facts/{SERVICE}/" in href
    assert "Women only" in words_of(client.get(href))


def test_the_queue_marks_the_word_of_the_program_among_those_of_people(client, steward, words_of):
    says(client, of_today())
    suggest(said(Wrong.PHONE, instead="555"), on=timezone.localdate())

    page = words_of(client.get(address("wrong")))

    assert page.count("The program itself, by its link") == 1
    assert page.index("Changed, says the program: Hours") < page.index("phone number is wrong")
    assert "Changed, says the program: Hours" in words_of(client.get(address("listing", SERVICE)))


def test_it_is_all_right_as_it_stands_takes_it_away_with_undo(client, steward, words_of):
    says(client, of_today(rules=(a_rule("MO"),)))
    page = client.get(address("wrong")).content.decode()
    (form,) = re.findall(r"<form[^>]*wrong/answer/.*?</form>", page, re.S)

    done = client.post(address("answer-wrong"), fields_of(form) | {"answer": "right"}, follow=True)

    assert "Saved" in words_of(done)
    assert words_of_program(PROGRAM) == []
    client.post(re.search(r'action="([^"]+/undo/)"', done.content.decode())[1])
    assert len(words_of_program(PROGRAM)) == 1


def test_who_answered_reads_what_they_said_and_what_happens_now(client, words_of):
    done = words_of(says(client, of_today()))

    assert "Thank you. It is saved." in done
    assert f"What you said has changed Naloxone: Hours “{NOW}”" in done
    assert "Naloxone: Phone numbers" in done
    assert "finds what changed on their first page, as your word" in done
    assert (
        "in the finder within a day, or as soon as the network brings the finder up to date"
        in done
    )
    assert "You can correct it by this link until" in done


def test_who_answered_corrects_it_while_the_link_lives(client, words_of):
    path = of_today()
    says(client, path)
    page = client.get(f"{path}?correct")
    assert "Correct the answer: Harbor Program" in words_of(page)
    sent = {**fields_of(page.content.decode())}
    assert (sent["changed"], sent[f"now-{HOURS}"]) == ([HOURS], [NOW])

    sent |= {"changed": [PHONES], f"now-{HOURS}": "", f"now-{PHONES}": "510-555-0188"}
    done = words_of(client.post(f"{path}?correct", sent))

    assert "What you said has changed Naloxone: Phone numbers “510-555-0188”" in done
    assert "Naloxone: Hours" in done
    (word,) = words_of_program(PROGRAM)
    assert word.words == "510-555-0188"


def test_the_same_correction_sent_again_says_that_it_was_used(client, words_of):
    path = of_today()
    says(client, path)
    sent = fields_of(client.get(f"{path}?correct").content.decode())
    client.post(f"{path}?correct", sent)

    again = client.post(f"{path}?correct", sent)

    assert "This link was used already" in words_of(again)
    assert Suggestion.objects.count() == 1


def test_an_old_page_of_a_correction_is_told_and_keeps_what_was_written(client, words_of):
    path = of_today()
    says(client, path)
    sent = fields_of(client.get(f"{path}?correct").content.decode())

    answer = client.post(f"{path}?correct", sent | {"seen": "old", f"now-{PHONES}": "other"})

    assert answer.status_code == 409
    assert "Correct the answer" in words_of(answer)
    assert 'value="other"' in answer.content.decode()


def test_another_site_cannot_correct_an_answer(client):
    path = of_today()
    says(client, path)
    sent = fields_of(client.get(f"{path}?correct").content.decode()) | {"changed": []}

    answer = client.post(f"{path}?correct", sent, headers={"Origin": "https://bad.example"})

    assert answer.status_code == 403
    assert len(words_of_program(PROGRAM)) == 1


def test_a_link_that_ended_shows_no_words_and_no_correction(client, words_of):
    path = of_today()
    says(client, path)
    ConfirmLink.objects.update(expires_on="2026-01-01")

    page = words_of(client.get(f"{path}?correct"))

    assert "This link was used already" in page
    assert NOW not in page
    assert "Correct this answer" not in page


def test_words_about_a_listing_that_is_partners_only_since_are_not_shown(client, words_of):
    old(core(), core("Wounds", places=hidden(Visibility.PUBLIC)))
    path = of_link()
    says(client, path, name=f"schedules-{an_id('service Wounds')}")
    assert NOW in words_of(client.get(path))

    ServiceAtLocation.objects.filter(service__name="Wounds").update(visibility=Visibility.PARTNERS)

    assert NOW not in words_of(client.get(path))
    assert NOW not in words_of(client.get(f"{path}?correct"))


def of_link():
    return f"/r/{a_link(on=timezone.localdate())}"


def test_what_is_to_be_checked_stands_above_the_answers(client):
    page = client.get(of_today()).content.decode()

    assert page.rindex("This changed") < page.index("Everything is still right")


def test_the_page_in_spanish_asks_plainly_whether_it_still_runs(client, words_of):
    page = words_of(client.get(f"/es{of_today()}"))

    assert "Si sigue funcionando o ya cerró" in page
    assert (
        "La gente lo ve en el buscador en menos de un día, o antes si la red lo actualiza." in page
    )


def test_the_link_can_be_marked_and_copied_without_javascript(client, steward):
    old(core())

    page = client.post(address("make-link", PROGRAM)).content.decode()

    fields = re.findall(r"<textarea[^>]* readonly[^>]*>(http://testserver/[^<]+)</textarea>", page)
    assert len(fields) == 2
    assert len(re.findall(r"<button[^>]* hidden[^>]*data-copies", page)) == 2
    assert page.count('role="status" data-says') == 2


def test_holidays_are_said_in_the_language_of_the_page(client, sign_in, words_of):
    day = DatedException(date(2026, 12, 25), date(2026, 12, 25), None, None, "Christmas")
    path = of_today(exceptions=(day,))
    sheet = address("call-sheet", PROGRAM)

    assert "Navidad" in words_of(client.get(f"/es{path}"))
    assert "Christmas" in words_of(client.get(path))
    sign_in(Role.STEWARD, language="es")
    assert "Navidad" in words_of(client.get(sheet))
    assert "Christmas" not in words_of(client.get(sheet))
