"""Deleting what has been kept for long enough (policy/retention.py), and nothing that a hold or an open case needs."""
