"""What the network does again and again."""

from datetime import datetime, timedelta
from random import SystemRandom

from tejido.foundation.round import Round
from tejido.network.services.audit import seal_all
from tejido.network.services.departures import carry_out_due
from tejido.network.services.digests import give_up_messages, tell_what_failed, tell_what_waits
from tejido.network.services.sending import send_due


def _send(at: datetime) -> None:
    send_due(at=at, draw=SystemRandom())


ROUNDS = [
    Round("members-that-leave", lambda at: carry_out_due(at=at)),
    Round("seal-record", lambda at: seal_all(at=at)),
    Round("tell-what-waits", lambda at: tell_what_waits(at=at), every=timedelta(minutes=15)),
    Round("tell-what-failed", lambda at: tell_what_failed(at=at)),
    Round("send-messages", _send, every=timedelta(minutes=1)),
    Round("give-up-messages", lambda at: give_up_messages(at=at), hour=3),
]
