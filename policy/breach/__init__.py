"""A breach, from the first word to the regulator: what is known, what may be done next, what is due (domain 2)."""
