"""What rules ask of an analysis: look-ups that several of them need; decides nothing."""
