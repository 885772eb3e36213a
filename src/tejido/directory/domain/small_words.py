"""Words that mean nothing alone: between the words of a sentence, or in everyday use.

The finder leaves the small ones out of a search, so a word for a need has to mean something
without them.
"""

# What stands between the words that matter when somebody types a whole sentence. "A" to "I" as
# names of hepatitis stay, save "a", which nobody can tell from the article.
_ENGLISH = """a am an and any are at be by can do find for from get have help how i im in is it ive
looking me my near nearby need needing of on or place places please some that the there to want we
what where which who with you your"""
_SPANISH = """al algun alguna ayuda busco buscar cerca como con cual de del donde el en encontrar
es esta este estoy hay la las lo los lugar lugares me mi necesito necesita o para por puedo que
quiero se sin soy su sus tengo un una uno unas unos y"""
SMALL_WORDS = frozenset(f"{_ENGLISH} {_SPANISH}".split())

# A need that had one of these as a form would be found by people who mean something else.
EVERYDAY_WORDS = frozenset(
    {"id", "its", "strips", "drugs", "clean", "drop", "no", "near", "free", "open", "now", "solo"}
    | {"gratis", "abierto", "ahora"}
)
