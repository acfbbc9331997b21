"""A routine at one length on one sheet of paper, to lie beside the massage table."""
