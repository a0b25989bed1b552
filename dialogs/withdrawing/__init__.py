"""A family takes consent back: reported by anybody, in force at once, recorded by the office or the data lead."""
