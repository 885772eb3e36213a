"""What the comparison weighs, as data: weights, thresholds, words without weight.

Source: docs/sources.md#entity-resolution for weights and thresholds;
docs/measurements/duplicates/README.md for what was measured with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """How a score comes about; each share is 0 to 1.

    Attributes:
        name, contact, address, place: weights, which add up to 1.
        unknown: what counts for a feature that one of the two does not state.
        likely: from this score on two records are most likely the same.
        maybe: from this score on somebody should look.
        apart: the most that two locations come to whose addresses, doors or names tell them
            apart: two houses, Suite A and Suite B, a van and a clinic, number 2 and number 3.
        name_at_least: below it nothing else makes two records the same.
        near_m, far_m: at most so far apart is the same place, at least so far another one.
        same_street: from this likeness on two streets are one, with its typing errors.
        link_name: from this likeness of names on, at one address, locations may be linked
            without anybody looking.
        link_far_m: further apart than that, no address is the same one.
        block: more records than that in one block are parted by their names.
    """

    name: float = 0.5
    contact: float = 0.2
    address: float = 0.15
    place: float = 0.15
    unknown: float = 0.5
    likely: float = 0.82
    maybe: float = 0.63
    apart: float = 0.62
    name_at_least: float = 0.5
    near_m: float = 150.0
    far_m: float = 1_000.0
    same_street: float = 0.85
    link_name: float = 0.9
    link_far_m: float = 2_000.0
    block: int = 60


RULES = Rules()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Side of a cell in degrees, some 1.1 km, and how far a point reaches over the edge of its own.
CELL = 0.01
REACH = 0.0005
PREFIX = 4

LEGAL_FORMS = _words(
    "inc incorporated llc llp lp ltd corp corporation co company pc apc pllc dba aka fka "
    "501c3 nonprofit foundation a md"
)
SMALL = _words("a an and at by de del el for from in la las los of on the to y s")
# What a word is short for in names.
NAME_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("centers", "centre", "ctr", "cntr", "centro"), "center"),
    **dict.fromkeys(("clinics", "clinica", "clin"), "clinic"),
    **dict.fromkeys(("services", "servs", "serv", "svcs", "svc", "srvcs"), "service"),
    **dict.fromkeys(("programs", "prog", "pgm"), "program"),
    **dict.fromkeys(("dept", "dpt"), "department"),
    **dict.fromkeys(("comm", "cmty"), "community"),
    **dict.fromkeys(("hlth", "healthcare"), "health"),
    **dict.fromkeys(("med",), "medical"),
    **dict.fromkeys(("outpt",), "outpatient"),
    **dict.fromkeys(("trt", "tx"), "treatment"),
    **dict.fromkeys(("behav", "bhvrl"), "behavioral"),
    **dict.fromkeys(("assoc", "associates"), "association"),
    **dict.fromkeys(("cnty",), "county"),
    **dict.fromkeys(("st", "street"), "st"),
    **dict.fromkeys(("ave", "avenue"), "ave"),
    "hosp": "hospital",
    "univ": "university",
    "schl": "school",
    "mt": "mount",
}
# Words that say what kind of place it is, and so not which one.
COMMON = _words(
    "center clinic service program department community health medical outpatient treatment "
    "behavioral mental county family care recovery counseling school hospital site mobile van "
    "unit residential alcohol drug abuse substance use"
)

# What is on its way is not where it starts from.
MOVING = _words("mobile van wheels bus rv outreach movil")

STREET_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("street", "str"), "st"),
    **dict.fromkeys(("avenue", "av", "avenida"), "ave"),
    **dict.fromkeys(("boulevard", "boul", "bl"), "blvd"),
    **dict.fromkeys(("road",), "rd"),
    **dict.fromkeys(("drive",), "dr"),
    **dict.fromkeys(("lane",), "ln"),
    **dict.fromkeys(("court",), "ct"),
    **dict.fromkeys(("place",), "pl"),
    **dict.fromkeys(("parkway", "pkway"), "pkwy"),
    **dict.fromkeys(("highway", "hiway"), "hwy"),
    **dict.fromkeys(("square",), "sq"),
    **dict.fromkeys(("terrace",), "ter"),
    **dict.fromkeys(("circle",), "cir"),
    **dict.fromkeys(("way",), "wy"),
    **dict.fromkeys(("plaza",), "plz"),
}
DIRECTIONS: Mapping[str, str] = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
}
# From here on a line tells the part of a building.
UNITS = _words(
    "suite suites ste unit units apt apartment bldg building floor fl room rm space spc trailer "
    "lot dept no nos number and"
)
ORDINALS: Mapping[str, str] = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}
