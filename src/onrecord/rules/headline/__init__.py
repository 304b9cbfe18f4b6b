"""HED: headline, standfirst, caption."""
