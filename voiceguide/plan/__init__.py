"""When everything happens: minutes shared, sections placed, a timeline of whole frames."""
