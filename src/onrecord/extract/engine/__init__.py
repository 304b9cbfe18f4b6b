"""Engines that find who says what: the network, and the patterns that stand in for it."""
