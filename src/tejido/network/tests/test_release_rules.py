"""What a tribal partner asks of a release: its own rule, its own yes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tejido.disclosure.queries import period_words
from tejido.foundation.quarters import quarter_of
from tejido.foundation.scope import AppendOnly, member_scope
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference
from tejido.network.domain.roles import Role
from tejido.network.models import Event, ReleaseRule
from tejido.network.queries.release_rules import (
    answers_of,
    partners_before,
    quarters_to_answer,
    rule_of,
)
from tejido.network.services.release_rules import (
    ReleaseRuleRefused,
    RuleIn,
    answer_release,
    set_rule,
)
from tejido.network.services.tribal_partners import (
    MarkRefused,
    mark_tribal_partner,
    unmark_tribal_partner,
)
from tejido.network.testing import MORNING, a_member, a_person, a_tribal_partner

pytestmark = pytest.mark.django_db
UNKNOWN = "00000000-0000-4000-8000-00000000dead"
SUBJECT, PERIOD = "unmet-searches", "2026-Q3"
PAGE = "/desk/valley-harm-reduction/release-rules/"


@pytest.fixture
def valley():
    return a_tribal_partner("Valley Harm Reduction")


@pytest.fixture
def boss(valley):
    return a_person(valley, Role.PROGRAM_MANAGER, name="Ana")


def keep(valley, boss, at=MORNING, **changed):
    said = {"counties": ["06023"], "threshold": 20, "words_en": "Ours."} | changed
    set_rule(member_id=valley.id, rule=RuleIn(**said), by=boss.id, at=at)


def answer(valley, boss, *, says_yes=True, at=MORNING, period=PERIOD, name="Ana"):
    answer_release(
        member_id=valley.id,
        subject=SUBJECT,
        period=period,
        says_yes=says_yes,
        signed_as=name,
        by=boss.id,
        at=at,
    )


def test_without_an_answer_it_is_no_and_a_yes_is_for_one_release(valley, boss):
    keep(valley, boss)
    before = partners_before(SUBJECT, PERIOD)
    answer(valley, boss)

    (after,), (other,) = partners_before(SUBJECT, PERIOD), partners_before(SUBJECT, "2026-Q4")
    assert [each.rule.says_yes for each in before] == [False]
    assert (after.rule.says_yes, other.rule.says_yes) == (True, False)
    assert (after.member, after.words_en) == ("Valley Harm Reduction", "Ours.")
    assert (after.rule.places, after.rule.threshold) == ({"06023"}, 20)


def test_the_newest_answer_and_the_newest_rule_count(valley, boss):
    keep(valley, boss)
    answer(valley, boss)
    answer(valley, boss, says_yes=False, at=MORNING + timedelta(hours=1))
    keep(valley, boss, at=MORNING + timedelta(hours=1), counties=["06015", "06023"])

    (seen,) = partners_before(SUBJECT, PERIOD)

    assert not seen.rule.says_yes
    assert seen.rule.places == {"06015", "06023"}
    assert [each.says_yes for each in answers_of(valley.id, SUBJECT)] == [False, True]


def test_a_partner_that_asks_no_more_keeps_nothing_back(valley, boss):
    keep(valley, boss)
    keep(valley, boss, at=MORNING + timedelta(hours=1), counties=[], holds=False)

    assert partners_before(SUBJECT, PERIOD) == []
    assert rule_of(valley.id) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"counties": []}, "county-unknown"),
        ({"counties": ["Fresno"]}, "county-unknown"),
        ({"threshold": 10}, "threshold-low"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(valley, boss, changed, code):
    with pytest.raises(ReleaseRuleRefused) as refusal:
        keep(valley, boss, **changed)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"period": "2026"}, "period-unknown"),
        ({"period": "2026-Q4"}, "period-closed"),
        ({"name": " "}, "name-empty"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(valley, boss, changed, code):
    with pytest.raises(ReleaseRuleRefused) as refusal:
        answer(valley, boss, **changed)

    assert refusal.value.code == code


def test_a_rule_is_never_changed_in_place(valley, boss):
    keep(valley, boss)

    with member_scope(valley.id), pytest.raises(AppendOnly):
        ReleaseRule.objects.update(threshold=11)


def test_a_partner_sets_its_rule_and_signs_its_answer_at_the_desk(client, valley, sign_in):
    begin_with(quietly(load_reference))
    sign_in(valley, Role.PROGRAM_MANAGER)
    rule = {"act": "rule", "rule-counties": ["06023", "06003"], "rule-threshold": "12"}
    today = timezone.localdate()
    period, running = str(quarters_to_answer(SUBJECT, today=today)[0]), str(quarter_of(today))
    said = {"act": "answer", "answer-period": period, "answer-says": "yes"}

    empty = client.get(PAGE)
    kept = client.post(PAGE, rule, follow=True)
    unsigned = client.post(PAGE, said)
    signed = client.post(PAGE, said | {"answer-signed_as": "Dolores Invented"}, follow=True)
    early = client.post(PAGE, said | {"answer-period": running, "answer-signed_as": "Dolores"})
    low = client.post(PAGE, rule | {"rule-threshold": "5"})
    ended = client.post(PAGE, {"act": "rule", "rule-threshold": "11"}, follow=True)

    assert "Your data is yours" in empty.text
    assert "Your rule holds for: Alpine County, Humboldt County. The smallest" in kept.text
    assert kept.text.count('type="checkbox" name="rule-counties"') == 58
    assert "checks--many" in kept.text
    assert (unsigned.status_code, low.status_code) == (400, 400)
    assert "Write your name to sign" in unsigned.text
    assert "Dolores Invented" in signed.text
    assert f'<th scope="row">{period_words(period)}</th>' in signed.text
    assert early.status_code == 400
    assert "This quarter is not over yet, or it is released already." in early.text
    assert "Write 11 or more" in low.text
    assert "Your rule holds" not in ended.text


def test_who_is_not_marked_and_has_no_rule_writes_none_and_is_told_whom_to_ask(client, sign_in):
    coast = a_member("Coast")
    sign_in(coast, Role.PROGRAM_MANAGER)
    page = "/desk/coast/release-rules/"

    menu = client.get("/desk/coast/agreements/").text
    told = client.get(page).text
    refused = client.post(page, {"act": "rule", "rule-threshold": "11"})

    assert "release-rules" not in menu
    assert "ask a network coordinator to mark it" in told
    assert "Keep this rule" not in told
    assert refused.status_code == 409
    assert "Only tribal partners keep counts back." in refused.text


def test_whoever_loses_the_mark_keeps_its_rule_and_may_still_change_it(client, valley, sign_in):
    begin_with(quietly(load_reference))
    boss = sign_in(valley, Role.PROGRAM_MANAGER)
    keep(valley, boss)
    mark(valley, off=True)

    page = client.get(PAGE).text
    keep(valley, boss, at=MORNING + timedelta(hours=1), threshold=30)

    assert "took off the mark" in page
    assert "Your rule holds" in page
    assert "release-rules" in client.get("/desk/valley-harm-reduction/agreements/").text
    assert [each.rule.threshold for each in partners_before(SUBJECT, PERIOD)] == [30]


def test_whoever_lost_the_mark_and_drops_its_rule_writes_no_more(valley, boss):
    keep(valley, boss)
    mark(valley, off=True)
    keep(valley, boss, at=MORNING + timedelta(hours=1), counties=[], holds=False)

    with pytest.raises(ReleaseRuleRefused) as refusal:
        keep(valley, boss, at=MORNING + timedelta(hours=2))

    assert refusal.value.code == "not-tribal-partner"


def test_a_mark_is_written_in_the_record_of_both_once(valley, coalition, inez):
    coast = a_member("Coast")
    for off in (False, False, True, True):
        mark(coast, off=off, acting_for=coalition, by=inez)

    wanted = ["mark.tribal-partner", "unmark.tribal-partner"]
    assert marks_in(coast) == marks_in(coalition) == wanted


def test_a_member_that_left_cannot_be_marked(coalition, inez):
    gone = a_member("Coast")
    gone.until = MORNING.date()
    gone.save()

    with pytest.raises(MarkRefused):
        mark(gone, acting_for=coalition, by=inez)


def test_a_coordinator_marks_a_member_and_undoes_it_on_the_page(client, coalition, sign_in):
    coast = a_member("Coast")
    sign_in(coalition, Role.NETWORK_COORDINATOR)
    address = f"/desk/golden-thread/members/{coast.id}/tribal-partner/"

    marked = client.post(address, follow=True).text
    undone = client.post(address, {"off": "1"}, follow=True).text
    nobody = client.post(f"/desk/golden-thread/members/{UNKNOWN}/tribal-partner/")

    assert "Coast is marked as a tribal partner" in marked
    assert "Coast is not marked as a tribal partner" in undone
    assert "marked a member as a tribal partner: Coast" in record(client)
    assert nobody.status_code == 404


def record(client):
    return client.get("/desk/golden-thread/record/").text


def marks_in(member):
    with member_scope(member.id):
        acts = Event.objects.filter(act__endswith="tribal-partner").order_by("act")
        return list(acts.values_list("act", flat=True))


def mark(member, *, off=False, acting_for=None, by=None):
    """Set the mark; in the name of a coalition of its own where none is named."""
    act = unmark_tribal_partner if off else mark_tribal_partner
    place = acting_for or a_member("Marking Coalition")
    who = by or a_person(place, Role.NETWORK_COORDINATOR, name="Inez")
    act(member_id=member.id, acting_for=place.id, by=who.id, at=MORNING)
