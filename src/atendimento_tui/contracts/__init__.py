"""What screens and the command ask of services, and what services answer: frozen values, one module an area.

No module here imports a table or a widget. They are cheap to import: screens do so before the first frame.
"""
