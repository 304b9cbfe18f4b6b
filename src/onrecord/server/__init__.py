"""The web app: paste or drop an article, look at it, dismiss a finding; and an HTTP API for a CMS.

Runs on this machine, keeps articles in memory unless told otherwise, fetches nothing, logs no word
of an article. `app.build` puts it together.
"""
