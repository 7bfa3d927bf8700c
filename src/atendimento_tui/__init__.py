"""The terminal workstation of a front desk and a support desk."""

__version__ = "0.1.0"
