"""Beneficiaries: finding them, their records, and what can be done with them."""

from collections.abc import Sequence

from atendimento_tui import texts
from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Footer, PlaceRow, Reason
from atendimento_tui.actions.facts import Facts

PLACE = PlaceRow(
    "beneficiarios",
    3,
    "beneficiaries.screen",
    "BeneficiariesScreen",
    "Beneficiários",
    title="Beneficiários",
    help="Vai para os beneficiários: procura, cadastro, dependentes, atendimentos.",
    key="f8",
    letter="b",
    permission="beneficiario.procurar",
)

_HERE = (PLACE.where,)


def nobody(facts: Facts) -> str | None:
    """Nobody is selected."""
    return None if facts.has_row else texts.beneficiaries.NOBODY_SELECTED


_ONE: Sequence[Reason] = (reasons.opening, nobody)

ACTIONS = (
    *(
        PLACE.action(name, title, help_text, keys, calls, needs=tuple(needs), permission=right)
        for name, title, help_text, keys, calls, right, needs in (
            (
                "ver",
                "Ver",
                "Mostra o cadastro, com os números em parte escondidos, a família, os atendimentos e o que mudou.",
                ("enter",),
                "show_record",
                "beneficiario.procurar",
                _ONE,
            ),
            (
                "atender",
                "Atender",
                "Começa um novo atendimento para a pessoa; F3 também.",
                ("n",),
                "attend",
                "",
                _ONE,
            ),
            (
                "atendimentos",
                "Atendimentos",
                "Lista os atendimentos da pessoa, para abrir um.",
                ("t",),
                "list_tickets",
                "beneficiario.procurar",
                _ONE,
            ),
            (
                "alterar",
                "Alterar",
                "Altera uma parte do cadastro da pessoa.",
                ("a",),
                "change",
                "beneficiario.alterar",
                _ONE,
            ),
            (
                "completo",
                "Ver completo",
                "Mostra os dados completos da pessoa, uma vez, depois de dizer por quê.",
                ("r",),
                "reveal",
                "beneficiario.revelar",
                _ONE,
            ),
            (
                "incluir",
                "Cadastrar",
                "Cadastra uma pessoa.",
                ("i",),
                "add",
                "beneficiario.cadastrar",
                (reasons.opening,),
            ),
            (
                "idades",
                "Idades",
                "Lista os dependentes que chegam a uma das idades do plano nos próximos 60 dias.",
                ("d",),
                "list_ages",
                "beneficiario.procurar",
                (reasons.opening,),
            ),
            (
                "procurar",
                "Procurar",
                "Volta ao campo da procura.",
                ("slash",),
                "search_again",
                "",
                (),
            ),
        )
    ),
    *(
        PLACE.action(
            name, title, help_text, keys, calls, footer=Footer.NEVER, needs=tuple(needs), permission="dados.pessoais"
        )
        for name, title, help_text, keys, calls, needs in (
            (
                "exportar",
                "Exportar dados",
                "Grava tudo o que há sobre a pessoa, completo, em PDF, texto ou JSON, para entregar a ela.",
                ("e",),
                "export_person",
                _ONE,
            ),
            (
                "reter",
                "Retenção",
                "Retém os dados da pessoa, como por um processo na justiça, ou acaba com a retenção.",
                ("l",),
                "hold_person",
                _ONE,
            ),
            (
                "anonimizar",
                "Anonimizar",
                "Mostra o que seria apagado da pessoa, ou por que não pode; apaga depois de digitado o nome.",
                ("x",),
                "anonymise_person",
                _ONE,
            ),
            (
                "vencidos",
                "Fora do prazo",
                "Lista quem já pode ser anonimizado pelo prazo de guarda. Não muda nada.",
                ("v",),
                "list_expired",
                (reasons.opening,),
            ),
            (
                "limpar",
                "Limpar o apagado",
                "Limpa do arquivo do banco o que já foi apagado, se outra janela o impediu antes.",
                (),
                "clean_file",
                (reasons.opening,),
            ),
        )
    ),
)
