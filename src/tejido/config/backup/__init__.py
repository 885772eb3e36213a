"""Backups: everything that an installation holds, in one encrypted file that can be tried."""
