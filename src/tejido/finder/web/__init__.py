"""The finder's pages: home, results, one place, overdose, privacy, about."""
