"""Hours written as prose, in English or Spanish, read into opening rules: all of it or nothing.

`propose_hours` reads a sentence in four steps, one module each: words and marks (`tokens`, with
the vocabulary in `words`), statements (`grammar`), clock times that leave am and pm out (`clock`),
and what the statements say together (`meaning`). `say_hours` is the way back, `say_dated` for
certain days.

`read_hours` is for a person at the desk, who sees what was read: every second week with its next
date, first and last days, days of the month (`limits`) and certain days (`dated`) are read too.
"""

from tejido.directory.domain.prose_hours.dated import say_dated
from tejido.directory.domain.prose_hours.languages import Language
from tejido.directory.domain.prose_hours.proposal import Note, Proposal
from tejido.directory.domain.prose_hours.reading import propose_hours
from tejido.directory.domain.prose_hours.say import say_hours
from tejido.directory.domain.prose_hours.written import Written, read_hours

__all__ = [
    "Language",
    "Note",
    "Proposal",
    "Written",
    "propose_hours",
    "read_hours",
    "say_dated",
    "say_hours",
]
