"""The demonstration desk of `atendimento demo`: its people and tickets.

Each ticket is opened and moved through the process of its service by the services that people use.
"""
