"""The headteacher's week, and the DPO's of many schools: counts and codes, never a pupil's name (domain 9)."""
