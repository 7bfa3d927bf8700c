"""Packages whose modules are imported when they are first used (PEP 562)."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType


def submodules(package: str) -> Callable[[str], ModuleType]:
    """The `__getattr__` of a package: `services.queue` imports the module `queue` of the package `services`.

    Args:
        package: Its name.
    """

    def imported(name: str) -> ModuleType:
        module = f"{package}.{name}"
        try:
            return import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:  # a module that it imports is missing
                raise
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name) from None

    return imported
