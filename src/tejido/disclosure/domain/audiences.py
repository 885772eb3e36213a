"""Who a count leaves for (docs/areas/disclosure.md)."""

from enum import StrEnum


class Audience(StrEnum):
    """The four audiences; only the public's goes through the threshold."""

    OWN_PROGRAM = "own_program"
    AUTHORIZER_OR_FUNDER = "authorizer_or_funder"
    NETWORK = "network"
    PUBLIC = "public"
