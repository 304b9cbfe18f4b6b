"""SRC: is the source clear?"""
