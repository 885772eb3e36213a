"""What members offer each other and look for: a small vocabulary, and how two cards fit."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

CONSENT_TEXT = "partner-1"
LONGEST_WORDS = 300
STATEWIDE = "06"


class Help(StrEnum):
    """What one member can give another."""

    NALOXONE = "naloxone-supply"
    SUPPLIES = "sterile-supplies"
    DRUG_CHECKING = "drug-checking"
    TESTING = "hiv-hcv-testing"
    HCV_TREATMENT = "hcv-treatment"
    HIV_CARE = "hiv-care"
    MEDICATION = "medication-treatment"
    WOUND_CARE = "wound-care"
    MENTAL_HEALTH = "mental-health"
    HOUSING = "housing-help"
    LEGAL = "legal-help"
    TRAINING = "training"
    TRAINING_HOST = "training-host"
    PLACEMENT_HOST = "placement-host"
    SPACE = "space"
    TRANSPORT = "transport"
    LANGUAGE_HELP = "language-help"
    DISPOSAL = "syringe-disposal"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class Fit:
    """What another's card gives us, and what ours gives them, in the order of `Help`."""

    for_us: tuple[Help, ...]
    for_them: tuple[Help, ...]


def fit_of(
    *,
    our_offers: Collection[Help],
    our_seeks: Collection[Help],
    their_offers: Collection[Help],
    their_seeks: Collection[Help],
) -> Fit:
    """Return where two cards meet."""
    return Fit(
        for_us=tuple(each for each in Help if each in our_seeks and each in their_offers),
        for_them=tuple(each for each in Help if each in our_offers and each in their_seeks),
    )
