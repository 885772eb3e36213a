import pytest
from django_tasks_db.models import DBTaskResult

from tejido.directory.testing import a_service, stored
from tejido.directory.tests.test_four_eyes import THEO, moved

pytestmark = pytest.mark.django_db


def test_a_proposal_leaves_a_task_that_tells_who_may_say_yes_but_not_who_proposed(settings):
    settings.MAIL_IS_ON = True
    stored(a_service())

    moved()
    moved()

    (task,) = DBTaskResult.objects.all()
    told = task.args_kwargs["args"]
    assert (told[0], told[1], told[4]) == (
        "approve.listing.network",
        "hours-wait",
        str(THEO.person),
    )
