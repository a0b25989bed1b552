"""May these pupils be photographed, filmed or published? Consent, the two stages and the words of the answer (domain 1)."""
