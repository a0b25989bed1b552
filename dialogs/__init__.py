"""Talking with people: what was said or pressed goes in, what to say next comes out."""
