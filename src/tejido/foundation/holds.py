"""Why removal may have to wait."""

from enum import StrEnum


class HoldReason(StrEnum):
    """Why nothing is removed for a while; a code, so that no case and no person is named."""

    SUBPOENA = "subpoena"
    DISPUTE = "dispute"
    MISTAKE = "mistake"
    OTHER = "other"
