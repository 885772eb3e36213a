"""The pages on which links are mailed and stopped."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tejido.directory.models import ConfirmLink, LinkAddress
from tejido.directory.queries.link_addresses import address_of
from tejido.directory.services.confirm_links import make_link
from tejido.directory.services.link_addresses import stop_mails, stop_token
from tejido.directory.testing import an_id
from tejido.directory.tests.desk_pages import address, form_of
from tejido.directory.tests.mailing_links import PROGRAM, STEWARD, given, links_in
from tejido.directory.tests.test_confirm_links import core, hidden, old
from tejido.gateways.testing import a_mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_sent_before", "mail_on")]
HARBOR, HOME = "harbor@example.org", "/desk/valley-harm-reduction/"


def page():
    return address("link-mail", PROGRAM)


def written(client, to=HARBOR, **changes):
    form = form_of(client, page(), **{"address": to, "language": "en", **changes})
    return client.post(page(), form, follow=True)


def mailed(client):
    return client.post(address("mail-link", PROGRAM), follow=True)


def stop_path():
    return f"/r/stop/{links_in(mail.outbox[-1])[1]}"


def test_a_steward_writes_the_address_and_mails_the_first_link_now(client, steward, words_of):
    old(core())
    assert "The program gave no address" in words_of(client.get(page()))

    said = words_of(written(client))

    assert "Saved." in said
    assert f"Links go to {HARBOR}. No link was mailed yet." in said
    assert "The next link is mailed in the morning of" in said
    said = words_of(mailed(client))
    assert "The link was mailed." in said
    assert "The last link was mailed on" in said
    assert mail.outbox[0].to == [HARBOR]
    assert ConfirmLink.objects.get().made_by == steward.id
    sheet = words_of(client.get(address("call-sheet", PROGRAM)))
    assert "It was mailed on" in sheet
    assert "It is mailed to this program each month" in sheet


def test_a_listed_address_is_told_and_never_filled_in(client, steward, words_of):
    old(core(email="listed@example.org"))

    shown = client.get(page())

    assert "Its listings say: listed@example.org" in words_of(shown)
    assert 'value="listed@example.org"' not in shown.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ""}, "Write the address that the program gave"),
        ({"to": "harbor@"}, "Write an e-mail address such as name@example.org."),
        ({"language": ""}, "Choose a language"),
        ({"given_on": ""}, "Write the day on which the program gave it"),
        ({"given_on": "2999-01-01"}, "Write a day that is not ahead."),
    ],
)
def test_a_mistake_is_said_where_it_is_and_nothing_is_kept(
    client, steward, words_of, changes, words
):
    old(core())

    answer = written(client, **changes)

    assert answer.status_code == 400
    assert words in words_of(answer)
    assert "Error:" in words_of(answer)
    assert not LinkAddress.objects.exists()


def test_the_slower_steward_sees_what_holds_now_and_keeps_what_they_wrote(
    client, steward, words_of
):
    old(core())
    form = form_of(client, page(), address="second@example.org", language="es")
    given(address="first@example.org")

    answer = client.post(page(), form)

    assert answer.status_code == 409
    assert "Links go to first@example.org." in words_of(answer)
    assert 'value="second@example.org"' in answer.content.decode()
    assert client.post(address("end-link-mail", PROGRAM), {"seen": ""}).status_code == 409


def test_an_address_is_removed(client, steward, words_of):
    old(core())
    written(client)
    seen = form_of(client, page())["seen"][0]

    said = words_of(client.post(address("end-link-mail", PROGRAM), {"seen": seen}, follow=True))

    assert "Removed. Nothing more is mailed to this program." in said
    assert HARBOR not in said


def test_the_page_says_what_keeps_the_next_letter(client, steward, words_of, settings):
    old(core(), core("Wounds", places=hidden()))
    given()
    settings.SITE_URL = ""
    assert "because the address of this site is not set" in words_of(client.get(page()))
    settings.MAIL_IS_ON = False
    assert "This installation sends no mail" in words_of(client.get(page()))
    settings.MAIL_IS_ON, settings.SITE_URL = True, "https://help.example.org"
    on = timezone.localdate()
    make_link(organization=PROGRAM, actor=STEWARD, on=on, at=timezone.now())
    assert "A link that was copied or printed holds until" in words_of(client.get(page()))
    stop_mails(token=stop_token(address_of(PROGRAM)), at=timezone.now())
    assert "Somebody stopped these mails" in words_of(client.get(page()))


def test_where_nothing_due_is_public_the_page_says_so(client, steward, words_of):
    old(core(places=hidden()))
    given()

    assert "Nothing that everybody may see is due now." in words_of(client.get(page()))
    answer = mailed(client)
    assert answer.status_code == 409
    assert "There is nothing to ask by mail." in words_of(answer)


def test_a_refused_address_is_said_with_what_to_do(client, steward, words_of, smtp):
    old(core())
    given()
    with a_mail_server(lambda said: "550 no" if said.startswith("RCPT") else None) as server:
        smtp.EMAIL_PORT = server.port
        answer = mailed(client)

    assert answer.status_code == 409
    assert "The mail server refused this address." in words_of(answer)
    assert "A letter did not leave on" in words_of(client.get(page()))


def test_a_refused_address_waits_on_the_first_page_until_it_is_another(client, steward, words_of):
    old(core())
    given()
    assert "The mail server refuses" not in words_of(client.get(HOME))
    LinkAddress.objects.update(problem="refused")

    home = client.get(HOME)

    assert "The mail server refuses the address of Harbor Program" in words_of(home)
    assert f'href="{page()}"' in home.content.decode()
    written(client, to="new@example.org")
    assert "The mail server refuses" not in words_of(client.get(HOME))


def test_without_the_address_of_the_site_a_letter_sent_now_names_that_of_the_page(
    client, steward, settings
):
    old(core())
    given()
    settings.SITE_URL = ""

    mailed(client)

    assert "http://testserver/r/" in mail.outbox[0].body


def test_a_program_that_is_not_there_is_not_found(client, steward):
    for name in ("link-mail", "mail-link", "end-link-mail"):
        path = address(name, an_id("nobody"))
        assert client.post(path).status_code == 404


def test_the_page_in_spanish(client, sign_in, words_of):
    sign_in("steward", language="es")
    old(core())
    given(language="es")

    said = words_of(client.get(page()))

    assert "Enlaces por correo: Harbor Program" in said
    assert "El próximo enlace se envía en la mañana del" in said


@pytest.fixture
def letter(client, steward, mail_on):
    old(core())
    given()
    mailed(client)
    client.logout()


@pytest.mark.usefixtures("letter")
def test_opening_the_link_to_stop_stops_nothing_and_its_button_does(client, words_of):
    for _ in range(2):
        asked = client.get(stop_path())
        assert "Stop these mails?" in words_of(asked)
        assert "Harbor Program" in words_of(asked)
    assert LinkAddress.objects.get().address == HARBOR

    done = words_of(client.post(stop_path()))

    assert "We deleted the address." in done
    assert LinkAddress.objects.get().address == ""
    assert "Nothing is mailed to this address any more." in words_of(client.get(stop_path()))
    assert not client.cookies or "sessionid" not in client.cookies


@pytest.mark.usefixtures("letter")
def test_a_mailbox_stops_them_by_itself_as_the_header_says(client):
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    answer = client.post(
        address.removeprefix("https://help.example.org"), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert LinkAddress.objects.get().address == ""


@pytest.mark.usefixtures("letter")
def test_another_site_cannot_stop_them(client, words_of):
    answer = client.post(stop_path(), headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert "Open the link again and answer there." in words_of(answer)
    assert LinkAddress.objects.get().address == HARBOR


@pytest.mark.usefixtures("letter")
def test_the_page_to_stop_in_spanish(client, words_of):
    asked = words_of(client.get(f"/es{stop_path()}"))
    done = words_of(client.post(f"/es{stop_path()}"))

    assert "¿Detener estos correos?" in asked
    assert "Borramos la dirección." in done


@pytest.mark.parametrize("token", ["x", "a.b", "a" * 500, "%00", "é"])
def test_a_link_to_stop_that_is_none_is_not_found(client, token):
    assert client.get(f"/r/stop/{token}").status_code == 404
    assert client.post(f"/r/stop/{token}").status_code == 404


@pytest.mark.usefixtures("letter")
def test_the_page_after_a_stop_tells_a_steward_and_a_new_word_of_the_program_counts(
    client, sign_in, words_of
):
    client.post(stop_path())
    sign_in("steward")

    said = words_of(client.get(page()))
    assert "Write one only if the program gives it again." in said

    written(client, to="again@example.org")
    assert address_of(PROGRAM).address == "again@example.org"
    assert timezone.now() - address_of(PROGRAM).noted_at < timedelta(minutes=1)
