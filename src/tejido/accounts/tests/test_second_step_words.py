"""What the page of one's account leads to, by what is set up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tejido.accounts.services import turn_on_app
from tejido.accounts.testing import an_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    account = an_account("rosa")
    turn_on_app(account_id=account.id, secret="JBSWY3DPEHPK3PXP", at=timezone.now())
    client.force_login(account)
    return client


def test_who_has_no_recovery_code_is_led_to_making_some_and_not_to_a_page_that_is_not_there(
    signed_in,
):
    page = signed_in.get(reverse("account_home")).content.decode()

    assert f'href="{reverse("mfa_generate_recovery_codes")}"' in page
    assert f'href="{reverse("mfa_view_recovery_codes")}"' not in page
