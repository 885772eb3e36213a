"""What a text is and when a translation of it may be shown."""
