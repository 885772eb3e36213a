"""Records that may be the same: which to compare, how alike they are, and why."""
