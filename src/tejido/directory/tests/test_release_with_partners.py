"""What a tribal partner keeps back leaves in no number, and in no sum, before its own yes."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils import timezone

from tejido.accounts.testing import an_account
from tejido.directory.domain.unmet_pools import Together
from tejido.directory.queries.unmet import STATE, draft_unmet
from tejido.directory.queries.unmet_lines import unmet_lines
from tejido.directory.reference import load_reference as load_needs
from tejido.directory.services.release_unmet import release_unmet
from tejido.directory.services.unmet import add_unmet
from tejido.directory.web.release_tasks import releases_to_answer
from tejido.disclosure.queries import period_words
from tejido.foundation.quarters import Quarter
from tejido.foundation.scope import member_scope
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_places
from tejido.network.domain.roles import Role
from tejido.network.queries.access import seen
from tejido.network.queries.release_rules import quarters_to_answer
from tejido.network.services.release_rules import (
    ReleaseRuleRefused,
    RuleIn,
    answer_release,
    set_rule,
)
from tejido.network.testing import MORNING, a_member, a_person, a_tribal_partner

pytestmark = pytest.mark.django_db
HUMBOLDT, FRESNO, KERN = "06023", "06019", "06029"
THIRD, FOURTH = Quarter(2026, 3), Quarter(2026, 4)
LATE = datetime(2027, 1, 15, 12, tzinfo=UTC)
SUMMER, WINTER = date(2026, 7, 4), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def places():
    begin_with(quietly(load_places), quietly(load_needs))


@pytest.fixture
def partner(db):
    """A partner that keeps back Humboldt, and who leads there."""
    member = a_tribal_partner()
    boss = a_person(member, Role.PROGRAM_MANAGER)
    rule = RuleIn([HUMBOLDT], threshold=11, words_en="Ask us.", words_es="Pregunten.")
    set_rule(member_id=member.id, rule=rule, by=boss.id, at=MORNING)
    return member, boss


def count(day: date) -> None:
    add_unmet({("naloxone", place, day): 40 for place in (HUMBOLDT, FRESNO, KERN)})


def yes(partner, quarter, at=LATE):
    member, boss = partner
    answer_release(
        member_id=member.id,
        subject="unmet-searches",
        period=str(quarter),
        says_yes=True,
        signed_as="Ana",
        by=boss.id,
        at=at,
    )


def shown(quarter):
    return draft_unmet(quarter).tables["naloxone"].shown


def test_its_county_and_the_state_with_it_stay_in_until_it_says_yes(partner):
    count(SUMMER)
    silent = shown(THIRD)

    yes(partner, THIRD)

    assert silent.keys() & {(HUMBOLDT, "2026-Q3"), (STATE, "2026-Q3")} == set()
    assert silent[KERN, "2026-Q3"] == 40
    assert shown(THIRD)[HUMBOLDT, "2026-Q3"] == 40
    assert shown(THIRD)[STATE, "2026-Q3"] == 120


def test_its_county_is_named_as_not_shown_whatever_it_counts(partner):
    count(SUMMER)

    (line,) = unmet_lines(draft_unmet(THIRD).tables, "2026-Q3", "en")

    assert "Humboldt" in line.hidden
    assert line.state is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/unmet/", "2 numbers by county; the sum for California is not shown"),
        ("/es/unmet/", "2 números por condado; la suma de California no se muestra"),
    ],
)
def test_a_need_without_a_sum_says_that_there_are_counties(client, partner, path, words):
    count(SUMMER)
    release_unmet(quarter=THIRD, released_by=UUID(int=7), today=date(2027, 1, 15), at=LATE)

    page = " ".join(client.get(path).text.split())

    assert words in page


def test_a_yes_to_the_last_quarter_is_none_to_the_year(partner):
    count(SUMMER)
    count(WINTER)
    release_unmet(quarter=THIRD, released_by=UUID(int=7), today=date(2027, 1, 15), at=LATE)
    yes(partner, FOURTH)

    now = shown(FOURTH)

    assert now[HUMBOLDT, "2026-Q4"] == 40
    assert now.keys() & {(HUMBOLDT, "2026"), (STATE, "2026")} == set()
    assert now[KERN, "2026"] == 80


def test_a_quarter_that_has_left_takes_no_answer(partner):
    count(SUMMER)
    release_unmet(quarter=THIRD, released_by=UUID(int=7), today=date(2027, 1, 15), at=LATE)

    with pytest.raises(ReleaseRuleRefused) as refusal:
        yes(partner, THIRD)

    assert refusal.value.code == "period-closed"
    assert "released already" in str(refusal.value.sentence)


def test_a_yes_to_the_last_quarter_is_none_to_quarters_or_counties_together(partner):
    count(SUMMER)
    count(WINTER)
    yes(partner, FOURTH)

    halves = draft_unmet(FOURTH, Together(quarters=2)).tables["naloxone"]
    pools = draft_unmet(THIRD, Together(people=100_000)).tables["naloxone"]

    kept = {(HUMBOLDT, "2026-Q3-Q4"), (STATE, "2026-Q3-Q4")}
    assert kept <= halves.hidden
    assert halves.shown[HUMBOLDT, "2026-Q4"] == 40
    assert halves.shown[KERN, "2026-Q3-Q4"] == 80
    assert (f"06015+{HUMBOLDT}", "2026-Q3") in pools.hidden


def test_two_quarters_under_its_threshold_do_not_tell_each_other(partner):
    member, boss = partner
    rule = RuleIn([HUMBOLDT], threshold=30)
    set_rule(member_id=member.id, rule=rule, by=boss.id, at=LATE)
    for quarter, day in ((THIRD, SUMMER), (FOURTH, WINTER)):
        yes(partner, quarter)
        add_unmet({("naloxone", HUMBOLDT, day): 29})

    drafts = [draft_unmet(THIRD), draft_unmet(FOURTH, Together(quarters=2))]

    # Of 29 and 29 nothing is shown; whoever knows that could read both out of 58.
    assert [draft.numbers for draft in drafts] == [0, 0]


def test_a_partner_reads_on_its_first_page_that_a_release_waits_until_it_answered(partner):
    member, _boss = partner
    now = timezone.localdate()
    first, second = quarters_to_answer("unmet-searches", today=now)[:-3:-1]
    add_unmet({("naloxone", KERN, first.begins): 40})
    leads = frozenset([Role.PROGRAM_MANAGER])

    def told(roles=leads):
        with member_scope(member.id):
            return [task.words for task in releases_to_answer(seen(member), roles)]

    before, to_others = told(), told(frozenset([Role.OUTREACH_WORKER]))
    yes(partner, first, at=timezone.now())

    words = "Answer for your counties: searches that found nothing near, "
    assert before == [f"{words}{period_words(str(first))}"]
    assert to_others == []
    assert told() == [f"{words}{period_words(str(second))}"]


def test_who_releases_reads_which_partner_has_not_said_yes_in_its_own_words(client, partner):
    add_unmet({("naloxone", place, date(2026, 1, 4)): 40 for place in (HUMBOLDT, KERN)})
    valley = a_member()
    account = an_account("inez", language="es")
    a_person(valley, Role.NETWORK_COORDINATOR, id=account.id)
    client.force_login(account)

    page = client.get("/desk/valley-harm-reduction/directory/unmet/")

    assert "Invented Tribal Partner no ha dicho que sí" in page.text
    assert "Condado de Humboldt" in page.text
    assert "Pregunten." in page.text
