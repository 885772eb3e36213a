"""Refusals: what a person asked for and cannot have, with a sentence that says what to do."""


class Refused(Exception):
    """An expected failure.

    Attributes:
        code: stable word for programs and tests, such as `scope-missing`.
        sentence: what happened and what to do, for a person; already translated or lazy.
    """

    def __init__(self, code: str, sentence: object) -> None:
        """Keep the code and the sentence."""
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)
