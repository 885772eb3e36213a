from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tejido.directory.domain.clocks import Clock, FieldGroup, PlaceKind
from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.domain.plan import PartDue, calls_in_a_month, calls_that_fit
from tejido.directory.domain.vocabulary import Mode, Tier
from tejido.directory.models import Call, LastConfirmed
from tejido.directory.queries.due import count_due, due_plan, due_programs
from tejido.directory.services.acts import COMMAND
from tejido.directory.services.clocks import set_clocks, set_pace
from tejido.directory.testing import a_service, a_source, an_id, stored
from tejido.directory.tests.desk_pages import address, form_of

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
# Lists are of November 1; so hours of vans are believed until December 1, others January 30.
VAN_DUE, HOUSE_DUE = date(2026, 12, 2), date(2027, 1, 31)


def of(program, name=None, **changes):
    draft = OrganizationDraft(an_id(f"organization {program}"), program)
    changes = {"tier": Tier.CORE, **changes}
    return a_service(name or f"Service of {program}", organization=draft, **changes)


def week(hours, minutes=15):
    set_pace(minutes_a_sheet=minutes, minutes_a_week=hours * 60, actor=COMMAND, at=AT)


@pytest.mark.parametrize(
    ("minutes", "sheet", "calls"), [(240, 15, 16), (0, 15, 0), (14, 15, 0), (100, 30, 3)]
)
def test_calls_that_fit_are_whole_calls(minutes, sheet, calls):
    assert calls_that_fit(minutes=minutes, minutes_a_sheet=sheet) == calls


def test_a_month_holds_four_weeks_and_two_days_of_calls():
    assert calls_in_a_month(7) == 30


def test_nothing_is_due_before_its_day_and_hours_of_a_van_are_first():
    stored(of("Van", mode=Mode.MOBILE), of("House"))

    assert due_plan(today=VAN_DUE - timedelta(days=1)).waiting == 0
    plan = due_plan(today=VAN_DUE)

    (program,) = plan.programs
    assert (program.name, program.parts, program.listings) == ("Van", 1, 1)
    assert program.worst == Clock(FieldGroup.HOURS, Tier.CORE, PlaceKind.MOBILE)
    assert program.oldest == date(2026, 11, 1)


def test_what_nobody_confirmed_is_due_at_once():
    stored(of("Unknown"), source=a_source(trusted=False))

    (program,) = due_plan(today=date(2026, 11, 20)).programs

    assert program.parts == 5


def test_a_context_listing_is_never_due_until_a_coordinator_starts_its_clock():
    stored(of("Pantry", tier=Tier.CONTEXT))
    clock = Clock(FieldGroup.PHONE, Tier.CONTEXT, PlaceKind.FIXED)
    assert due_plan(today=date(2030, 1, 1)).waiting == 0

    set_clocks(days={clock: 180}, why="Numbers change", actor=COMMAND, on=AT.date(), at=AT)

    (program,) = due_plan(today=date(2030, 1, 1)).programs
    assert (program.name, program.worst) == ("Pantry", clock)


def test_who_has_hours_due_is_called_before_who_has_only_an_address_due():
    stored(of("Address only"), source=a_source("old", published_on=date(2025, 6, 1)))
    LastConfirmed.objects.exclude(clock__gte=16).update(since=date(2026, 11, 1))
    stored(of("Van", mode=Mode.MOBILE), of("House"), of("House", "Second"))

    names = [program.name for program in due_programs(today=HOUSE_DUE)]

    assert names == ["Van", "House", "Address only"]


def test_what_fits_is_shown_and_what_is_left_is_counted():
    stored(*(of(f"Program {number:02}") for number in range(10)))
    assert due_plan(today=HOUSE_DUE).parts[FieldGroup.HOURS] == PartDue(10, 10, 10)

    week(1, minutes=60)

    plan = due_plan(today=HOUSE_DUE)
    assert (plan.calls_a_week, len(plan.programs), plan.waiting) == (1, 1, 10)
    # One call a week is four in the month ahead.
    assert plan.parts[FieldGroup.HOURS] == PartDue(now=10, within=10, left=6)


def test_a_team_with_enough_time_leaves_nothing():
    stored(of("One"), of("Two"))
    week(2, minutes=15)

    plan = due_plan(today=HOUSE_DUE)

    assert {part.left for part in plan.parts.values()} == {0}
    assert len(plan.programs) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_takes_as_many_queries_for_one_program_as_for_three(
    count, django_assert_num_queries
):
    stored(*(of(f"Program {number}") for number in range(count)))
    week(4)

    with django_assert_num_queries(10):
        due_plan(today=HOUSE_DUE)


def test_count_due_counts_listings_whose_hours_are_due():
    stored(of("Van", mode=Mode.MOBILE), of("House"))

    assert count_due(today=VAN_DUE) == 1
    assert count_due(today=HOUSE_DUE) == 2


# At the desk.


def old(*drafts):
    stored(*drafts, source=a_source("old", published_on=date(2020, 1, 1)))


def test_the_page_says_what_waits_and_asks_for_the_time(client, steward, words_of):
    old(of("Harbor"), of("Valley"))

    page = client.get(address("due"))

    assert "2 programs have something to confirm." in words_of(page)
    assert "How much time do you have?" in words_of(page)
    assert "Hours: 2 listings" in words_of(page)
    assert "people are told to call first" in words_of(page)


def test_a_steward_says_how_much_time_there_is_and_sees_what_fits(client, steward, words_of):
    old(*(of(f"Program {number:02}") for number in range(9)))
    sent = form_of(client, address("due")) | {"hours": "0.5", "minutes": "30"}

    page = client.post(address("pace"), sent, follow=True)

    assert "Hours a week: 0.5. That is 1 call a week." in words_of(page)
    assert "8 programs more wait." in words_of(page)
    assert "Hours: 5 listings" in words_of(page)


def test_time_that_nobody_has_is_said_at_the_field_and_stays(client, steward, words_of):
    sent = form_of(client, address("due")) | {"hours": "many", "minutes": "0"}

    page = client.post(address("pace"), sent)

    assert page.status_code == 400
    assert "Write hours from 0 to 168" in words_of(page)
    assert "Write whole minutes from 1 to 480" in words_of(page)
    assert 'value="many"' in page.content.decode()


def test_with_nothing_due_the_page_says_so(client, steward, words_of):
    stored(of("Harbor"), source=a_source(published_on=timezone.localdate()))

    assert "Nothing is due today." in words_of(client.get(address("due")))


def test_the_table_names_every_program_without_formulas(client, steward):
    old(of("=Harbor"), of("Valley"))

    answer = client.get(address("due-table"))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Program,Due first,Kind of place,Since,Parts due,Listings"
    assert len(lines) == 3
    assert not [line for line in lines if line.startswith("=")]


def test_the_desk_asks_for_hours_that_are_due(client, steward, words_of):
    old(of("Harbor"))

    said = words_of(client.get("/desk/valley-harm-reduction/"))

    assert "Confirm the hours of 1 listing" in said


def test_the_page_in_spanish(client, sign_in, words_of):
    sign_in("steward", language="es")
    old(of("Harbor"))

    said = words_of(client.get(address("due")))

    assert "1 programa tiene algo que confirmar." in said


def test_the_list_says_what_came_of_the_last_call(client, steward, words_of):
    old(of("Harbor"))
    program = an_id("organization Harbor")
    Call.objects.create(organization=program, at=AT, channel="phone", outcome="wrong-number")

    assert "Wrong number" in words_of(client.get(address("due")))
