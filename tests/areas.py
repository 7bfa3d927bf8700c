"""The contract `areas` of import-linter: layers of which one also takes every module that no line names."""

import grimp
from importlinter.contracts.layers import Layer, LayersContract, ModuleTail
from importlinter.domain.contract import ContractCheck

OTHERS = "*"


class AreasContract(LayersContract):
    """Layers in which `*` stands for all modules of the container that are not named.

    So a new area needs no line of its own: it may import the layers below that of the `*`, and no other area beside it.
    """

    type_name = "areas"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Put the other modules where the `*` is, then check the layers."""
        layers: list[Layer] = self.layers  # type: ignore[assignment]  # a field, until it is read
        named = {tail.name for layer in layers for tail in layer.module_tails}
        (container,) = (str(each) for each in self.containers)  # type: ignore[attr-defined]  # as above
        others = {ModuleTail(each.rpartition(".")[2]) for each in graph.find_children(container)}
        others = {tail for tail in others if tail.name not in named}
        self.layers = [_with(layer, others) for layer in layers]  # type: ignore[assignment]  # as above
        return super().check(graph, verbose)


def _with(layer: Layer, others: set[ModuleTail]) -> Layer:
    if ModuleTail(OTHERS) not in layer.module_tails:
        return layer
    return Layer(layer.module_tails - {ModuleTail(OTHERS)} | others, is_independent=layer.is_independent)
