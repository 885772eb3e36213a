"""The record says of what it tells: which agreement, whose consent, and what came first."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from tejido.foundation.scope import member_scope
from tejido.network.domain.roles import Role
from tejido.network.queries.record import record_of
from tejido.network.services.consents import note_consent, note_withdrawal, withdraw_consent
from tejido.network.services.events import note_event
from tejido.network.testing import MORNING, Two, a_consent, a_person

pytestmark = pytest.mark.django_db


def table_of(client, member):
    answer = client.get(f"/desk/{member.slug}/record/table/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_two_agreements_with_one_member_differ_in_the_record_its_table_and_the_list(
    client, sign_in
):
    two = Two()
    two.propose()
    two.close(two.reader)
    two.propose(MORNING + timedelta(minutes=1))
    sign_in(two.giver, Role.PROGRAM_MANAGER)

    page = client.get(f"/desk/{two.giver.slug}/record/").text
    lines = table_of(client, two.giver)
    listed = client.get(f"/desk/{two.giver.slug}/agreements/").text

    for clock in ("8:00 am", "8:01 am"):
        when = f"proposed on Nov 20, 2026, {clock}"
        assert f"Agreement with {two.reader.name}, {when}" in page
        assert f"Agreement with {two.reader.name}, {when}" in [line[4] for line in lines]
        assert when in listed


@pytest.mark.parametrize(
    ("language", "act", "named"),
    [
        ("en", "looked at shared tables", "Agreement with {}, proposed on Nov 20, 2026, 8:00 am"),
        ("es", "miró tablas compartidas", "Acuerdo con {}, propuesto el 20 nov 2026, 8:00 a. m."),
    ],
)
def test_a_look_at_shared_tables_names_in_ones_own_record_each_agreement(
    client, sign_in, language, act, named
):
    two = Two()
    two.propose()
    two.sign_both()
    sign_in(two.reader, Role.PROGRAM_MANAGER, language=language)
    client.get(f"/desk/{two.reader.slug}/shared/")
    client.get(f"/desk/{two.reader.slug}/shared/")

    page = client.get(f"/desk/{two.reader.slug}/record/").text
    lines = table_of(client, two.reader)

    told = named.format(two.giver.name)
    link = f'<a href="/desk/{two.reader.slug}/agreements/{two.id}/">{told}</a>'
    assert f"{act}<br>{link}" in " ".join(page.split())
    assert [line[4] for line in lines if line[3] == act] == [told]


def test_a_look_where_nobody_shares_is_told_without_an_agreement(client, sign_in, valley):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.get("/desk/valley-harm-reduction/shared/")

    told = [line for line in table_of(client, valley) if line[3] == "looked at shared tables"]

    assert [line[4] for line in told] == [""]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["took back what they had agreed to", "noted that Rosa agreed to something"]),
        ("es", ["retiró su consentimiento", "anotó un consentimiento de Rosa"]),
    ],
)
def test_a_consent_is_told_with_whose_it_is_and_ones_own_as_ones_own(
    client, valley, rosa, sign_in, language, words
):
    me = sign_in(valley, Role.PROGRAM_MANAGER)
    me.language = language
    me.save()
    at = timezone.now()
    draft = a_consent(rosa.id, given_on=timezone.localdate(at))
    noted = note_consent(member_id=valley.id, draft=draft, by=me.id, at=at)
    withdraw_consent(consent_id=noted, person_id=rosa.id, at=at)

    told = {line[3]: line[1] for line in table_of(client, valley)}

    assert told[words[0]] == "Rosa"
    assert told[words[1]] != "Rosa"


def test_what_somebody_else_noted_to_be_taken_back_is_told_as_that(client, valley, rosa, sign_in):
    me = sign_in(valley, Role.PROGRAM_MANAGER)
    at = timezone.now()
    draft = a_consent(rosa.id, given_on=timezone.localdate(at))
    noted = note_consent(member_id=valley.id, draft=draft, by=me.id, at=at)
    note_withdrawal(member_id=valley.id, consent_id=noted, by=me.id, at=at)

    page = client.get(f"/desk/{valley.slug}/record/").text

    assert "noted that Rosa took back what they had agreed to" in page


def test_lines_of_one_second_stand_as_they_came_the_last_first(valley):
    boss = a_person(valley, name="Ana").id
    acts = [f"number-{number}.work" for number in range(8)]
    with member_scope(valley.id):
        for act in acts:
            note_event(member_id=valley.id, act=act, object_id=valley.id, by=boss, at=MORNING)

    found = [row.act for row in record_of(valley.id).rows if row.act in acts]

    assert found == acts[::-1]
