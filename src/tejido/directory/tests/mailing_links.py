"""Programs that gave an address for their links, and the letters that they got."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core import mail

from tejido.directory.domain.drafts import OrganizationDraft
from tejido.directory.queries.link_addresses import address_of
from tejido.directory.services.acts import Actor
from tejido.directory.services.confirm_links import make_link
from tejido.directory.services.link_addresses import (
    AddressSaid,
    MailRefused,
    give_address,
    seen_mark,
)
from tejido.directory.services.link_mails import mail_due_links, mail_link
from tejido.directory.testing import an_id
from tejido.directory.tests.test_confirm_links import core, old

# Ten in the morning in California.
AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
TODAY = date(2026, 11, 21)
PROGRAM = an_id("organization")
STEWARD = Actor(role="steward")


def given(organization=PROGRAM, address="harbor@example.org", at=AT, **said):
    """Note an address as a steward does."""
    give_address(
        organization=organization,
        said=AddressSaid(address, said.get("language", "en"), said.get("given_on", TODAY)),
        seen=said.get("seen", seen_mark(address_of(organization))),
        actor=said.get("actor", STEWARD),
        on=TODAY,
        at=at,
    )


def made_round(at=AT):
    return mail_due_links(site=settings.SITE_URL, at=at)


def links_in(letter):
    """Return the token of the link and that of the link to stop."""
    link, stop = re.findall(r"https?://\S+", letter.body)
    return link.partition("/r/")[2], stop.partition("/r/stop/")[2]


def tokens():
    return [links_in(letter)[0] for letter in mail.outbox]


def programs(*names):
    """Store one program for each name; return their ids."""
    made = [OrganizationDraft(an_id(f"organization {name}"), f"{name} Program") for name in names]
    old(*(core(name, organization=one) for name, one in zip(names, made, strict=True)))
    return [each.id for each in made]


def by_hand():
    return make_link(organization=PROGRAM, actor=STEWARD, on=TODAY, at=AT)


def now(at=AT):
    mail_link(organization=PROGRAM, site=settings.SITE_URL, actor=STEWARD, at=at)


def refused(act, *given):
    with pytest.raises(MailRefused) as refusal:
        act(*given)
    assert refusal.value.sentence
    return refusal.value.code
