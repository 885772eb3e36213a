import re

import pytest

from tejido.foundation.scope import member_scope
from tejido.network.domain.members import RelationshipKind
from tejido.network.domain.roles import Role
from tejido.network.models import Membership, Relationship, RoleGrant
from tejido.network.queries.access import roles_of
from tejido.network.testing import TODAY, a_member, a_person

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-4000-8000-00000000dead"
HOME = "/desk/valley-harm-reduction/"
PEOPLE = f"{HOME}people/"


def membership_id(member, person):
    with member_scope(member.id):
        return Membership.objects.get(person=person).id


def grant_id(member, person, role):
    with member_scope(member.id):
        return RoleGrant.objects.get(membership__person=person, role=role).id


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def every_address(member, person):
    their = membership_id(member, person)
    return [
        ("get", f"/desk/{member.slug}/", {}),
        ("get", f"/desk/{member.slug}/people/", {}),
        ("post", f"/desk/{member.slug}/people/give/", {"membership": their, "role": "steward"}),
        (
            "post",
            f"/desk/{member.slug}/people/take/",
            {"grant": grant_id(member, person, Role.ADVOCATE)},
        ),
        ("get", f"/desk/{member.slug}/people/{their}/end/", {}),
        ("post", f"/desk/{member.slug}/people/{their}/end/", {}),
        ("post", f"/desk/{member.slug}/people/{their}/resume/", {}),
    ]


def answer(client, how, where, what):
    return getattr(client, how)(where, what).status_code


# Who gets in: owner, colleague, stranger, nobody.


def test_a_manager_reaches_every_page(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    answers = [
        getattr(client, how)(where, what) for how, where, what in every_address(valley, rosa)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 302, 302, 200, 302, 302]


def test_a_colleague_sees_and_does_not_change(client, valley, rosa, sign_in):
    sign_in(valley, Role.OUTREACH_WORKER)

    answers = [
        getattr(client, how)(where, what) for how, where, what in every_address(valley, rosa)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 403, 403, 403, 403, 403]
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.ADVOCATE}


def test_a_trainee_does_not_see_who_works_there(client, valley, sign_in):
    sign_in(valley, Role.TRAINEE)

    assert client.get(PEOPLE).status_code == 403
    assert b"people/" not in client.get(HOME).content


@pytest.mark.parametrize(
    ("language", "way"), [("en", "Back to the desk"), ("es", "Volver al escritorio")]
)
def test_a_refusal_speaks_the_language_of_the_account_and_leads_back(
    client, valley, sign_in, language, way
):
    user = sign_in(valley, Role.TRAINEE)
    type(user).objects.filter(pk=user.pk).update(language=language)

    page = client.get(PEOPLE).content.decode()
    assert f'<html lang="{language}">' in page
    assert way in page
    assert "hreflang" not in page


def test_a_page_of_the_desk_that_is_not_there_leads_back(client, valley, sign_in):
    sign_in(valley, Role.OUTREACH_WORKER)

    page = words_of(client.get(f"{HOME}contacts/{NOBODY}/"))

    assert "Page not found" in page
    assert "Back to the desk" in page


def test_a_strangers_member_and_no_member_look_the_same(client, valley, rosa, sign_in):
    coast = a_member("Coast Harm Reduction")
    sign_in(coast, *Role)
    missing = "/desk/no-such-member"

    for how, where, what in every_address(valley, rosa):
        foreign = getattr(client, how)(where, what)
        absent = getattr(client, how)(where.replace(HOME.rstrip("/"), missing), what)
        assert (foreign.status_code, absent.status_code) == (404, 404)
        assert words_of(foreign) == words_of(absent)
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.ADVOCATE}


def test_another_members_ids_under_ones_own_address_are_missing(client, valley, rosa, sign_in):
    coast = a_member("Coast Harm Reduction")
    sign_in(coast, Role.PROGRAM_MANAGER)

    for how, where, what in every_address(valley, rosa)[2:]:
        own = where.replace(valley.slug, coast.slug)
        assert getattr(client, how)(own, what).status_code == 404
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.ADVOCATE}


def test_without_sign_in_every_page_asks_for_it(client, valley, rosa):
    for how, where, what in [("get", "/desk/", {}), *every_address(valley, rosa)]:
        asked = getattr(client, how)(where, what)
        assert asked.status_code == 302
        assert asked["Location"].startswith("/account/login/")


def test_a_person_who_left_does_not_get_in(client, valley, sign_in):
    account = sign_in(valley, Role.PROGRAM_MANAGER)
    with member_scope(valley.id):
        Membership.objects.filter(person_id=account.id).update(until=TODAY)

    assert client.get(HOME).status_code == 404


def test_pages_are_never_kept_by_the_browser(client, valley, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)

    for where in (HOME, PEOPLE):
        assert "no-store" in client.get(where)["Cache-Control"]


def test_changes_need_the_forms_own_token(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    client.handler.enforce_csrf_checks = True

    for how, where, what in every_address(valley, rosa):
        if how == "post":
            assert client.post(where, what).status_code == 403
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.ADVOCATE}


# Which member.


def test_desk_goes_straight_to_the_only_member(client, valley, sign_in):
    sign_in(valley, Role.TRAINEE)

    assert client.get("/desk/")["Location"] == HOME


def test_desk_offers_the_members_of_the_person_and_no_others(client, valley, sign_in):
    account = sign_in(valley, Role.TRAINEE)
    a_person(a_member("Coast Harm Reduction"), Role.ADVOCATE, id=account.id)
    a_member("Third Harm Reduction")

    page = client.get("/desk/")

    links = re.findall(r'class="todo__link" href="([^"]+)"', page.content.decode())
    assert links == ["/desk/coast-harm-reduction/", HOME]


def test_desk_of_a_person_without_a_member_says_what_to_do(client, sign_in):
    sign_in(None)

    page = client.get("/desk/")

    assert page.status_code == 200
    assert "You do not work for a member yet" in words_of(page)


# Home.


def test_home_says_honestly_that_nothing_is_there_yet(client, valley, sign_in):
    sign_in(valley, Role.STEWARD)

    words = words_of(client.get(HOME))

    assert "Today at Valley Harm Reduction" in words
    assert "Directory steward" in words
    assert "Nothing needs you now." in words
    assert "No other member is named here yet." in words


def test_home_names_whom_the_member_works_with_on_both_sides(client, valley, sign_in):
    coast = a_member("Coast Harm Reduction")
    sign_in(coast, Role.STEWARD)
    with member_scope(valley.id):
        Relationship.objects.create(
            from_member=valley, to_member=coast, kind=RelationshipKind.SUPPORTS, since=TODAY
        )

    words = words_of(client.get("/desk/coast-harm-reduction/"))

    assert "Supports us: Valley Harm Reduction" in words


def test_desk_of_the_demonstration_says_that_it_is_invented(client, valley, sign_in, settings):
    sign_in(valley, Role.PROGRAM_MANAGER)
    said = "The members and people here are invented."

    for settings.DEMONSTRATION in (True, False):
        for where in (HOME, PEOPLE):
            assert (said in words_of(client.get(where))) is settings.DEMONSTRATION


# People.


def test_people_can_be_given_and_lose_a_role_with_undo(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    their = membership_id(valley, rosa)

    given = client.post(f"{PEOPLE}give/", {"membership": their, "role": "steward"}, follow=True)
    assert "Rosa has the role Directory steward now." in words_of(given)
    held = grant_id(valley, rosa, Role.STEWARD)
    taken = client.post(f"{PEOPLE}take/", {"grant": held}, follow=True)
    assert "Rosa no longer has the role Directory steward." in words_of(taken)
    undo = re.search(r'name="role" value="([^"]+)"', taken.content.decode())

    assert undo is not None
    client.post(f"{PEOPLE}give/", {"membership": their, "role": undo[1]})
    assert Role.STEWARD in roles_of(rosa.id, valley.id)


def test_a_membership_ends_after_a_question_and_can_be_resumed(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    their = membership_id(valley, rosa)

    asked = client.get(f"{PEOPLE}{their}/end/")
    assert "End the membership of Rosa?" in words_of(asked)
    assert roles_of(rosa.id, valley.id) != set()
    ended = client.post(f"{PEOPLE}{their}/end/", follow=True)
    assert "Rosa does not work here any more." in words_of(ended)
    assert roles_of(rosa.id, valley.id) == set()
    assert client.get(f"{PEOPLE}{their}/end/").status_code == 404

    client.post(f"{PEOPLE}{their}/resume/")
    assert roles_of(rosa.id, valley.id) == {Role.OUTREACH_WORKER, Role.ADVOCATE}


def test_a_role_above_ones_own_is_refused_and_not_offered(client, valley, rosa, sign_in):
    sign_in(valley, Role.PROGRAM_MANAGER)
    their = membership_id(valley, rosa)

    refused = client.post(
        f"{PEOPLE}give/", {"membership": their, "role": Role.NETWORK_COORDINATOR.value}
    )

    assert refused.status_code == 403
    assert "reaches further than yours" in words_of(refused)
    assert b'value="network-coordinator"' not in refused.content
    assert b'value="program-manager"' in refused.content


def test_the_last_manager_is_told_what_to_do_first(client, valley, sign_in):
    account = sign_in(valley, Role.PROGRAM_MANAGER)
    with member_scope(valley.id):
        own = Membership.objects.get(person_id=account.id).id

    refused = client.post(f"{PEOPLE}{own}/end/")

    assert refused.status_code == 409
    assert "Give another person a managing role first." in words_of(refused)
    assert refused.content.decode().count("<title>Error:") == 1


@pytest.mark.parametrize(
    ("where", "sent", "status"),
    [
        ("give/", {}, 400),
        ("give/", {"membership": "x", "role": "steward"}, 400),
        ("give/", {"membership": NOBODY, "role": "boss"}, 400),
        ("give/", {"membership": NOBODY, "role": "steward"}, 404),
        ("take/", {}, 404),
        ("take/", {"grant": "x"}, 404),
        ("take/", {"grant": NOBODY}, 404),
        (f"{NOBODY}/end/", {}, 404),
        (f"{NOBODY}/resume/", {}, 404),
    ],
)
def test_nonsense_gets_a_plain_answer(client, valley, sign_in, where, sent, status):
    sign_in(valley, Role.PROGRAM_MANAGER)

    assert client.post(PEOPLE + where, sent).status_code == status


@pytest.mark.parametrize("name", ["ended", "given", "taken"])
@pytest.mark.parametrize("value", ["x", "", NOBODY, "current"])
def test_an_address_cannot_claim_what_did_not_happen(client, valley, rosa, sign_in, name, value):
    sign_in(valley, Role.PROGRAM_MANAGER)
    if value == "current":
        value = membership_id(valley, rosa)

    page = client.get(f"{PEOPLE}?{name}={value}")

    assert page.status_code == 200
    assert 'role="status"' not in page.content.decode()


def test_names_are_text_and_never_markup(client, valley, sign_in):
    a_person(valley, Role.TRAINEE, name="<img src=x onerror=alert(1)>")
    sign_in(valley, Role.PROGRAM_MANAGER)

    assert b"<img" not in client.get(PEOPLE).content


@pytest.mark.parametrize("count", [1, 3])
def test_people_cost_the_same_for_one_and_for_three(
    client, valley, sign_in, count, django_assert_num_queries
):
    from tejido.network.queries.people import people_of

    for number in range(count):
        a_person(valley, Role.TRAINEE, Role.ALUMNA, name=f"Person {number}")

    with member_scope(valley.id), django_assert_num_queries(_queries(2)):
        people = people_of(valley.id)

    assert len(people) == count


def _queries(asked):
    from django.db import connection

    # On PostgreSQL a scope within a scope is a savepoint with two announcements.
    return asked + (4 if connection.vendor == "postgresql" else 0)
