"""Trials of what is promised: servers and databases that are killed, disks whose power is cut."""
