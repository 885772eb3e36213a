"""A place in a row of tokens, for reading them one after another."""

from collections.abc import Sequence

from tejido.directory.domain.prose_hours.clock import Clock
from tejido.directory.domain.prose_hours.proposal import Note, NotRead
from tejido.directory.domain.prose_hours.tokens import Token
from tejido.directory.domain.prose_hours.words import Kind


class Cursor:
    """Where reading stands; `kind` is None at the end."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def kind(self) -> Kind | None:
        """Return the kind of the token that comes next."""
        return self._kind_at(self.at)

    @property
    def next_kind(self) -> Kind | None:
        """Return the kind of the token after the one that comes next."""
        return self._kind_at(self.at + 1)

    @property
    def previous_kind(self) -> Kind | None:
        """Return the kind of the token that was taken last, or None at the start."""
        return self._kind_at(self.at - 1) if self.at else None

    def take(self) -> Token:
        """Return the next token and go on.

        Raises:
            NotRead: there is none.
        """
        if self.kind is None:
            raise self.refusal()
        self.at += 1
        return self.tokens[self.at - 1]

    def take_clock(self) -> Clock:
        """Return the clock time that comes next and go on.

        Raises:
            NotRead: something else comes next.
        """
        clock = self.take().clock
        if clock is None:
            raise self.refusal()
        return clock

    def skip(self, *kinds: Kind) -> bool:
        """Go past every token of these kinds; tell whether there was one."""
        start = self.at
        while self.kind in kinds:
            self.at += 1
        return self.at > start

    def jump_to(self, *kinds: Kind, over: Sequence[Kind]) -> bool:
        """Go past separators, if something of these kinds follows them; else stay."""
        start = self.at
        self.skip(*over)
        if self.kind in kinds:
            return True
        self.at = start
        return False

    def place_from(self, start: int) -> tuple[int, int]:
        """Return where in the sentence the tokens from `start` up to here were written."""
        return self.tokens[start].start, self.tokens[self.at - 1].end

    def refusal(self, note: Note = Note.NOT_UNDERSTOOD) -> NotRead:
        """Return the reason to give the whole part up."""
        return NotRead(note)

    def _kind_at(self, at: int) -> Kind | None:
        return self.tokens[at].kind if at < len(self.tokens) else None
