"""How pages look: tokens, components as typed tags, the gallery. Knows no other area."""
