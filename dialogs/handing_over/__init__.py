"""A DPO, a head or a safeguarding lead is away: somebody who may lawfully stand in does, for whole days."""
