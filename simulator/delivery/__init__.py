"""A message's way from its verdict to its end, and everything that goes to an ESME on account of it."""
