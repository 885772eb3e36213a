"""Somebody who works in a program signs in, and puts a second step before the desk."""

import base64
import hashlib
import hmac
import struct
import time

from steps import password_of, sign_in


def code_now(secret: str) -> str:
    """Return the code that an authenticator app shows now (RFC 6238: SHA-1, 30 s, 6 digits)."""
    secret = "".join(secret.split())
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mark = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = mark[-1] & 15
    return f"{(int.from_bytes(mark[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def next_code(secret: str, used: str) -> str:
    """Return a code that was not used yet; one works only once."""
    for _ in range(80):
        if code_now(secret) != used:
            return code_now(secret)
        time.sleep(0.5)
    raise AssertionError("the clock stands still")


def test_sign_in_with_a_second_step(own_site, visits):
    visits.cookies_allowed = True
    page, password = visits.page(own_site, width=1280), password_of("dolores")
    sign_in(page, "dolores", password)
    assert "/desk/" in page.url

    page.goto("/account/second-step/on/")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator("code").inner_text()
    used = code_now(secret)
    page.get_by_label("Code").fill(used)
    page.get_by_role("button", name="Turn on").click()
    page.goto("/account/")
    assert "codes left" in page.locator("main").inner_text()

    page.context.clear_cookies()
    sign_in(page, "dolores", password)
    assert "/desk/" not in page.url
    page.get_by_role("textbox").first.fill(next_code(secret, used))
    page.locator("main button").first.click()
    page.wait_for_url("**/desk/**")
