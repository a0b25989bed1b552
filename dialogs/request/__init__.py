"""A request for somebody's own data in conversation: taken in, the DPO's card, and what follows (domain 3, 4, 6)."""
