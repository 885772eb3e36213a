"""Kinds of member, roles, permissions: the words and rules of who may do what."""
