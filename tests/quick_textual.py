"""Inner functions of Textual, written to do the same in less time: a twentieth of the time of the tests of screens.

Each gives the same result as the function that it replaces, and calls that in every case that is not the usual one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any
from unittest.mock import patch

from textual.css import match, stylesheet
from textual.css.model import CombinatorType, Selector
from textual.dom import DOMNode
from textual.reactive import Reactive

_check_selectors: Callable[[list[Selector], list[DOMNode]], bool] = match._check_selectors
_get_reactive = Reactive.__get__

_computed: dict[tuple[type, str], bool] = {}
"""Whether a class computes an attribute, by the name of the method that would compute it."""


def quick_textual() -> AbstractContextManager[object]:
    """Use the quick functions meanwhile."""
    quick = ExitStack()
    for module in (match, stylesheet):
        quick.enter_context(patch.object(module, "_check_selectors", _check_last_first))
    quick.enter_context(patch.object(Reactive, "__get__", _get_stored))
    return quick


def _check_last_first(selectors: list[Selector], css_path_nodes: list[DOMNode]) -> bool:
    """Check the last selector first: it must match the node itself, and mostly does not."""
    last = selectors[-1]
    if not last.check(css_path_nodes[-1]):
        return False
    is_alone = len(selectors) == 1 and last.combinator is CombinatorType.DESCENDENT
    return is_alone or _check_selectors(selectors, css_path_nodes)


def _get_stored(self: Reactive[Any], obj: Any, obj_type: type[Any]) -> Any:
    """Read a stored value, unless it is computed or was never set."""
    if obj is not None:
        key = (obj_type, self.compute_name)
        is_computed = _computed.get(key)
        if is_computed is None:
            is_computed = _computed[key] = hasattr(obj_type, self.compute_name)
        if not is_computed:
            try:
                return obj.__dict__[self.internal_name]
            except KeyError:
                pass
    return _get_reactive(self, obj, obj_type)
