"""A request about somebody's own data, as data and pure rules: what happened, its sum, what may come next."""
