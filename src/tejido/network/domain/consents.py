"""What people who work in the network agree to: purposes, ways, and whether one still holds."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What somebody agrees to."""

    CONTACT_BOOK = "contact-book"
    STORY = "story"
    PHOTO = "photo"
    MESSAGES = "messages"
    PLACEMENT = "placement-follow-up"


class Channel(StrEnum):
    """Where, or by what."""

    NETWORK = "network"
    WEB = "web"
    PRINT = "print"
    MAIL = "mail"
    TEXT = "text"
    PHONE = "phone"


class Way(StrEnum):
    """How they said yes."""

    PAPER = "paper"
    SPOKEN = "spoken"
    ONLINE = "online"


_REACHED = (Channel.MAIL, Channel.TEXT, Channel.PHONE)
CHANNELS: dict[Purpose, tuple[Channel, ...]] = {
    Purpose.CONTACT_BOOK: (Channel.NETWORK,),
    Purpose.STORY: (Channel.WEB, Channel.PRINT),
    Purpose.PHOTO: (Channel.WEB, Channel.PRINT),
    Purpose.MESSAGES: _REACHED,
    Purpose.PLACEMENT: _REACHED,
}


class ConsentFault(StrEnum):
    """Why a consent cannot be noted as it was written down."""

    CHANNEL_UNKNOWN = "channel-unknown"
    LATER_THAN_TODAY = "later-than-today"
    ENDS_BEFORE_IT_BEGINS = "ends-before-it-begins"


def faults_of(
    *,
    purpose: Purpose | None,
    channel: Channel | None,
    given_on: date | None,
    until: date | None,
    today: date,
) -> list[ConsentFault]:
    """Return all that is wrong with what somebody is said to have agreed to.

    Args:
        purpose: to what; None where that is not known yet, which is no fault here.
        channel: by which way; None as before.
        given_on: on which day; None as before.
        until: the last day; None for as long as they do not take it back.
        today: where the network is.
    """
    fits = purpose is None or channel is None or channel in CHANNELS[purpose]
    found = {
        ConsentFault.CHANNEL_UNKNOWN: not fits,
        ConsentFault.LATER_THAN_TODAY: given_on is not None and given_on > today,
        ConsentFault.ENDS_BEFORE_IT_BEGINS: bool(given_on and until and until < given_on),
    }
    return [fault for fault, is_so in found.items() if is_so]


@dataclass(frozen=True, slots=True)
class Spoken:
    """When a consent was given, its last day, and when it was withdrawn."""

    given_on: date
    until: date | None
    withdrawn_at: datetime | None


def holds(consent: Spoken, *, at: datetime, day: date) -> bool:
    """Return whether a consent counts at a moment; `day` is its date where the network is."""
    is_withdrawn = consent.withdrawn_at is not None and consent.withdrawn_at <= at
    is_over = consent.until is not None and consent.until < day
    return consent.given_on <= day and not is_over and not is_withdrawn


def text_digest(text_en: str, text_es: str) -> str:
    """Return the SHA-256 of the words in both languages, 64 hexadecimal digits."""
    return hashlib.sha256(f"{text_en}\0{text_es}".encode()).hexdigest()
