"""A breach in conversation: the first minute, the reporter's form, the DPO's card and what follows (domain 2)."""
