"""An online-safety incident as data: kinds, seats, steps and words (domain 5). What happened is written in CPOMS."""
