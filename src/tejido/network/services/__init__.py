"""What is done to members, people and roles: each act checks who does it and is written down."""
