"""May these pupils be photographed, filmed or published? Consent, two stages, the words of the answer (domain 1)."""
