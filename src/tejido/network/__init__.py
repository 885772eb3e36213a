"""Members, people, memberships, roles and relationships of the network; who may do what."""
