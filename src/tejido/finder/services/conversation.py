"""Conversations by text: what is remembered of one, for how long, and how often one may ask.

Everything lies in the cache (in memory on SQLite, in expiring rows on PostgreSQL) under a hash
of the number with a key that is drawn anew each day and kept nowhere else. Neither a number nor
a word of a message is stored.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from tejido.finder.domain.talk import LASTS, Talk
from tejido.finder.domain.text_grammar import Act, read_text
from tejido.finder.services import text_words as say
from tejido.finder.services.forgetting import FORGETTING, forget_expired
from tejido.finder.services.text_answers import answer_text, urgent_words
from tejido.finder.services.unmet import count_unmet
from tejido.gateways.domain.texts import TextIn

PER_HOUR = 10
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
_KEY = "text-key"


@dataclass(frozen=True, slots=True)
class Turn:
    """What an answer depends on beside the words; the same message again gets the same answer.

    Attributes:
        at: when the message came first.
        talk: what the conversation knew then.
        asked: how many messages came in this hour before it.
        is_stopped: the person said STOP and not START since.
    """

    at: datetime
    talk: Talk | None = None
    asked: int = 0
    is_stopped: bool = False


def reply_to(text: TextIn, *, now: datetime, limited: bool = True) -> str:
    """Return the answer to a message, '' for none. A message that comes twice changes nothing.

    Without the database, on PostgreSQL, each message is a conversation of its own.

    Args:
        text: what came.
        now: aware.
        limited: at most ten answers an hour, and what nothing near can meet is counted; False
            where our own people try it out.
    """
    try:
        marks = _Marks.of(text, key=_key(now))
        turn, is_first = _turn(marks, now)
    except DatabaseError:
        return _said(text.words, Turn(now), limited=False, counts=False)[0]
    words, after = _said(text.words, turn, limited=limited, counts=limited and is_first)
    if is_first:
        _keep(marks, turn, after, text.words, now)
    return words


def _said(words: str, turn: Turn, *, limited: bool, counts: bool) -> tuple[str, Talk | None]:
    act = read_text(words, now=turn.at).act
    too_many = limited and turn.asked >= PER_HOUR and act is not Act.STOP
    if too_many or (turn.is_stopped and act not in {Act.START, Act.HELP}):
        urgent = urgent_words(words, talk=turn.talk, now=turn.at)
        is_told = turn.is_stopped or turn.asked > PER_HOUR
        return urgent or ("" if is_told else say.final(say.too_many_words())), turn.talk
    today = turn.at.astimezone(timezone.get_current_timezone()).date()
    on_search = partial(count_unmet, today=today) if counts else None
    return answer_text(words, talk=turn.talk, now=turn.at, on_search=on_search)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Names in the cache from which nobody finds a number or a message."""

    message: str
    talk: str
    count: str
    stopped: str

    @classmethod
    def of(cls, text: TextIn, *, key: bytes) -> "_Marks":
        """Return the names for one message."""
        sender = _hash(text.sender, key)
        message = _hash(f"{text.sender}:{text.id}", key)
        return cls(
            message=f"text-message:{message}",
            talk=f"text-talk:{sender}",
            count=f"text-count:{sender}",
            stopped=f"text-stopped:{sender}",
        )


def _hash(value: str, key: bytes) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _key(now: datetime) -> bytes:
    """Return the key of the day, the same for all processes."""
    kept: tuple[bytes, datetime] | None = cache.get(_KEY)
    if kept is None or now >= kept[1]:
        fresh = (secrets.token_bytes(32), now + A_DAY)
        cache.set(_KEY, fresh, A_DAY.total_seconds())
        kept = cache.get(_KEY) or fresh
    return kept[0]


def _turn(marks: _Marks, now: datetime) -> tuple[Turn, bool]:
    """Return what the answer depends on, and whether the message comes for the first time."""
    kept: tuple[Talk, datetime] | None = cache.get(marks.talk)
    counted: tuple[int, datetime] = cache.get(marks.count) or (0, now)
    stopped: datetime | None = cache.get(marks.stopped)
    turn = Turn(
        at=now,
        talk=kept[0] if kept and now < kept[1] else None,
        asked=counted[0] if now < counted[1] else 0,
        is_stopped=stopped is not None and now < stopped,
    )
    if cache.add(marks.message, turn, LASTS.total_seconds()):
        return turn, True
    return cache.get(marks.message) or turn, False


def _keep(marks: _Marks, turn: Turn, after: Talk | None, words: str, now: datetime) -> None:
    act = read_text(words, now=now).act
    if act is Act.STOP:
        cache.delete(marks.talk)
        cache.set(marks.stopped, now + A_DAY, A_DAY.total_seconds())
    else:
        cache.set(marks.talk, (after or Talk(), now + LASTS), LASTS.total_seconds())
    if act is Act.START:
        cache.delete(marks.stopped)
    until = cache.get(marks.count, (0, now))[1] if turn.asked else now + AN_HOUR
    cache.set(marks.count, (turn.asked + 1, until), max(1, (until - now).total_seconds()))
    forget_expired(now)
    FORGETTING.begin()
