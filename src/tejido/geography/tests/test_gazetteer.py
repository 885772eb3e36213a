import pytest
from hypothesis import given
from hypothesis import strategies as st

from tejido.geography.domain.gazetteer import Gazetteer
from tejido.geography.domain.names import LONGEST_TEXT
from tejido.geography.domain.places import Ambiguous, Found, Place, PlaceKind, Unknown


def a_place(name, *, kind=PlaceKind.TOWN, fips="06001", at=(37.8, -122.2), weight=1):
    return Place(kind, name, fips, *at, approximate=True, weight=weight)


PLACES = [
    a_place("Alameda County", kind=PlaceKind.COUNTY, weight=1_682_353),
    a_place("Marin County", kind=PlaceKind.COUNTY, fips="06041"),
    a_place("Mono County", kind=PlaceKind.COUNTY, fips="06051"),
    a_place("Los Angeles County", kind=PlaceKind.COUNTY, fips="06037"),
    a_place("San Francisco County", kind=PlaceKind.COUNTY, fips="06075", at=(37.76, -122.44)),
    a_place("San Francisco", fips="06075", at=(37.77, -122.42), weight=60),
    a_place("Oakland", weight=27),
    a_place("Alameda", weight=2),
    a_place("Fresno", fips="06019", at=(36.74, -119.78), weight=60),
    a_place("Eureka", fips="06023", at=(40.8, -124.2), weight=3),
    a_place("Los Angeles", fips="06037", at=(34.05, -118.29), weight=97),
    a_place("East Los Angeles", fips="06037", at=(34.02, -118.16)),
    a_place("San Jose", fips="06085", at=(37.33, -121.89), weight=58),
    a_place("Saint Helena", fips="06055"),
    a_place("Weed", fips="06093"),
    a_place("Needles", fips="06071"),
    a_place("Nuevo", fips="06065"),
    a_place("Rough and Ready", fips="06057"),
    *(
        a_place(code, kind=PlaceKind.ZIP, weight=0)
        for code in ("93721", "94606", "90011", "95501", "05555")
    ),
]
GAZETTEER = Gazetteer(PLACES)


def found(text):
    return getattr(GAZETTEER.resolve(text), "place", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oakland", "Oakland"),
        ("  oakland ca ", "Oakland"),
        ("OAKLAND, CALIFORNIA", "Oakland"),
        ("Oakland, CA, USA", "Oakland"),
        ("city of Oakland", "Oakland"),
        ("Fresno, CA 93721", "93721"),
        ("93721", "93721"),
        ("93721-1234", "93721"),
        ("LA", "Los Angeles"),
        ("L.A.", "Los Angeles"),
        ("Los Ángeles", "Los Angeles"),
        ("Los A\u0301ngeles", "Los Angeles"),
        ("SF", "San Francisco"),
        ("san josé", "San Jose"),
        ("east la", "East Los Angeles"),
        ("E. Los Angeles", "East Los Angeles"),
        ("LA County", "Los Angeles County"),
        ("St. Helena", "Saint Helena"),
        ("Alameda", "Alameda"),
        ("Alameda County", "Alameda County"),
        ("alameda co.", "Alameda County"),
        ("condado de Alameda", "Alameda County"),
        ("County of Alameda", "Alameda County"),
        ("Marin", "Marin County"),
        ("weed", "Weed"),
        ("needles", "Needles"),
    ],
)
def test_resolve_finds_a_place_however_it_is_typed(text, name):
    assert found(text).name == name


def test_resolve_keeps_leading_zeros():
    assert found("05555").name == "05555"
    assert GAZETTEER.resolve("00501") == Unknown("00501", (), code="zip-unknown")


@pytest.mark.parametrize("text", ["501", "5555", "055555", "99999"])
def test_resolve_takes_other_digits_for_an_unknown_zip_code(text):
    assert GAZETTEER.resolve(text) == Unknown(text, (), code="zip-unknown")


def test_resolve_of_a_typing_error_names_what_is_near():
    assert GAZETTEER.resolve("Fresnno") == Unknown("Fresnno", ("Fresno",), code="place-unknown")


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "Mission & 16th", "a" * 5000, "\x00", "\ud800"]
)
def test_resolve_of_what_is_no_place_is_unknown(text):
    answer = GAZETTEER.resolve(text)

    assert (type(answer), answer.near_names) == (Unknown, ())
    assert len(answer.text) <= LONGEST_TEXT


def test_resolve_of_two_distant_towns_of_one_name_lets_the_person_choose():
    north = a_place("El Cerrito", fips="06013", at=(37.92, -122.30), weight=2)
    south = a_place("El Cerrito", fips="06065", at=(33.84, -117.52), weight=1)

    answer = Gazetteer([south, north]).resolve("El Cerrito")

    assert answer == Ambiguous("El Cerrito", (north, south))


def test_resolve_of_namesakes_takes_one_that_is_five_times_heavier_or_close_by():
    city = a_place("Lakewood", at=(33.85, -118.12), weight=6)
    hamlet = a_place("Lakewood", fips="06065", at=(37.0, -119.0), weight=1)
    suburb = a_place("Lakewood", fips="06059", at=(33.80, -118.0), weight=6)

    assert Gazetteer([hamlet, city]).resolve("Lakewood") == Found(city)
    assert Gazetteer([suburb, city]).resolve("Lakewood") == Found(city)


def test_resolve_of_a_city_that_is_its_county_is_one_place():
    assert found("San Francisco").kind == PlaceKind.TOWN
    assert found("San Francisco County").kind == PlaceKind.COUNTY


@pytest.mark.parametrize(
    ("words", "rest", "name"),
    [
        ("methadone 94606", "methadone", "94606"),
        ("94606 methadone", "methadone", "94606"),
        ("narcan 90011", "narcan", "90011"),
        ("metadona Oakland", "metadona", "Oakland"),
        ("Mental health Eureka", "Mental health", "Eureka"),
        ("agujas limpias Fresno", "agujas limpias", "Fresno"),
        ("food in los angeles", "food", "Los Angeles"),
        ("food in l.a.", "food", "Los Angeles"),
        ("food LA", "food", "Los Angeles"),
        ("LA food bank", "food bank", "Los Angeles"),
        ("comida en san josé", "comida", "San Jose"),
        ("comida en san josé abierto ahora", "comida abierto ahora", "San Jose"),
        ("oakland methadone clinic", "methadone clinic", "Oakland"),
        ("methadone oakland open now", "methadone open now", "Oakland"),
        ("clinic near 95501", "clinic", "95501"),
        ("clínica cerca de Oakland", "clínica", "Oakland"),
        ("naloxone Fresno, CA 93721", "naloxone", "93721"),
        ("metadona condado de alameda", "metadona", "Alameda County"),
        ("hot shower Marin", "hot shower", "Marin County"),
        ("naloxone in Weed", "naloxone", "Weed"),
        ("needles in Needles", "needles", "Needles"),
        ("naloxone, Needles CA", "naloxone", "Needles"),
        ("Oakland", "", "Oakland"),
        ("near Oakland", "", "Oakland"),
        ("clinic close to Oakland", "clinic", "Oakland"),
        ("detox in the Oakland", "detox", "Oakland"),
        ("wound care, Oakland", "wound care", "Oakland"),
        ("wound care - Oakland", "wound care", "Oakland"),
        ("hepatitis a Oakland", "hepatitis a", "Oakland"),
        ("someone to talk to Oakland", "someone to talk to", "Oakland"),
        ("drop in Oakland", "drop in", "Oakland"),
        ("drop in in Weed", "drop in", "Weed"),
        ("clínica junto a Needles", "clínica", "Needles"),
        ("Rough and Ready", "", "Rough and Ready"),
    ],
)
def test_split_finds_the_place_in_a_sentence(words, rest, name):
    answer = GAZETTEER.split(words)

    assert (answer[0], answer[1].place.name) == (rest, name)


@pytest.mark.parametrize(
    "words",
    [
        "needles",
        "clean needles",
        "Needles and syringes",
        "weed",
        "la clinica",
        "LA CLINICA",
        "ropa nuevo",
        "estoy con el mono",
        "vivo en la calle",
        "doctor en la calle",
        "help in spanish",
        "ayuda en español",
        "terapia en grupo",
        "shelter near me",
        "call 211",
        "12 step",
        "",
        "ca",
    ],
)
def test_split_leaves_words_that_are_needs_alone(words):
    assert GAZETTEER.split(words) == (words, None)


def test_split_of_an_unknown_zip_code_says_so():
    assert GAZETTEER.split("naloxone 00501") == (
        "naloxone",
        Unknown("00501", (), code="zip-unknown"),
    )


def test_split_of_a_misspelt_town_after_in_asks_back():
    assert GAZETTEER.split("methadone in Fresnno") == (
        "methadone",
        Unknown("Fresnno", ("Fresno",)),
    )


@given(st.text(max_size=300))
def test_any_text_is_answered(text):
    assert isinstance(GAZETTEER.resolve(text), Found | Ambiguous | Unknown)
    rest, _ = GAZETTEER.split(text)
    assert len(rest) <= LONGEST_TEXT


WORDS = ["methadone", "in", "near", "oakland", "LA", "needles", "94606", "ca", "de", "los angeles"]


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_split_takes_only_whole_words_and_keeps_their_order(words):
    typed = " ".join(words).split()

    rest = iter(GAZETTEER.split(" ".join(words))[0].split())

    kept = [next(rest, None)]
    for word in typed:
        if kept[-1] == word:
            kept.append(next(rest, None))
    assert kept[-1] is None


@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_zip_text_survives(code):
    answer = GAZETTEER.resolve(code)

    assert (answer.place.name if isinstance(answer, Found) else answer.text) == code


def test_of_a_street_address_the_town_at_its_end_is_meant():
    assert found("1428 E 18th St, Oakland, CA").name == "Oakland"
    assert found("1428 E 18th St") is None


def test_the_first_words_of_long_names_offer_the_largest_towns():
    names = ("Santa Ana", "Santa Rosa", "Santa Clara", "Santa Paula", "Banta")
    towns = [a_place(name, weight=10 - at) for at, name in enumerate(names)]

    assert Gazetteer(towns).resolve("Santa").near_names == (
        "Santa Ana",
        "Santa Rosa",
        "Santa Clara",
    )
