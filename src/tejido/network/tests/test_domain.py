import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tejido.network.domain.members import (
    LONGEST_SLUG,
    MemberKind,
    RelationshipKind,
    is_california_county,
    slug_of,
)
from tejido.network.domain.permissions import MATRIX, Permission, is_allowed
from tejido.network.domain.roles import REACH, Role, is_above, reach_of
from tejido.network.role_words import CLAUSES, may_words, said_of
from tejido.network.wording import MEMBER_KINDS, RELATIONSHIPS, ROLES

roles = st.sets(st.sampled_from(Role))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Valley Harm Reduction", "valley-harm-reduction"),
        ("Reducción de Daños del Río", "reduccion-de-danos-del-rio"),
        ("  Eureka — North / South  ", "eureka-north-south"),
        ("!!!", ""),
        ("Language", ""),
        ("語", ""),
    ],
)
def test_slug_is_plain_and_never_hides_a_page(name, slug):
    assert slug_of(name) == slug


@given(st.text(max_size=300))
def test_slug_fits_and_is_its_own_slug(name):
    slug = slug_of(name)

    assert len(slug) <= LONGEST_SLUG
    assert slug_of(slug) == slug


@pytest.mark.parametrize(
    ("fips", "known"),
    [("06019", True), ("06001", True), ("6019", False), ("36061", False), ("06019\n", False)],
)
def test_county_keeps_its_leading_zero(fips, known):
    assert is_california_county(fips) is known


@given(roles, roles)
def test_nobody_is_above_a_superset_of_their_roles(some, more):
    assert not is_above(some, own=some | more)


def test_reach_of_nobody_is_nothing_and_everybody_is_above_them():
    assert reach_of([]) == 0
    assert all(is_above([role], own=[]) for role in Role)


@pytest.mark.parametrize(
    ("given_role", "own", "above"),
    [
        (Role.NETWORK_COORDINATOR, Role.PROGRAM_MANAGER, True),
        (Role.PROGRAM_MANAGER, Role.PROGRAM_MANAGER, False),
        (Role.PROGRAM_MANAGER, Role.OUTREACH_WORKER, True),
        (Role.TRAINEE, Role.PROGRAM_MANAGER, False),
    ],
)
def test_a_role_is_above_one_that_reaches_less_far(given_role, own, above):
    assert is_above([given_role], own=[own]) is above


@given(roles, st.sampled_from(Permission))
def test_several_roles_may_what_any_of_them_may(some, permission):
    assert is_allowed(some, permission) == any(is_allowed([role], permission) for role in some)


def test_every_permission_has_a_line_and_names_verb_object_scope():
    assert set(MATRIX) == set(Permission)
    assert all(len(permission.split(".")) == 3 for permission in Permission)
    assert set(REACH) == set(Role)


def test_everything_has_words():
    assert set(ROLES) == set(Role)
    assert set(MEMBER_KINDS) == set(MemberKind)
    assert set(RELATIONSHIPS) == {
        (kind, outward) for kind in RelationshipKind for outward in (True, False)
    }


@pytest.mark.parametrize("role", Role)
def test_the_sentence_of_a_role_tells_every_permission_that_it_has_and_no_other(role):
    told, sentence = said_of(role)

    assert told == {permission for permission, roles in MATRIX.items() if role in roles}
    assert re.fullmatch(r"[A-Z][^.]+\.", sentence)


def test_every_clause_of_such_a_sentence_is_said_of_some_role_and_in_spanish_too():
    with override("es"):
        said = " ".join(may_words(role) for role in Role).casefold()

        assert [
            str(clause) for _told, clause in CLAUSES if str(clause).casefold() not in said
        ] == []
        assert may_words(Role.TRANSLATOR).endswith("corregir y revisar traducciones.")
