"""Agreements at the desk, as a person meets them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.foundation.scope import member_scope
from tejido.network.domain.agreements import AgreementState, EndReason
from tejido.network.domain.roles import Role
from tejido.network.models import Agreement, AgreementVersion, Event
from tejido.network.queries.agreements import agreement_at, agreements_of
from tejido.network.services.agreements import (
    change_agreement,
    end_agreement,
    propose_agreement,
)
from tejido.network.staff_table import words_of
from tejido.network.testing import a_member, a_person, an_agreement, some_terms
from tejido.network.web.agreement_forms import standard_words

pytestmark = pytest.mark.django_db
DESK = "/desk/valley-harm-reduction/"
PAGE = f"{DESK}agreements/"


@pytest.fixture
def coast(db):
    return a_member("Coast Harm Reduction")


@pytest.fixture
def manager(valley, sign_in):
    return sign_in(valley, Role.PROGRAM_MANAGER)


def fields(coast, **changed):
    today = timezone.localdate()
    said = {
        "other": str(coast.id),
        "direction": "give",
        "tables": ["people-by-role"],
        "sharing": "member",
        "covers_from": "2026-01-01",
        "covers_until": "",
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=300)).isoformat(),
        "basis": "planning",
        "text_en": "We share these tables.",
        "text_es": "Compartimos estas tablas.",
    }
    return said | changed


def the_agreement(valley):
    (found,) = agreements_of(valley.id, at=timezone.now())
    return found


def test_a_manager_proposes_reads_and_signs(client, valley, coast, manager):
    opened = client.get(f"{PAGE}propose/")
    proposed = client.post(f"{PAGE}propose/", fields(coast), follow=True)
    agreement = the_agreement(valley)
    here = f"{PAGE}{agreement.id}/"
    signed = client.post(
        f"{here}sign/",
        {"digest": agreement.newest.digest, "signed_as": "Dolores Invented"},
        follow=True,
    )

    assert "Either of us can end this" in opened.text
    assert "Cualquiera de los dos" in opened.text
    assert "It is proposed" in proposed.text
    assert "What is never seen" in proposed.text
    assert "You signed it" in signed.text
    assert "Dolores Invented" in signed.text
    assert "The other side has not signed yet" in signed.text
    assert the_agreement(valley).giver.id == valley.id


def test_what_we_would_see_is_asked_of_the_other(client, valley, coast, manager):
    client.post(f"{PAGE}propose/", fields(coast, direction="get"))

    assert the_agreement(valley).receiver.id == valley.id


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"other": ""}, 400, "Choose one"),
        ({"tables": []}, 400, "Choose what is shared"),
        ({"valid_until": "2020-01-01"}, 409, "must not be before"),
        ({"valid_from": "soon"}, 400, "Write a day"),
        ({"sharing": "network"}, 409, "Only a coalition"),
    ],
)
def test_what_cannot_be_proposed_is_said_and_nothing_is_lost(
    client, valley, coast, manager, changed, status, words
):
    answer = client.post(f"{PAGE}propose/", fields(coast, text_en="My own words.", **changed))

    assert answer.status_code == status
    assert words in answer.text
    assert "<title>Error:" in answer.text
    assert "My own words." in answer.text
    assert agreements_of(valley.id, at=timezone.now()) == []


def test_an_agreement_with_oneself_is_not_offered(client, valley, coast, manager):
    answer = client.post(f"{PAGE}propose/", fields(coast, other=str(valley.id)))

    assert answer.status_code == 400


def test_signing_what_changed_since_it_was_opened_shows_it_anew_with_the_name_kept(
    client, valley, coast, manager
):
    client.post(f"{PAGE}propose/", fields(coast))
    agreement = the_agreement(valley)
    boss = a_person(coast, Role.PROGRAM_MANAGER, name="Luz")
    change_agreement(
        acting_for=coast.id,
        agreement_id=agreement.id,
        terms=some_terms(valid_until=timezone.localdate() + timedelta(days=9), text_en="New."),
        by=boss.id,
        at=timezone.now(),
    )

    answer = client.post(
        f"{PAGE}{agreement.id}/sign/",
        {"digest": agreement.newest.digest, "signed_as": "Dolores Invented"},
    )

    again = the_agreement(valley)
    assert answer.status_code == 409
    assert "changed since you opened it" in answer.text
    assert "Dolores Invented" in answer.text
    assert f'name="digest" value="{again.newest.digest}"' in answer.text
    assert again.newest.signatures == ()


def test_signing_without_a_name_is_asked_again(client, valley, coast, manager):
    client.post(f"{PAGE}propose/", fields(coast))

    answer = client.post(f"{PAGE}{the_agreement(valley).id}/sign/", {"signed_as": ""})

    assert answer.status_code == 400
    assert "Write your name to sign" in answer.text


def test_a_change_stands_beside_what_is_in_force(client, valley, coast, manager):
    row = an_agreement(valley, coast)
    here = f"{PAGE}{row.id}/"
    said = fields(coast, text_en="Other words.", text_es="Otras palabras.")

    opened = client.get(f"{here}change/")
    changed = client.post(f"{here}change/", said, follow=True)

    assert "We share these tables." in opened.text
    assert "The change is proposed" in changed.text
    assert "Version 1, in force" in changed.text
    assert "Other words." in changed.text


def test_ending_asks_first_then_ends_at_once_and_says_who_and_why(client, valley, coast, manager):
    row = an_agreement(valley, coast)
    here = f"{PAGE}{row.id}/"

    asked = client.get(f"{here}end/")
    without = client.post(f"{here}end/", {})
    ended = client.post(f"{here}end/", {"reason": "people-object"}, follow=True)

    assert "What was seen or taken before stays" in asked.text
    assert without.status_code == 400
    assert "Nothing more is shared by it" in ended.text
    assert "People here do not want it" in ended.text
    assert client.get(f"{here}end/").status_code == 302
    assert client.get(f"{here}change/").status_code == 404
    assert agreement_at(valley.id, row.id, at=timezone.now()).state is AgreementState.ENDED


def test_changing_what_the_other_ended_meanwhile_keeps_the_words(client, valley, coast, manager):
    row = an_agreement(valley, coast)
    boss = a_person(coast, Role.PROGRAM_MANAGER, name="Luz")
    end_agreement(
        acting_for=coast.id,
        agreement_id=row.id,
        reason=EndReason.NO_REASON,
        by=boss.id,
        at=timezone.now(),
    )

    answer = client.post(f"{PAGE}{row.id}/change/", fields(coast, text_en="My own words."))

    assert answer.status_code == 409
    assert "My own words." in answer.text
    with member_scope(valley.id):
        assert AgreementVersion.objects.count() == 1


def test_the_list_tells_what_counts_and_what_is_past(client, valley, coast, manager):
    empty = client.get(PAGE)
    an_agreement(coast, valley)
    full = client.get(PAGE)

    assert "None yet." in empty.text
    assert "We may see theirs" in full.text
    assert "In force" in full.text


def test_the_first_page_says_to_those_who_may_sign_that_an_agreement_waits(
    client, valley, coast, manager
):
    boss = a_person(coast, Role.PROGRAM_MANAGER, name="Luz")
    propose_agreement(
        acting_for=coast.id,
        giver=coast.id,
        receiver=valley.id,
        terms=some_terms(valid_until=timezone.localdate() + timedelta(days=9)),
        by=boss.id,
        at=timezone.now(),
    )
    waiting = client.get(DESK)
    newest = the_agreement(valley).newest
    client.post(
        f"{PAGE}{the_agreement(valley).id}/sign/",
        {"digest": newest.digest, "signed_as": "Dolores Invented"},
    )

    assert "Read the agreement with Coast Harm Reduction" in waiting.text
    assert "Read the agreement" not in client.get(DESK).text


def test_an_agreement_of_others_is_not_found(client, valley, coast, manager):
    row = an_agreement(coast, a_member("Third Member"))

    for end in ("", "sign/", "change/", "end/"):
        post = client.post(f"{PAGE}{row.id}/{end}", {"signed_as": "D", "reason": "no-reason"})
        assert post.status_code in {404, 405}
    assert client.get(f"{PAGE}{row.id}/").status_code == 404


def test_who_works_here_without_leading_reads_and_signs_nothing(client, valley, coast, sign_in):
    row = an_agreement(valley, coast)
    sign_in(valley, Role.OUTREACH_WORKER)

    shown = client.get(f"{PAGE}{row.id}/")

    assert shown.status_code == 200
    assert "End it now" not in shown.text
    assert client.post(f"{PAGE}{row.id}/sign/", {"signed_as": "Rosa"}).status_code == 403
    assert client.get(f"{DESK}shared/").status_code == 403


def test_shared_rows_stand_on_a_page_and_in_a_file_until_the_agreement_ends(
    client, valley, coast, manager
):
    a_person(coast, Role.ADVOCATE, name="Luz")
    boss = a_person(coast, Role.PROGRAM_MANAGER, name="Ana")
    row = an_agreement(coast, valley)

    page, file = client.get(f"{DESK}shared/"), said(client)
    end_agreement(
        acting_for=coast.id,
        agreement_id=row.id,
        reason=EndReason.NO_REASON,
        by=boss.id,
        at=timezone.now(),
    )
    after, file_after = client.get(f"{DESK}shared/"), said(client)

    assert "Under an agreement until" in page.text
    assert "November 19, 2027" in page.text
    assert "Advocate" in page.text
    quarter, role = words_of(("2026-Q4", Role.ADVOCATE.value))
    assert f"Coast Harm Reduction,{quarter},{role},1" in file
    assert "Coast Harm Reduction" not in after.text
    assert "Coast Harm Reduction" not in file_after
    assert client.get(f"{DESK}shared/other.csv").status_code == 404
    with member_scope(coast.id):
        acts = set(Event.objects.values_list("act", flat=True))
    assert {"view.shared", "export.shared"} <= acts


def said(client):
    answer = client.get(f"{DESK}shared/people-by-role.csv")
    return b"".join(answer.streaming_content).decode()


def test_a_file_that_is_half_sent_stops_with_a_sentence_in_the_language_of_the_person(
    client, valley, coast, sign_in
):
    sign_in(valley, Role.PROGRAM_MANAGER, language="es")
    boss = a_person(coast, Role.PROGRAM_MANAGER, name="Ana")
    row = an_agreement(coast, valley)
    answer = client.get(f"{DESK}shared/people-by-role.csv")
    lines = iter(answer.streaming_content)
    before = [next(lines), next(lines), next(lines)]
    end_agreement(
        acting_for=coast.id,
        agreement_id=row.id,
        reason=EndReason.NO_REASON,
        by=boss.id,
        at=timezone.now(),
    )
    rest = b"".join(lines).decode()

    assert b"Coast Harm Reduction" in before[2]
    assert "terminó o cambió mientras" in rest
    assert "1 filas" in rest
    with member_scope(coast.id):
        assert Agreement.objects.count() == 1


def test_where_only_one_language_changed_it_is_said_before_it_goes_on(
    client, valley, coast, manager
):
    said = fields(coast, **standard_words())
    english, spanish = said | {"text_en": "Ours."}, said | {"text_es": "Nuestro."}

    asked = client.post(f"{PAGE}propose/", english)
    other = client.post(f"{PAGE}propose/", spanish)
    before = agreements_of(valley.id, at=timezone.now())
    client.post(f"{PAGE}propose/", english | {"anyway": "1"})
    here = f"{PAGE}{the_agreement(valley).id}/"
    changed = client.post(f"{here}change/", spanish | {"text_en": "Ours."})
    both = client.post(f"{here}change/", spanish | {"text_en": "Ours, too."}, follow=True)

    assert "Only the English words changed" in asked.text
    assert "Only the Spanish words changed" in other.text
    assert (asked.status_code, before) == (400, [])
    assert "Ours." in asked.text
    assert "Only the Spanish words changed" in changed.text
    assert "The change is proposed" in both.text
    assert the_agreement(valley).newest.number == 2


def test_what_browsers_do_to_the_ends_of_lines_is_no_change(client, valley, coast, manager):
    words = {name: text.replace("\n", "\r\n") for name, text in standard_words().items()}

    proposed = client.post(f"{PAGE}propose/", fields(coast, **words), follow=True)

    assert "It is proposed" in proposed.text
