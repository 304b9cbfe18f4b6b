"""COR: corrections and versions."""
