"""What a good guide would say about a routine: `table` holds the rules, `judge` applies them, nothing is voiced for it."""
