"""Pages of the desk: which member, what needs me, who works here."""
