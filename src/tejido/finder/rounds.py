"""What the finder does again and again."""

from tejido.finder.services.forgetting import forget_expired
from tejido.foundation.round import Round

ROUNDS = [Round("forget-conversations", forget_expired)]
