"""SEN: people at risk."""
