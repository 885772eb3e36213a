"""Every address, every role, every kind of person: who gets in is what the rules say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from tejido.accounts.testing import an_account, withdraw_second_step
from tejido.foundation.scope import member_scope
from tejido.network.domain.permissions import MATRIX, Permission
from tejido.network.domain.roles import NEED_SECOND_STEP, Role
from tejido.network.models import Member
from tejido.network.queries import access
from tejido.network.testing import a_member, a_person
from tests.access_rules import BY_PERMISSION, ENTRANCE, OWN, PUBLIC, every_name, names
from tests.owned_tables import OF_ONE
from tests.pages import named_addresses

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
# Lists what lacks a part, which the end of its address names.
ASKS_MORE = {"directory:quality-listings"}
# Forgets what is there, and says the same where nothing was.
SAYS_THE_SAME = {("post", "directory_check:forget")}
ADDRESSES = {each.name: each for each in named_addresses()}


@dataclass(frozen=True)
class Somebody:
    """A person at the door; `role` is what they do at the member of the address, if anything."""

    who: str
    client: Client
    role: Role | None = None


def signed_in(who: str, *places: tuple[Member, list[Role]]) -> Client:
    account, client = an_account(who), Client()
    for member, roles in places:
        a_person(member, *roles, name=who, id=account.id)
    client.force_login(account)
    return client


@pytest.fixture
def member(db: None) -> Member:
    return a_member("Valley Harm Reduction")


@pytest.fixture
def people(member: Member) -> list[Somebody]:
    """One person a role, here and elsewhere, and those who have none."""
    other = a_member("Coast Harm Reduction")
    here = [Somebody(f"{role} here", signed_in(role, (member, [role])), role) for role in Role]
    there = [
        Somebody(f"{role} elsewhere", signed_in(f"{role}-2", (other, [role]))) for role in Role
    ]
    return [
        *here,
        *there,
        Somebody("colleague without a role", signed_in("colleague", (member, []))),
        Somebody("account without a person", signed_in("nobody")),
        Somebody("anonymous", Client()),
    ]


def address(name: str, slug: str, **given: object) -> str:
    values = ADDRESSES[name].values()
    return reverse(name, kwargs=values | ({"slug": slug} if "slug" in values else {}) | given)


def is_in(answer: HttpResponse) -> bool:
    """Return whether somebody got more than a refusal, a sign-in page or nothing."""
    if answer.status_code in {301, 302}:
        return "/account/login/" not in answer["Location"]
    return answer.status_code < 400


def tried(
    name: str, member: Member, people: list[Somebody]
) -> Iterator[tuple[Somebody, str, Any]]:
    path = address(name, member.slug)
    for somebody in people:
        # Whoever may post would start work: imports, looks, releases. The refused may not.
        for method in METHODS if not may(somebody, name) else METHODS[:1]:
            yield somebody, method, getattr(somebody.client, method)(path)


def roles_for(name: str) -> frozenset[Role]:
    permission = next(each for each, written in BY_PERMISSION.items() if name in names(written))
    return MATRIX[permission]


def may(somebody: Somebody, name: str) -> bool:
    return somebody.role is not None and somebody.role in roles_for(name)


def leaks(name: str, member: Member, people: list[Somebody]) -> list[str]:
    return [
        f"{method} {name}: {somebody.who} ({answer.status_code})"
        for somebody, method, answer in tried(name, member, people)
        if is_in(answer) and not may(somebody, name)
    ]


def test_every_address_has_one_rule_and_every_rule_an_address():
    counted = Counter(every_name())

    assert sorted(set(ADDRESSES) - counted.keys()) == []
    assert sorted(counted.keys() - set(ADDRESSES)) == []
    assert [name for name, times in counted.items() if times > 1] == []


def test_no_address_is_without_a_name():
    def nameless(patterns: list[Any]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from nameless(pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and not pattern.name:
                yield str(pattern.pattern)

    assert list(nameless(get_resolver().url_patterns)) == []


@pytest.mark.parametrize("permission", BY_PERMISSION, ids=str)
def test_only_whoever_holds_the_permission_gets_in_and_the_others_learn_nothing(
    permission, member, people, record_property
):
    addresses, cases, leaks = names(BY_PERMISSION[permission]), 0, []
    for name in addresses:
        for somebody, method, answer in tried(name, member, people):
            cases += 1
            if not is_right(somebody, name, answer):
                leaks.append((f"{method} {name}: {somebody.who}", answer.status_code))

    # `./tejido promises --only access` reads what was counted.
    counted = {"addresses": len(addresses), "visitors": len(people), "cases": cases}
    for what, count in {**counted, "leaks": len(leaks)}.items():
        record_property(what, count)
    assert leaks == []


def is_right(somebody: Somebody, name: str, answer: HttpResponse) -> bool:
    """Return whether the answer is what the rules say."""
    seen = answer.status_code
    if may(somebody, name):
        # What an address names may not be there; without such a part a page is.
        is_whole = ADDRESSES[name].parts.keys() <= {"slug"} and name not in ASKS_MORE
        return is_in(answer) or seen in ({405} if is_whole else {400, 404, 405})
    if is_in(answer):
        return False
    if somebody.who == "anonymous":
        return seen in {302, 405}
    # A member where one does nothing looks like one that is not there.
    return seen in ({403, 405} if somebody.role else {404, 405})


@pytest.mark.parametrize("name", names(OWN))
def test_pages_about_oneself_are_for_whoever_is_signed_in(name, member):
    answer = Client().get(address(name, member.slug))

    # Signing out and the second step's first page lead on, to a page that asks.
    leads = {"account_logout": "/", "mfa_index": "/account/"}
    assert not is_in(answer) or answer["Location"] == leads[name]
    assert signed_in("rosa").get(address(name, member.slug)).status_code not in {403, 500}


@pytest.mark.parametrize("name", names(ENTRANCE))
def test_whoever_begins_to_sign_in_is_asked_for_nothing_before(name):
    answer = Client().get(address(name, "x"))

    # Without a first step there is no second; a passkey is asked for on the first page.
    assert is_in(answer) != (name in {"mfa_authenticate", "mfa_login_webauthn"})


@pytest.mark.parametrize("name", names(PUBLIC))
def test_public_addresses_ask_nobody_to_sign_in(name):
    try:
        answer = Client().get(address(name, "x"))
    except NoReverseMatch:
        pytest.skip("its parts have fixed values; tried in its own area")

    assert answer.status_code not in {401, 403}
    assert "/account/" not in answer.get("Location", "")


@pytest.mark.parametrize("role", sorted(NEED_SECOND_STEP))
def test_whose_role_asks_for_a_second_step_does_nothing_at_the_desk_without(role, member):
    without, having = (signed_in(who, (member, [role])) for who in ("without", "having"))
    withdraw_second_step("without")
    tried = [name for name in every_desk_name() if role in roles_for(name)]
    led = {name: without.get(address(name, member.slug)) for name in tried}
    sent = {name: without.post(address(name, member.slug)) for name in tried}

    assert len(tried) >= len(names(BY_PERMISSION[Permission.VIEW_DESK]))
    for answer in (*led.values(), *sent.values()):
        assert (answer.status_code, answer.get("Location")) in {
            (302, "/desk/second-step/"),
            (405, None),
        }
    assert having.get(address("network:home", member.slug)).status_code == 200


def every_desk_name() -> list[str]:
    return [name for written in BY_PERMISSION.values() for name in names(written)]


def with_ids() -> list[tuple[str, str]]:
    return [
        (name, key)
        for written in BY_PERMISSION.values()
        for name in names(written)
        for key, kind in ADDRESSES[name].parts.items()
        if isinstance(kind, UUIDConverter)
    ]


def test_no_id_of_another_member_opens_anything_under_ones_own_address(
    valley, coast, rows, record_property
):
    """Each row of the other member, as each id of each address, by somebody with every role."""
    client = signed_in("holder", (coast, list(Role)))
    foreign = {key: pk for key, pk in rows.items() if key.startswith(valley.slug)}
    opened = []
    for name, key in with_ids():
        for table, pk in foreign.items():
            path = address(name, coast.slug, **{key: pk})
            opened += [
                f"{method} {name} {table}"
                for method in METHODS
                if is_in(getattr(client, method)(path)) and (method, name) not in SAYS_THE_SAME
            ]

    record_property("foreign", len(with_ids()) * len(foreign) * len(METHODS))
    record_property("foreign-leaks", len(opened))
    assert len(foreign) >= 4
    assert opened == []
    with member_scope(valley.id):
        kept = {model.__name__: model.objects.get().pk for model in OF_ONE}
    assert {f"{valley.slug} {table}": pk for table, pk in kept.items()} == foreign


@pytest.mark.parametrize(
    ("name", "key"),
    [("network:end-membership", "membership_id"), ("directory_import:show", "run_id")],
)
def test_ones_own_ids_do_open_pages(valley, rows, name, key):
    """Or the test above could not fail."""
    client = signed_in("rosa", (valley, list(Role)))
    own = [pk for table, pk in rows.items() if table.startswith(valley.slug)]

    assert (name, key) in with_ids()
    assert any(is_in(client.get(address(name, valley.slug, **{key: pk}))) for pk in own)


def test_a_rule_that_allows_everything_is_caught(member, people, monkeypatch):
    monkeypatch.setattr(access, "is_allowed", lambda *_: True)

    found = leaks("network:people", member, people)

    assert any("trainee here" in each for each in found)


def test_a_page_that_asks_nobody_is_caught(member, people, monkeypatch):
    pattern = ADDRESSES["directory:sources"].pattern
    monkeypatch.setattr(pattern, "callback", lambda *_, **__: HttpResponse("everything"))

    assert len(leaks("directory:sources", member, people)) > 40


def test_a_permission_without_an_address_is_one_of_services_alone():
    """Written down, so that a permission is not forgotten on its way to a page."""
    served = set(BY_PERMISSION)

    assert set(Permission) - served == {
        Permission.ADD_MEMBER,
        Permission.APPROVE_LISTING,
    }
