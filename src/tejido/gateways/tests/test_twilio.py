from xml.etree.ElementTree import fromstring

import pytest

from tejido.gateways.domain.texts import TextIn
from tejido.gateways.twilio import SIGNATURE_HEADER, TextForged, TextIncomplete, Twilio, answered

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": ["CA1234567890ABCDE"],
    "Caller": ["+14158675309"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
}
TWILIO = Twilio("12345")
TEXT_URL = "https://help.example.org/sms/"
TEXT = {"MessageSid": ["SM1"], "From": ["+15105550199"], "Body": ["94601"]}


def headers_for(form, url=TEXT_URL, key="12345"):
    return {SIGNATURE_HEADER: Twilio(key).signature(url, form)}


def test_signatures_are_those_that_twilio_publishes():
    # The worked examples of Twilio's guide and of its own libraries.
    assert TWILIO.signature(URL, FORM) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    other = FORM | {"Caller": ["+12349013030"], "From": ["+12349013030"]}
    assert TWILIO.signature(URL, other) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_a_name_that_comes_several_times_is_signed_as_twilio_does():
    form = {"Sid": ["CA123"], "SidAccount": ["AC123"], "Digits": ["5678", "1234", "1234"]}

    assert TWILIO.signature(URL, form) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="


def test_a_signed_message_is_read():
    found = TWILIO.received(url=TEXT_URL, form=TEXT.items(), headers=headers_for(TEXT))

    assert found == TextIn(id="SM1", sender="+15105550199", words="94601")


def test_a_message_without_words_is_one():
    form = {name: values for name, values in TEXT.items() if name != "Body"}

    assert TWILIO.received(url=TEXT_URL, form=form.items(), headers=headers_for(form)).words == ""


@pytest.mark.parametrize(
    ("form", "url", "headers"),
    [
        (TEXT, TEXT_URL, {}),
        (TEXT, TEXT_URL, {SIGNATURE_HEADER: ""}),
        (TEXT, TEXT_URL, {SIGNATURE_HEADER: "ñ€💉"}),
        (TEXT, TEXT_URL, headers_for(TEXT, key="another")),
        (TEXT, "https://help.example.org/sms", headers_for(TEXT)),
        (TEXT, "http://help.example.org/sms/", headers_for(TEXT)),
        (TEXT | {"Body": ["94602"]}, TEXT_URL, headers_for(TEXT)),
        (TEXT | {"More": [""]}, TEXT_URL, headers_for(TEXT)),
    ],
    ids=["none", "empty", "odd", "other key", "other path", "no https", "changed", "added"],
)
def test_whatever_is_not_signed_so_is_refused(form, url, headers):
    with pytest.raises(TextForged):
        TWILIO.received(url=url, form=form.items(), headers=headers)


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_signed_form_that_is_no_message_is_refused(missing):
    form = TEXT | {missing: [""]}

    with pytest.raises(TextIncomplete):
        TWILIO.received(url=TEXT_URL, form=form.items(), headers=headers_for(form))


def test_an_answer_is_a_document_and_not_glued_together():
    words = "R&D </Message><Message>x"

    document = fromstring(answered(words))

    assert [each.text for each in document.findall("Message")] == [words]
    assert list(fromstring(answered(""))) == []


def test_neither_the_key_nor_a_message_shows():
    shown = repr((TWILIO, TextIn(id="SM1", sender="+15105550199", words="narcan")))

    assert [each for each in ("12345", "5550199", "narcan") if each in shown] == []
