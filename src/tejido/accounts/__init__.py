"""Sign-in only: the account that a person signs in with, its password and its second step."""
