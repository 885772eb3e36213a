"""Whatever two members do with an agreement, in whatever order, against a model of a few lines."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tejido.foundation.days import local_day
from tejido.foundation.testing import examples
from tejido.network.services.agreement_checks import AgreementRefused
from tejido.network.testing import MORNING, Two

pytestmark = pytest.mark.django_db
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["sign giver", "sign reader", "change", "close giver", "close reader", "end reader"]
        ),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    max_size=8,
)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS, st.integers(0, 6), st.integers(0, 6))
def test_sharing_holds_exactly_when_both_signed_what_is_in_force_and_nobody_ended_it(
    acts, first, length
):
    """Whatever order of acts, a day between each, held against a model of a few lines."""
    two, now, ended = Two(), MORNING, False
    refusals: set[str] = set()
    spans = [(first, first + length)]
    signed: list[dict[str, int]] = [{}]
    two.propose(**span_of(spans[0]))
    for day, (act, start, lasts) in enumerate(acts, 1):
        now = MORNING + timedelta(days=day)
        verb, _space, who = act.partition(" ")
        member = two.giver if who == "giver" else two.reader
        try:
            if verb == "sign":
                two.sign(member, now)
                signed[-1][who] = day
            elif verb == "change":
                two.change(now, **span_of((day + start, day + start + lasts)))
                spans.append((day + start, day + start + lasts))
                signed.append({})
            elif verb == "close":
                two.close(member, now)
                assert len(signed[-1]) < 2
            else:
                two.end(member, now)
                ended = True
        except AgreementRefused as refusal:
            refusals.add(refusal.code)
        begun = [
            span
            for span, who_signed in zip(spans, signed, strict=True)
            if len(who_signed) == 2 and span[0] <= day
        ]
        holds = not ended and bool(begun) and begun[-1][1] >= day
        assert two.may(now) is holds
    assert refusals <= {"ended", "signed-already", "over", "closed", "signed-by-both"}


def span_of(days):
    start, end = (local_day(MORNING + timedelta(days=each)) for each in days)
    return {"valid_from": start, "valid_until": end}
