"""Tejido: open-source software for a statewide harm reduction network."""

__version__ = "0.1.0"
