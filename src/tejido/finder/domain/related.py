"""What may help where what was asked for is far: needs that stand in for others.

Our judgement of harm reduction practice, open to change: a clinic dresses a wound where no program
does, a methadone program is treatment for who asks for buprenorphine. It never counts as the thing
itself, and pages say so.
"""

from collections.abc import Iterable, Mapping

# The first of each is the closest; the others are doors to ask at.
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "naloxone": ("overdose-training", "syringes"),
    "overdose-training": ("naloxone",),
    "syringes": ("mail-supplies", "outreach-van"),
    "mail-supplies": ("syringes",),
    "outreach-van": ("syringes", "street-medicine"),
    "harm-reduction": ("syringes", "naloxone"),
    "sharps-disposal": ("syringes",),
    "medication-disposal": ("pharmacy", "sharps-disposal"),
    "safer-smoking": ("mail-supplies", "syringes"),
    "safer-snorting": ("mail-supplies", "safer-smoking", "syringes"),
    "fentanyl-test-strips": ("drug-checking", "mail-supplies", "syringes"),
    "drug-checking": ("fentanyl-test-strips", "mail-supplies", "syringes"),
    "overdose-spotting": ("crisis-line", "talk", "peer-support"),
    "wound-care": ("primary-care",),
    "street-medicine": ("outreach-van", "primary-care"),
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
    "emergency-contraception": ("pharmacy", "primary-care"),
    "abortion-care": ("pregnancy-care", "primary-care"),
    "gender-affirming-care": ("primary-care",),
    "dental-care": ("primary-care",),
    "eye-care": ("primary-care",),
    "pharmacy": ("primary-care",),
    "hospital": ("primary-care",),
    "quit-tobacco": ("primary-care",),
    "condoms": ("safer-sex", "sti-test", "syringes"),
    "sex-worker-support": ("safer-sex", "sti-test", "peer-support"),
    "opioid-medicine": ("treatment", "detox"),
    "buprenorphine": ("methadone", "treatment"),
    "methadone": ("buprenorphine", "treatment"),
    "treatment": ("methadone", "buprenorphine", "detox", "residential-treatment"),
    "detox": ("residential-treatment", "treatment"),
    "medical-detox": ("detox", "treatment"),
    "residential-treatment": ("treatment",),
    "stimulant-support": ("treatment",),
    "alcohol-help": ("treatment",),
    "sobering-center": ("detox", "treatment"),
    "dui-program": ("treatment",),
    "food": ("basics", "case-management"),
    "shower": ("basics", "shelter"),
    "laundry": ("basics", "shower"),
    "clothing": ("basics",),
    "hygiene-supplies": ("basics", "shower"),
    "phone-and-charging": ("library-internet", "basics"),
    "basics": ("food", "shower", "clothing", "shelter", "case-management"),
    "shelter": ("housing", "case-management"),
    "housing": ("shelter", "case-management"),
    "cooling-warming": ("shelter", "basics"),
    "safe-parking": ("shelter", "housing"),
    "domestic-violence-help": ("shelter", "sexual-assault-help", "legal-help"),
    "sexual-assault-help": ("domestic-violence-help", "mental-health"),
    "talk": ("peer-support", "mental-health", "crisis-line"),
    "peer-support": ("talk", "recovery-meetings", "mental-health"),
    "recovery-meetings": ("peer-support", "treatment"),
    "family-of-people-who-use": ("peer-support", "grief-support", "talk"),
    "mental-health": ("talk", "peer-support", "case-management"),
    "crisis-line": ("mental-health", "talk"),
    "grief-support": ("mental-health", "peer-support"),
    "lgbtq-support": ("gender-affirming-care", "peer-support"),
    "youth-help": ("mental-health", "case-management"),
    "veterans-help": ("case-management",),
    "older-adult-help": ("case-management",),
    "disability-help": ("case-management",),
    "parent-support": ("case-management",),
    "reentry-help": ("case-management", "legal-help"),
    "benefits-enrollment": ("case-management",),
    "money-help": ("benefits-enrollment", "case-management"),
    "job-help": ("case-management",),
    "find-services": ("case-management",),
    "case-management": ("find-services",),
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


# A name that says one of these says next to nothing of who goes there.
_SAYS_LITTLE = frozenset(
    {"primary-care", "hospital", "pharmacy", "case-management", "find-services", "legal-help"}
)


def kin_of(needs: Iterable[str], broader: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the needs from which others are guessed: themselves, their family, what stands in.

    Args:
        needs: what was asked for.
        broader: need -> itself and every broader one.
    """
    asked = frozenset(needs)
    heads = {broader[need][-1] for need in asked if need in broader}
    family = {need for need, chain in broader.items() if chain[-1] in heads}
    return asked | (family.union(standing_in_for(asked, broader)) - _SAYS_LITTLE)


def closest_to(needs: Iterable[str], broader: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the closest of what stands in for each need, among what `standing_in_for` returns.

    Args:
        needs: what was asked for.
        broader: need -> itself and every broader one.
    """
    asked = list(needs)
    found = [standing_in_for([need], broader) for need in asked]
    firsts = (next((each for each in one if each not in asked), "") for one in found)
    return [each for each in dict.fromkeys(firsts) if each]


def narrow_among(needs: Iterable[str], broader: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return those of the needs than which none is narrower.

    A name is enough to tell a crisis line; what stands for much, such as basic needs, is hinted
    at by too many names.

    Args:
        needs: any.
        broader: need -> itself and every broader one.
    """
    return [each for each in needs if not any(each in above[1:] for above in broader.values())]
