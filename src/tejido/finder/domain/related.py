"""What may help where what was asked for is far: needs that stand in for others.

Our judgement of harm reduction practice, open to change: a clinic dresses a wound where no program
does, a methadone program is treatment for who asks for buprenorphine. It never counts as the thing
itself, and pages say so.
"""

from collections.abc import Iterable, Mapping

INSTEAD: Mapping[str, tuple[str, ...]] = {
    "naloxone": ("overdose-training",),
    "overdose-training": ("naloxone",),
    "syringes": ("mail-supplies", "outreach-van"),
    "sharps-disposal": ("syringes",),
    "safer-smoking": ("mail-supplies", "syringes"),
    "safer-snorting": ("mail-supplies", "safer-smoking"),
    "fentanyl-test-strips": ("drug-checking", "mail-supplies"),
    "drug-checking": ("fentanyl-test-strips", "mail-supplies"),
    "wound-care": ("primary-care",),
    "hiv-test": ("tests", "sti-test", "primary-care"),
    "hepatitis-c-test": ("tests", "primary-care"),
    "sti-test": ("tests", "hiv-test", "primary-care"),
    "tests": ("primary-care",),
    "tb-test": ("primary-care",),
    "hiv-care": ("primary-care",),
    "hepatitis-c-treatment": ("primary-care",),
    "prep": ("sti-test", "primary-care"),
    "pep": ("prep", "hospital", "primary-care"),
    "vaccines": ("primary-care",),
    "pregnancy-care": ("primary-care",),
    "birth-control": ("primary-care",),
    "gender-affirming-care": ("primary-care",),
    "dental-care": ("primary-care",),
    "condoms": ("safer-sex", "sti-test"),
    "buprenorphine": ("methadone", "treatment"),
    "methadone": ("buprenorphine", "treatment"),
    "treatment": ("methadone", "buprenorphine", "detox", "residential-treatment"),
    "detox": ("residential-treatment", "treatment"),
    "medical-detox": ("detox", "treatment"),
    "residential-treatment": ("treatment",),
    "stimulant-support": ("treatment",),
    "alcohol-help": ("treatment",),
    "sobering-center": ("detox", "treatment"),
    "food": ("basics", "case-management"),
    "shower": ("basics", "shelter"),
    "laundry": ("basics", "shower"),
    "clothing": ("basics",),
    "hygiene-supplies": ("basics", "shower"),
    "basics": ("food", "shower", "clothing", "shelter", "case-management"),
    "shelter": ("housing", "case-management"),
    "housing": ("shelter", "case-management"),
    "domestic-violence-help": ("shelter", "sexual-assault-help"),
    "sexual-assault-help": ("domestic-violence-help", "mental-health"),
    "talk": ("peer-support", "mental-health", "crisis-line"),
    "peer-support": ("talk", "recovery-meetings", "mental-health"),
    "recovery-meetings": ("peer-support", "treatment"),
    "mental-health": ("talk", "peer-support", "case-management"),
    "crisis-line": ("mental-health", "talk"),
    "grief-support": ("mental-health", "peer-support"),
    "youth-help": ("mental-health", "case-management"),
    "immigration-help": ("legal-help",),
    "id-documents": ("case-management", "legal-help"),
    "mail-address": ("case-management",),
}


def standing_in_for(needs: Iterable[str], broader: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return what may help instead of the needs: what stands in for them, and what is broader.

    Args:
        needs: what was asked for.
        broader: need -> itself and every broader one.
    """
    asked = list(needs)
    found = [other for need in asked for other in (*INSTEAD.get(need, ()), *broader.get(need, ()))]
    return [other for other in dict.fromkeys(found) if other in broader and other not in asked]
