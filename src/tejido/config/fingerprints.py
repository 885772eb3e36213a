"""Whether anything changed since something slow was done."""

import hashlib
from pathlib import Path

from django.conf import settings


def fingerprint(*patterns: str) -> str:
    """Return a digest of the locked packages and of every file of the package that fits.

    Args:
        patterns: globs below `src/tejido`, such as `*/migrations/*.py`.
    """
    digest = hashlib.sha256((settings.ROOT / "requirements" / "runtime.txt").read_bytes())
    found = {path for pattern in patterns for path in settings.PACKAGE.glob(pattern)}
    for path in sorted(filter(Path.is_file, found)):
        digest.update(str(path.relative_to(settings.PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()
