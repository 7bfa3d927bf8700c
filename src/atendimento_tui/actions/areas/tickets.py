"""An open ticket. The actions of its step belong to its process; those on any ticket are rows of the queue."""

from atendimento_tui.actions import reasons
from atendimento_tui.actions.action import Action, Footer, PlaceRow

PLACE = PlaceRow("atendimento", 2, "tickets.screen", "TicketScreen", "Atendimento aberto")

_HERE = (PLACE.where,)

ACTIONS = (
    Action(
        "atendimento.documentos",
        "Documentos",
        "Anota que documento chegou e como, aceita, ou recusa com o motivo; copia a mensagem do que falta.",
        keys=("k",),
        where=_HERE,
        calls="check_documents",
        permission="atendimento.documentos",
        footer=Footer.IF_ROOM,
        unless=(*reasons.HAS_TICKET, reasons.no_documents, reasons.closed),
    ),
    Action(
        "atendimento.anexos",
        "Anexos",
        "Anexa um arquivo, ou abre e salva os que há.",
        keys=("plus",),
        where=_HERE,
        calls="attachments",
        permission="atendimento.anexar",
        needs=reasons.HAS_TICKET,
        in_action_bar=True,
    ),
    Action(
        "atendimento.corrigir",
        "Corrigir",
        "Corrige uma resposta, com o motivo; os prazos se ajustam.",
        keys=("comma",),
        where=_HERE,
        calls="correct_an_answer",
        permission="atendimento.corrigir",
        needs=(reasons.no_corrections,),
        in_action_bar=True,
    ),
    Action(
        "atendimento.novo_prazo",
        "Novo prazo",
        "Avisa o solicitante de que mudou o prazo que lhe foi informado, ou anota que já sabe.",
        keys=("exclamation_mark",),
        where=_HERE,
        calls="tell_new_date",
        permission="atendimento.agir",
        needs=(reasons.no_new_date,),
        in_action_bar=True,
    ),
    Action(
        "atendimento.numeros",
        "Sistemas",
        "Anota o número do atendimento em outro sistema (ERP, CRM), ou copia o bloco que se cola nele.",
        keys=("number_sign",),
        where=_HERE,
        calls="show_systems",
        permission="atendimento.numeros",
        needs=reasons.HAS_TICKET,
        in_action_bar=True,
    ),
    Action(
        "atendimento.citado",
        "Citado",
        "Vai ao atendimento cujo protocolo é citado no histórico ou numa mensagem.",
        keys=("enter",),
        where=_HERE,
        calls="go_to_named",
        permission="atendimento.ver",
    ),
    Action(
        "atendimento.secao_seguinte",
        "Seção",
        "Vai para a próxima seção do atendimento.",
        keys=("tab",),
        where=_HERE,
        calls="turn",
        args=(1,),
        is_act=False,
    ),
    Action(
        "atendimento.secao_anterior",
        "Seção anterior",
        "Volta para a seção anterior do atendimento.",
        keys=("shift+tab",),
        where=_HERE,
        calls="turn",
        args=(-1,),
        is_act=False,
    ),
    Action(
        "atendimento.voltar",
        "Voltar",
        "Volta para a fila, com o cursor no atendimento.",
        keys=("escape",),
        where=_HERE,
        calls="go_back",
    ),
)
