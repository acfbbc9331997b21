"""How it all sounds together: one pure function of position, and one limiter behind it."""
