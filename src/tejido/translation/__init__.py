"""Translatable text as units with honest states, below every area that has text."""
