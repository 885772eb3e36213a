"""How far a look for pairs is, and why one did not end, as codes: who shows them words them."""

from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """What a look does now: records READ, pairs COMPARED."""

    READ = "read"
    COMPARED = "compared"


class Progress(NamedTuple):
    """How far a look is: so many records or pairs."""

    step: Step
    done: int


class Problem(StrEnum):
    """Why a look did not end: somebody STOPPED it, or it BROKE off."""

    STOPPED = "stopped"
    BROKE = "broke"
