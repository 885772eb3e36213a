"""What concerns every area and is done again and again."""

from tejido.foundation.removing import remove_what_is_over
from tejido.foundation.round import Round

REMOVAL = "remove-what-is-over"
ROUNDS = [Round(REMOVAL, remove_what_is_over, hour=2)]
