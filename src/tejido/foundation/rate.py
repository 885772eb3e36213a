"""How often one address may ask: counted in memory, by a hash that nobody can turn back."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network

from django.conf import settings
from django.http import HttpRequest

PER_MINUTE = 60
_MOST_ADDRESSES = 50_000
_NEW_KEY_SECONDS = 3_600


@dataclass(slots=True)
class Rate:
    """Counts of one minute. The key is drawn anew each hour, and nothing is written anywhere.

    Attributes:
        per_minute: how many questions one address may ask.
        clock: seconds that only go forward.
    """

    per_minute: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    _key: bytes = b""
    _key_until: float = float("-inf")
    _minute: int = -1
    _counts: dict[bytes, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, address: str) -> bool:
        """Count one question and tell whether the address may ask it.

        When there are more addresses than it can count, new ones may ask: a finder that answers
        too much is better than one that does not answer.
        """
        with self._lock:
            self._turn()
            mark = hmac.new(self._key, address.encode(), hashlib.sha256).digest()
            if mark not in self._counts and len(self._counts) >= _MOST_ADDRESSES:
                return True
            self._counts[mark] = self._counts.get(mark, 0) + 1
            return self._counts[mark] <= self.per_minute

    def _turn(self) -> None:
        now = self.clock()
        if now >= self._key_until:
            self._key, self._key_until = secrets.token_bytes(32), now + _NEW_KEY_SECONDS
            self._counts.clear()
        if int(now // 60) != self._minute:
            self._minute = int(now // 60)
            self._counts.clear()


def address_of(request: HttpRequest) -> str:
    """Return who asks: behind proxies of ours what the outermost wrote, else who connects.

    Of an IPv6 address its /64, which one household or phone has to itself.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    written = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if 0 < proxies <= len(written) and (address := written[-proxies].strip()):
        return _household(address)
    return _household(str(request.META.get("REMOTE_ADDR", "")))


def _household(address: str) -> str:
    try:
        return str(IPv6Network(f"{IPv6Address(address)}/64", strict=False))
    except ValueError:
        return address
