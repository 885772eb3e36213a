"""Composes the areas: settings, addresses, the server. The only place that knows them all."""
