"""Two members propose, sign, change and end an agreement; what holds is asked each time."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tejido.foundation.scope import AppendOnly, member_scope
from tejido.network.domain.agreements import AgreementState, EndReason, Sharing
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.models import AgreementVersion, Event, Relationship
from tejido.network.queries.agreements import (
    agreed,
    agreement_at,
    agreements_of,
    givers_to,
)
from tejido.network.services.agreement_checks import AgreementRefused
from tejido.network.services.agreements import (
    propose_agreement,
)
from tejido.network.testing import (
    LATER,
    MORNING,
    SUMMER,
    TODAY,
    Two,
    a_member,
    an_agreement,
    some_terms,
)

pytestmark = pytest.mark.django_db
TABLE = "people-by-role"


@pytest.fixture
def two(db):
    return Two()


class Expect:
    """Expect a refusal with a code, in both languages a sentence."""

    def __init__(self, code):
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        assert isinstance(error, AgreementRefused), error
        assert error.code == self.code
        assert str(error.sentence)
        return True


def test_nothing_is_shared_before_both_have_signed(two):
    two.propose()
    proposed = two.may()
    two.sign(two.giver)
    half = two.may()
    two.sign(two.reader)

    assert (proposed, half, two.may()) == (False, False, True)


def test_an_agreement_says_who_signed_what_and_when(two):
    two.propose()
    two.sign_both()

    shown = two.seen().shown

    assert two.seen().state is AgreementState.IN_FORCE
    assert [(each.member.id, each.signed_as, each.signed_at) for each in shown.signatures] == [
        (two.giver.id, "Ana Invented", MORNING),
        (two.reader.id, "Ana Invented", MORNING),
    ]
    assert {each.digest for each in shown.signatures} == {shown.digest}


def test_either_side_ends_it_at_once_and_the_first_end_stays(two):
    two.propose()
    two.sign_both()

    two.end(two.reader, LATER)
    two.end(two.giver, LATER + timedelta(days=1))

    assert two.may(LATER - timedelta(seconds=1))
    assert not two.may(LATER)
    ended = two.seen()
    assert (ended.state, ended.end.member.id) == (AgreementState.ENDED, two.reader.id)
    assert ended.end.reason is EndReason.PEOPLE_OBJECT


def test_only_the_period_that_it_covers_is_shared(two):
    two.propose(covers_from=date(2026, 7, 1), covers_until=date(2026, 9, 30))
    two.sign_both()

    assert two.may(period=SUMMER)
    assert not two.may(period=(date(2026, 4, 1), date(2026, 6, 30)))
    assert not two.may(period=(date(2026, 7, 1), date(2026, 10, 1)))


def test_a_change_counts_only_when_both_have_signed_it(two):
    two.propose()
    two.sign_both()
    two.change(covers_from=date(2026, 10, 1))
    proposed = two.may()
    two.sign(two.reader)
    half = two.may()
    two.sign(two.giver)

    assert (proposed, half, two.may()) == (True, True, False)
    assert [each.number for each in two.seen().versions] == [2, 1]


def test_a_renewal_begins_when_the_first_time_is_over(two):
    two.propose(valid_until=TODAY + timedelta(days=9))
    two.sign_both()
    two.change(valid_from=TODAY + timedelta(days=10))
    two.sign_both()

    numbers = [
        agreed(
            giver=two.giver.id,
            reader=two.reader.id,
            table=TABLE,
            at=MORNING + timedelta(days=days),
        ).version
        for days in (0, 9, 10)
    ]

    assert numbers == [1, 1, 2]


def test_signing_a_text_that_changed_since_it_was_read_is_refused_and_signs_nothing(two):
    two.propose()
    read = two.seen().newest.digest
    two.change(text_en="Other words.")

    with Expect("text-changed"):
        two.sign(two.reader, digest=read)

    assert two.seen().newest.signatures == ()


def test_signing_twice_is_refused_and_changes_nothing(two):
    two.propose()
    two.sign(two.giver)

    with Expect("signed-already"):
        two.sign(two.giver, LATER, name="Somebody Else")

    assert [each.signed_as for each in two.seen().newest.signatures] == ["Ana Invented"]


def test_signing_what_the_other_ended_meanwhile_is_refused(two):
    two.propose()
    two.sign(two.giver)
    two.end(two.giver)

    with Expect("ended"):
        two.sign(two.reader, LATER)
    with Expect("ended"):
        two.change(LATER)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_signing_without_a_name_is_refused(two, name):
    two.propose()

    with Expect("name-empty"):
        two.sign(two.giver, name=name)


def test_signing_after_its_last_day_is_refused(two):
    two.propose(valid_until=TODAY)

    with Expect("over"):
        two.sign(two.giver, MORNING + timedelta(days=2))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"valid_until": date(2026, 11, 19)}, "valid-turned"),
        ({"covers_until": date(2025, 1, 1)}, "covers-turned"),
        ({"tables": ()}, "no-table"),
        ({"tables": ("names-of-people",)}, "table-unknown"),
        ({"text_es": ""}, "text-empty"),
        ({"sharing": Sharing.NETWORK}, "not-for-all"),
        ({"sharing": Sharing.AUTHORIZER}, "not-answered"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_nothing_is_kept(two, changed, code):
    with Expect(code):
        two.propose(**changed)

    assert agreements_of(two.giver.id, at=LATER) == []


def test_an_agreement_with_oneself_or_with_nobody_or_between_others_is_refused(two):
    third = a_member("Third Member")

    def propose(giver, receiver):
        propose_agreement(
            acting_for=two.giver.id,
            giver=giver,
            receiver=receiver,
            terms=some_terms(),
            by=two.people[two.giver.id],
            at=MORNING,
        )

    with Expect("same-member"):
        propose(two.giver.id, two.giver.id)
    with Expect("member-unknown"):
        propose(two.giver.id, uuid4())
    with Expect("not-one-of-two"):
        propose(two.reader.id, third.id)


def test_a_second_agreement_for_the_same_time_is_refused_until_the_first_is_ended(two):
    two.propose()
    with Expect("overlaps"):
        two.propose()
    two.end(two.giver, MORNING)

    assert two.propose(at=LATER)


def test_an_agreement_of_others_is_not_there(two):
    two.propose()
    third = Two()
    third.id = two.id

    assert agreement_at(third.giver.id, two.id, at=LATER) is None
    for act in (third.change, lambda: third.end(third.giver)):
        with Expect("agreement-unknown"):
            act()


def test_an_authorizer_sees_what_the_member_that_it_authorizes_signed(two):
    with member_scope(two.reader.id):
        Relationship.objects.create(
            from_member=two.reader,
            to_member=two.giver,
            kind=RelationshipKind.AUTHORIZES,
            since=TODAY,
        )
    two.propose(sharing=Sharing.AUTHORIZER)
    two.sign_both()

    assert two.may()


@pytest.mark.parametrize("change", [{"until": TODAY}, {"until": TODAY, "was_mistaken": True}])
def test_who_authorizes_no_more_sees_no_more(two, change):
    with member_scope(two.reader.id):
        Relationship.objects.create(
            from_member=two.reader,
            to_member=two.giver,
            kind=RelationshipKind.AUTHORIZES,
            since=TODAY,
        )
    two.propose(sharing=Sharing.AUTHORIZER)
    two.sign_both()
    with member_scope(two.reader.id):
        Relationship.objects.update(**change)

    assert two.may() is not change.get("was_mistaken", False)
    assert not two.may(LATER + timedelta(days=1))


def test_what_a_coalition_signed_for_the_network_reaches_every_other_member():
    two = Two(MemberKind.COALITION)
    third = a_member("Third Member")
    two.propose(sharing=Sharing.NETWORK)
    two.sign_both()

    asked = {"table": TABLE, "at": LATER}
    assert agreed(giver=two.giver.id, reader=third.id, **asked)
    assert [each.id for each, _agreed in givers_to(third.id, TABLE, at=LATER)] == [two.giver.id]
    assert agreed(giver=two.reader.id, reader=third.id, **asked) is None
    two.end(two.reader)
    assert agreed(giver=two.giver.id, reader=third.id, **asked) is None


def test_what_is_done_to_an_agreement_stands_in_the_record_of_both(two):
    two.propose()
    two.sign_both()
    two.end(two.reader)

    for member in (two.giver, two.reader):
        with member_scope(member.id):
            acts = [each.act for each in Event.objects.order_by("happened_at", "id")]
        assert sorted(acts) == [
            "propose.agreement",
            "revoke.agreement",
            "sign.agreement",
            "sign.agreement",
        ]


def test_a_version_is_never_changed(two):
    an_agreement(two.giver, two.reader)

    with member_scope(two.giver.id), pytest.raises(AppendOnly):
        AgreementVersion.objects.update(text_en="Other words.")
