"""From what an engine found to attributions: whole, nested, without the unsure ones."""
