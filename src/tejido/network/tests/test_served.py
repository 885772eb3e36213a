"""Counties that members serve: said, ended, undone, and how partners are found by them."""

from datetime import timedelta

import pytest

from tejido.foundation.scope import member_scope
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference
from tejido.network.domain.partners import Help
from tejido.network.domain.roles import Role
from tejido.network.models import Event, ServedCounty
from tejido.network.queries.access import MemberUnknown, NotAllowed
from tejido.network.queries.partners import PartnersWanted, partners
from tejido.network.queries.served import counties_served, served_by
from tejido.network.services.member_end import end_everything, resume_everything
from tejido.network.services.members import MemberRefused
from tejido.network.services.partners import CardIn, list_card, save_card
from tejido.network.services.served import (
    end_county,
    resume_county,
    serve_county,
    unsay_county,
)
from tejido.network.testing import MORNING, TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
KERN, INYO = "06029", "06027"
PAGE = "/desk/valley-harm-reduction/relationships/counties/"


@pytest.fixture
def boss(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Dolores")


@pytest.fixture
def act(valley, boss):
    return {"member_id": valley.id, "by": boss.id, "at": MORNING}


def serve(act, county=KERN, since=TODAY):
    return serve_county(county_fips=county, since=since, **act)


def refused(call, **said):
    with pytest.raises(MemberRefused) as refusal:
        call(**said)
    return refusal.value.code


def test_a_county_is_served_from_a_day_until_a_day_and_read_by_the_network(valley, act):
    line = serve(act, since=TODAY - timedelta(days=9))
    end_county(line_id=line, on=TODAY, **act)
    end_county(line_id=line, on=TODAY - timedelta(days=1), **act)

    (seen,) = served_by(valley.id)
    assert (seen.county_fips, seen.since, seen.until) == (
        KERN,
        TODAY - timedelta(days=9),
        TODAY,
    )
    assert counties_served(on=TODAY) == {valley.id: {KERN}}
    for outside in (TODAY + timedelta(days=1), TODAY - timedelta(days=10)):
        assert counties_served(on=outside) == {}
    with member_scope(valley.id):
        assert set(Event.objects.values_list("act", flat=True)) == {"serve.county", "end.county"}


def test_an_end_is_undone_and_a_mistake_is_read_by_nobody(valley, act):
    line = serve(act)
    end_county(line_id=line, on=TODAY, **act)
    resume_county(line_id=line, **act)
    resume_county(line_id=line, **act)
    assert served_by(valley.id)[0].until is None

    unsay_county(line_id=line, **act)

    assert served_by(valley.id) == []
    assert counties_served(on=TODAY) == {}
    with member_scope(valley.id):
        assert ServedCounty.objects.get().was_mistaken


def test_what_cannot_be_is_refused(valley, act):
    line = serve(act)

    assert refused(serve_county, county_fips=KERN, since=TODAY, **act) == "served-already"
    assert refused(serve_county, county_fips="99001", since=TODAY, **act) == "county-unknown"
    tomorrow = TODAY + timedelta(days=1)
    assert refused(serve_county, county_fips=INYO, since=tomorrow, **act) == "starts-later"
    before = TODAY - timedelta(days=1)
    assert refused(end_county, line_id=line, on=before, **act) == "ends-before-start"
    end_county(line_id=line, on=TODAY, **act)
    serve(act)
    assert refused(resume_county, line_id=line, **act) == "served-already"


def test_only_who_leads_says_it_and_no_line_of_another_member_is_reached(valley, boss, act):
    line = serve(act)
    ana = a_person(valley, Role.OUTREACH_WORKER, name="Ana")
    coast = a_member("Coast Harm Reduction")
    luz = a_person(coast, Role.PROGRAM_MANAGER, name="Luz")

    with pytest.raises(NotAllowed):
        serve({**act, "by": ana.id})
    with pytest.raises(MemberUnknown):
        serve({**act, "by": luz.id})
    said = {"member_id": coast.id, "by": luz.id, "at": MORNING, "line_id": line}
    for call in (unsay_county, resume_county):
        assert refused(call, **said) == "county-unknown"
    assert refused(end_county, on=TODAY, **said) == "county-unknown"


def test_partners_are_found_by_the_counties_that_they_serve(valley, act):
    save_card(draft=CardIn((Help.NALOXONE,)), **act)
    list_card(**act)
    line = serve(act)
    reader = a_member("Coast Harm Reduction")

    def found(on=TODAY, county=KERN):
        wanted = PartnersWanted(county=county)
        return [each.member.name for each in partners(reader.id, wanted, on=on)]

    assert found() == ["Valley Harm Reduction"]
    assert found(county=INYO) == []
    end_county(line_id=line, on=TODAY, **act)
    assert found(on=TODAY + timedelta(days=1)) == []


def test_what_a_member_served_ends_when_it_leaves_and_comes_back(valley, boss, act):
    serve(act)
    with member_scope(valley.id):
        ended = end_everything(member_id=valley.id, on=TODAY, by=boss.id, at=MORNING)
        assert served_by(valley.id)[0].until == TODAY

        resume_everything(member_id=valley.id, ended=ended)

    assert served_by(valley.id)[0].until is None


@pytest.mark.parametrize(
    ("language", "added", "undone"),
    [
        ("en", "Added: we serve Kern County.", "No county is named here yet."),
        (
            *("es", "Agregado: servimos al Condado de Kern."),
            "Aquí no se nombra todavía ningún condado.",
        ),
    ],
)
def test_the_page_adds_ends_and_undoes(client, valley, sign_in, language, added, undone):
    begin_with(quietly(load_reference))
    sign_in(valley, Role.PROGRAM_MANAGER, language=language)

    empty = client.post(f"{PAGE}add/", {})
    assert (empty.status_code, "Error:" in empty.content.decode()) == (400, True)
    sent = {"county": KERN, "since": "2026-01-05"}
    told = client.post(f"{PAGE}add/", sent, follow=True).content.decode()
    assert added in told
    assert client.post(f"{PAGE}add/", sent).status_code == 409
    line = served_by(valley.id)[0].id
    assert client.post(f"{PAGE}{line}/end/").status_code == 302
    assert client.post(f"{PAGE}{line}/resume/").status_code == 302
    gone = client.post(f"{PAGE}{line}/mistake/", follow=True).content.decode()
    assert undone in gone
    for what in ("end", "resume", "mistake"):
        assert client.post(f"{PAGE}{line}/{what}/").status_code == 404


def test_a_colleague_reads_it_and_is_offered_nothing_to_change(client, valley, act, sign_in):
    serve(act)
    sign_in(valley, Role.OUTREACH_WORKER, username="ana")

    page = client.get(PAGE).content.decode()

    assert "/end/" not in page
    assert "Add a county" not in page
