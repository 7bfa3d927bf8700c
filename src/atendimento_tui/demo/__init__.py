"""The furnished desk of `atendimento demo`: who works there and what comes in.

Every ticket is opened and brought where it is through the process of its service, as people do it.
"""
