"""Where text messages arrive, and the page on which to try them."""

from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache

from tejido.accounts.testing import an_account
from tejido.finder.testing import a_snapshot
from tejido.finder.tests.texting import places
from tejido.gateways.twilio import SIGNATURE_HEADER, Twilio
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person

pytestmark = pytest.mark.django_db
PAGE = "/desk/valley-harm-reduction/finder/texts/"
KEY = "a key for tests"
URL = "http://testserver/sms/"
MESSAGE = {
    "MessageSid": "SM1",
    "From": "+15105550199",
    "To": "+15105550100",
    "Body": "narcan 94606",
}


@pytest.fixture(autouse=True)
def published(settings, own_data_folder):
    cache.clear()
    settings.SMS_AUTH_TOKEN = KEY
    # Whatever the hour, so that the answer is the same: hours that nobody knows.
    unknown = [each for each in places() if each.id.int == 3]
    a_snapshot(settings.SNAPSHOTS, unknown)


def signature(form, url=URL, key=KEY):
    return Twilio(key).signature(url, {name: [value] for name, value in form.items()})


def sent(client, form, *, path="/sms/", signed=None):
    signed = signature(form) if signed is None else signed
    return client.post(path, form, headers={SIGNATURE_HEADER: signed})


def words_of(response):
    return [each.text for each in fromstring(response.content).findall("Message")]


def test_a_signed_message_is_answered_in_twiml(client):
    response = sent(client, MESSAGE)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert words_of(response) == ["Near 94606:\n1. Green door, 3 mi, call first\n1 = details."]
    assert not response.cookies


def test_the_same_message_again_gets_the_same_answer(client):
    first = sent(client, MESSAGE)

    assert sent(client, MESSAGE).content == first.content


@pytest.mark.parametrize(
    "signed", ["", "forged", signature(MESSAGE, key="another"), signature(MESSAGE | {"Body": "x"})]
)
def test_a_forged_message_is_refused_and_nothing_is_kept(
    client, signed, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = sent(client, MESSAGE, signed=signed)

    assert (response.status_code, response.content) == (403, b"The signature is wrong.")
    assert len(getattr(cache, "_cache", ())) == 0


def test_what_is_signed_and_no_message_is_refused(client):
    assert sent(client, {"CallSid": "CA1"}).status_code == 400


def test_without_a_key_there_is_no_such_page(client, settings):
    settings.SMS_AUTH_TOKEN = ""

    assert sent(client, MESSAGE, signed=signature(MESSAGE, key="")).status_code == 404


def test_an_empty_key_signs_nothing(client):
    assert sent(client, MESSAGE, signed=signature(MESSAGE, key="")).status_code == 403


def test_nobody_opens_the_address_in_a_browser(client):
    assert client.get("/sms/").status_code == 405


def test_behind_a_proxy_the_signature_is_over_the_address_that_was_given(client, settings):
    settings.SMS_URL = "https://help.example.org/sms/"

    assert sent(client, MESSAGE).status_code == 403
    assert (
        sent(client, MESSAGE, signed=signature(MESSAGE, url=settings.SMS_URL)).status_code == 200
    )


def test_a_person_who_said_stop_gets_an_empty_answer(client):
    sent(client, MESSAGE | {"MessageSid": "SM2", "Body": "STOP"})
    form = MESSAGE | {"MessageSid": "SM3"}

    response = sent(client, form)

    assert (response.status_code, words_of(response)) == (200, [])


@pytest.mark.parametrize(("home", "words"), [("/", "No internet?"), ("/es/", "¿Sin internet?")])
def test_the_first_page_says_where_to_text_and_privacy_what_is_kept(client, settings, home, words):
    without = client.get(home).content.decode() + client.get(f"{home}privacy/").content.decode()
    settings.SMS_NUMBER = "510-555-0100"

    first = client.get(home).content.decode()
    privacy = client.get(f"{home}privacy/").content.decode()

    assert words not in without
    assert words in first
    assert 'href="sms:510-555-0100"' in first
    assert "15 min" in privacy


@pytest.fixture
def worker(client):
    account = an_account("rosa")
    a_person(a_member(), Role.OUTREACH_WORKER, name="Rosa", id=account.id)
    client.force_login(account)
    return client


def desk(client, **form):
    return client.post(PAGE, form) if form else client.get(PAGE)


def ids_on(response):
    return {name: response.context["form"][name].value() for name in ("id", "phone")}


def test_anybody_of_a_member_may_try_a_conversation(worker, settings):
    settings.SMS_AUTH_TOKEN = ""
    opened = desk(worker)

    first = desk(worker, words="narcan 94606", **ids_on(opened))
    second = desk(worker, words="1", **ids_on(first),
                  said="narcan 94606", heard="Near 94606: 1 Green door")  # fmt: skip

    assert "Text messages are off here" in opened.content.decode()
    assert "1. Green door, 3 mi, call first" in first.content.decode()
    page = second.content.decode()
    assert "1 Main Street" in page
    assert (
        page.index("narcan 94606") < page.index("Near 94606: 1 Green door") < page.index("1 Main")
    )


def test_a_page_that_is_sent_twice_counts_once(worker):
    own = ids_on(desk(worker))
    first = desk(worker, words="narcan 94606", **own)

    again = desk(worker, words="narcan 94606", **own)

    assert again.context["turns"] == first.context["turns"]


def test_what_stands_on_the_page_is_text_and_nothing_else(worker):
    own = ids_on(desk(worker))

    page = desk(worker, words="<script>x</script>", **own, said="<b>", heard="<i>")

    assert "<script>x" not in page.content.decode()
    assert "<i>" not in page.content.decode()


def test_a_page_that_is_opened_anew_is_another_phone(worker):
    desk(worker, words="STOP", **ids_on(desk(worker)))

    page = desk(worker, words="94606", **ids_on(desk(worker)))

    assert "1. Green door" in page.content.decode()


def test_a_page_without_its_id_is_asked_again(worker):
    assert desk(worker, words="x", id="no id").status_code == 200


def test_strangers_cannot_try_it(client):
    a_member()

    assert client.get(PAGE).status_code == 302
