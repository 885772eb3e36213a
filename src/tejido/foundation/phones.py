"""Phone numbers as they are written, in the form that can be dialled from anywhere."""

import re
from dataclasses import dataclass

import phonenumbers

COUNTRY = "US"
# Every number of this form is in E.164 already.
READ_ALREADY = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
SHORT = re.compile(r"[2-9]11|988")


@dataclass(frozen=True, slots=True)
class ReadPhone:
    """A number in E.164 (or short, such as 988) and an extension, or ''."""

    number: str
    extension: str = ""


def read_phone(text: str) -> ReadPhone | None:
    """Return the number that a text means, or None where it means none.

    Numbers without a country are of the United States.
    """
    if READ_ALREADY.fullmatch(text):
        return ReadPhone(text)
    short = re.sub(r"\D", "", text)
    if SHORT.fullmatch(short):
        return ReadPhone(short)
    try:
        parsed = phonenumbers.parse(text.strip("\"' "), COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return ReadPhone(number, parsed.extension or "")


def written_phone(number: str) -> str:
    """Return a number as people write it, `(510) 555-0142`; what cannot be read stays."""
    try:
        parsed = phonenumbers.parse(number, COUNTRY)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
