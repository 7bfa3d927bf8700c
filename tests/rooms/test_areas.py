"""A new area needs no line in `pyproject.toml`, and is watched from its first import on."""

import grimp
import pytest

from tests.areas import AreasContract


def is_kept(importer: str, imported: str) -> bool:
    graph = grimp.ImportGraph()
    for module in ("shop", "shop.parts", *(f"shop.parts.{name}" for name in ("above", "one", "other", "below"))):
        graph.add_module(module)
    graph.add_import(importer=f"shop.parts.{importer}", imported=f"shop.parts.{imported}")
    contract = AreasContract(
        name="parts",
        session_options={"root_packages": ["shop"]},
        contract_options={"containers": ["shop.parts"], "layers": ["above", "*", "below"]},
    )
    return contract.check(graph, verbose=False).kept


@pytest.mark.parametrize(("importer", "imported"), [("above", "one"), ("one", "below"), ("above", "below")])
def test_an_area_may_import_what_is_below_it(importer: str, imported: str) -> None:
    assert is_kept(importer, imported)


@pytest.mark.parametrize(("importer", "imported"), [("one", "above"), ("below", "one"), ("one", "other")])
def test_an_area_that_no_line_names_imports_nothing_above_or_beside_it(importer: str, imported: str) -> None:
    assert not is_kept(importer, imported)
