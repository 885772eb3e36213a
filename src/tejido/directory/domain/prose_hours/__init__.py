"""Hours written as prose, in English or Spanish, read into opening rules: all of it or nothing.

`propose_hours` reads a sentence in four steps, one module each: words and marks (`tokens`, with
the vocabulary in `words`), statements (`grammar`), clock times that leave am and pm out (`clock`),
and what the statements say together (`meaning`). `say_hours` is the way back.
"""

from tejido.directory.domain.prose_hours.proposal import Note, Proposal
from tejido.directory.domain.prose_hours.reading import propose_hours
from tejido.directory.domain.prose_hours.say import Language, say_hours

__all__ = ["Language", "Note", "Proposal", "propose_hours", "say_hours"]
