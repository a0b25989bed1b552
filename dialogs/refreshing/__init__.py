"""A pupil's circumstances changed: told by anybody, counted at once, put on record by the data lead or the DPO."""
