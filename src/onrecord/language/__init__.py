"""What a language's words mean to the rest: a folder a language, data rows and their loader."""
