"""A few places to text about, and a phone that texts."""

import pickle
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from tejido.directory.domain.public import PublicPhone, PublicText
from tejido.directory.domain.vocabulary import Fact, Mode
from tejido.finder.services.conversation import reply_to
from tejido.finder.testing import FRESNO, NOW, OAKLAND, a_listing
from tejido.gateways.domain.texts import TextIn
from tejido.geography.domain.places import Place, PlaceKind

OAKLAND_PHONE = (PublicPhone("+15105550101", "", "voice", ""),)


TELLING_CORNER = Place(PlaceKind.LANDMARK, "Methadone corner, Oakland", "06001", *OAKLAND,
                       approximate=False, also=("Methadone corner",), town="Oakland")  # fmt: skip


def kept():
    """Return everything that the cache holds, on either database: names and values."""
    if settings.EMBEDDED:
        return [(name, pickle.loads(value)) for name, value in cache._cache.items()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM tejido_cache")
        return [(name, pickle.loads(b64decode(value))) for name, value in cursor.fetchall()]


def named(english, spanish=""):
    texts = (PublicText("en", english, "", "", "", {}),)
    return (*texts, PublicText("es", spanish, "", "", "", {})) if spanish else texts


def places():
    """Return five places of naloxone or syringes around Oakland, and one in Fresno."""
    north = [(37.8044 + step / 100, -122.2712) for step in range(5)]
    both = {"needs": ("naloxone", "syringes")}
    return [
        a_listing(1, texts=named("Blue van", "Camioneta azul"), at=north[0], **both,
                  phones=OAKLAND_PHONE, facts={Fact.NO_ID: True}, languages=("en", "es")),
        a_listing(2, texts=named("Naloxone box"), at=north[1], organization="Night Kitchen",
                  address_lines=("Naloxone box, 12 Oak St", "Methadone alley"), **both),
        a_listing(3, texts=named("Green door"), at=north[2], hours_known=False, rules=(), **both),
        a_listing(4, texts=named("Red room"), at=north[3], **both),
        a_listing(5, texts=named("By post"), at=None, mode=Mode.MAIL, reach=("06001",), **both),
        a_listing(6, texts=named("Valley yard"), at=FRESNO, needs=("methadone",)),
    ]  # fmt: skip


@dataclass
class Phone:
    """One phone; `later` lets time go by."""

    number: str = "+15105550199"
    now: object = NOW
    ids: object = field(default_factory=count)

    def text(self, words, *, own_id=None, **options):
        own_id = own_id or f"SM{next(self.ids)}"
        return reply_to(TextIn(own_id, self.number, words), now=self.now, **options)

    def later(self, **time):
        self.now += timedelta(**time)
