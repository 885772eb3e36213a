"""Counties, ZIP points and towns of California; what a typed place means."""
