"""Requests to services and their results: frozen values, one module an area.

No module here imports a table or a widget. They are cheap to import, because screens do so before the first frame.
"""
