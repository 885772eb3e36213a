"""Keys of the cache, so that a table of rate limits never holds what it counts."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(key: str, prefix: str, version: int) -> str:
    """Return an HMAC of the key under the installation's secret, 64 hexadecimal digits."""
    value = f"{prefix}:{version}:{key}"
    return salted_hmac("cache", value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
