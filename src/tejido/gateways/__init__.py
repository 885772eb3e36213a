"""Ways out of the building: text messages. Neutral to whoever carries them."""
