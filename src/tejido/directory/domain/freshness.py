"""How old a listing may be before a page says so. Hours have their clocks (domain.clocks)."""

# After so many days a page says "call before you go", whatever kind of place it is.
CHECK_HOLDS_DAYS = 90
# A listing that nobody has looked at for a year is ranked lower (Inform USA: yearly check).
LISTING_HOLD_DAYS = 365
