"""How right the rules are: articles set aside, findings judged by reading, contradictions
planted."""
