"""Pages of the desk: listings, lists and needs."""
