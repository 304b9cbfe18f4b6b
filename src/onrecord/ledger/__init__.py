"""The ledger: who said what, where and when, across articles and their versions.

A database (SQLite file or PostgreSQL) of articles, the people and bodies in them, their statements,
and the quotations that several of them print. Only named people are ever linked across articles.
The words stand in the article's text alone, so that forgetting an article forgets its words.
"""

from .store import Ledger, create_ledger, open_ledger

__all__ = ["Ledger", "create_ledger", "open_ledger"]
