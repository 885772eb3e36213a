"""A text message as the areas see it, whoever carries it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextIn:
    """A message that came; it shows neither number nor words where it is printed.

    Attributes:
        id: the carrier's; the same message that comes twice has the same.
        sender: the number, E.164. It is hashed where it is used, and kept nowhere.
        words: what was written, perhaps nothing.
    """

    id: str
    sender: str = field(repr=False)
    words: str = field(repr=False)
