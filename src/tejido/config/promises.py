"""What is promised of the whole, and tried many times."""

from tejido.config.trials.access import promise_access
from tejido.config.trials.canary import promise_canary
from tejido.config.trials.kills import promise_kills
from tejido.config.trials.power_cuts import promise_power_cuts

PROMISES = {
    "access": promise_access,
    "canary": promise_canary,
    "kills": promise_kills,
    "power-cuts": promise_power_cuts,
}
