"""The words of the data as users read them."""

SEVERITY = {"critica": "crítica", "alta": "alta", "media": "média", "baixa": "baixa"}

SEVERITY_SIGN = {"critica": "!!", "alta": "!", "media": "", "baixa": "↓"}
"""Sign of each severity in a list; the usual one has none."""

STATE = {
    "aberto": "aberto",
    "aguardando": "aguardando",
    "validacao": "aguardando validação do cliente",
    "concluido": "concluído",
    "cancelado": "cancelado",
    "abandonado": "abandonado",
}

CLOCK = {
    "primeira_resposta": "primeira resposta",
    "solucao": "solução",
    "finalizacao": "finalização",
    "validacao": "validação do cliente",
    "reabertura": "reabertura",
    "resposta_ans": "resposta ANS",
    "sac": "SAC",
    "auditoria": "auditoria",
    "espera": "espera máxima",
    "correcao": "correção",
    "retorno": "retorno",
}

TERM = {
    "primeira_resposta": "Prazo da primeira resposta",
    "solucao": "Prazo da solução",
    "finalizacao": "Prazo da finalização",
    "validacao": "Prazo da validação do cliente",
    "reabertura": "Prazo da reabertura",
    "resposta_ans": "Prazo da resposta ANS",
    "sac": "Prazo do SAC",
    "auditoria": "Prazo da auditoria",
    "espera": "Prazo da espera máxima",
    "correcao": "Prazo da correção",
    "retorno": "Prazo do retorno",
}
"""Kind of clock -> label of its due date on a slip."""

TERM_OF = "Prazo ({clock})"


def term(kind: str, own: str = "") -> str:
    """Return the label of a clock's due date."""
    known = None if own else TERM.get(kind)
    return known or TERM_OF.format(clock=clock(kind, own))


def clock(kind: str, own: str = "") -> str:
    """Return the name of a clock: its service's name for it, else the usual name, else its key."""
    return own or CLOCK.get(kind) or kind.replace("_", " ")


SITUATION = {"no_prazo": "no prazo", "atencao": "atenção", "vencido": "vencido", "pausado": "pausado"}

SIGN = {"no_prazo": "●", "atencao": "▲", "vencido": "✖", "pausado": "‖"}
"""Sign of each situation; always shown with the word and the colour."""

NO_CLOCK_SIGN = "·"
NO_CLOCK = "sem prazo"

RESULT = {"no_prazo": "no prazo", "fora_do_prazo": "fora do prazo", "cancelado": "cancelado"}

BASIS = {
    "horas": "horas úteis",
    "business_after": "dias úteis, sem contar o primeiro",
    "business_from": "dias úteis, contando o primeiro",
    "calendar": "dias corridos",
    "calendar_roll": "dias corridos, até o próximo dia útil",
}

EVENT = {
    "iniciado": "iniciou o atendimento",
    "aberto": "abriu o atendimento",
    "assumido": "assumiu",
    "comentado": "comentou",
    "revelado": "viu os dados completos",
    "pausado": "pausou",
    "retomado": "retomou",
    "solucionado": "apresentou a solução",
    "registrado": "registro importado",
    "acao": "agiu",
    "tempo": "fez o que estava marcado",
    "calendario": "moveu prazos: o calendário mudou",
    "novo_prazo_avisado": "registrou o aviso do novo prazo",
    "novo_prazo_sabido": "registrou que não se avisa do novo prazo",
    "prazo_atencao": "avisou que um prazo pede atenção",
    "prazo_vencido": "avisou que um prazo venceu",
    "encaminhado": "encaminhou",
    "criticidade": "mudou a criticidade",
    "corrigido": "corrigiu uma resposta",
    "documento": "registrou um documento",
    "anexado": "anexou",
    "recebida": "recebeu uma resposta",
    "devolvida": "recebeu de volta uma mensagem",
    "contato": "falou com o cliente",
    "tentativa": "tentou falar com o cliente",
    "reenviado": "mandou enviar de novo",
    "desistido": "desistiu de enviar",
    "endereco": "corrigiu o endereço",
    "entregue": "confirmou a entrega",
    "numero_externo": "anotou um número",
    "numero_externo_retirado": "retirou um número",
    "bloco_copiado": "copiou o bloco para",
    "ligado": "ligou um atendimento",
    "situacao_informada": "informou a situação da guia",
    "tarefa": "concluiu uma tarefa",
    "ciente": "leu os alertas",
    "papel": "entregou um papel",
    "espera": "pôs na lista de espera",
    "espera_oferta": "ofereceu uma vaga da lista de espera",
    "espera_fim": "encerrou uma oferta sem resposta",
    "espera_recusa": "registrou a recusa de uma vaga",
    "espera_saida": "tirou da lista de espera",
    "sem_vaga_no_prazo": "procurou e não há vaga no prazo",
}

ACTED = "fez “{action}”"
"""For an action of a process, by its label."""

FIELD = {
    "state": "estado",
    "owner": "responsável",
    "group": "grupo",
    "step": "etapa",
    "step_name": "etapa",
    "severity": "criticidade",
    "process": "serviço",
    "requester": "solicitante",
    "subject": "assunto",
    "cycle": "ciclo",
    "protocol": "protocolo",
    "origin": "número de origem",
}

ADDRESSEE = {
    "solicitante": "solicitante",
    "responsavel": "responsável",
    "grupo": "grupo",
    "supervisao": "supervisão",
    "direcao": "direção",
    "presidencia": "presidência",
}
"""Whom a message or an alert is for."""

CHANNEL = {"email": "e-mail", "whatsapp": "WhatsApp", "texto": "texto para colar", "impresso": "impresso"}
"""Channel of a message."""

SKIPPED = {
    "open": "contado",
    "closed": "fora do expediente",
    "holiday": "feriado",
    "special": "expediente especial",
    "pause": "pausado",
    "first_day": "primeiro dia, não conta",
    "day": "dias corridos",
    "roll": "vai até o próximo dia útil",
}
"""Reason of an interval of a clock's ledger."""

SYSTEM = "sistema"
NOBODY = "—"
NOTHING = "—"
WHOSE = {
    "unidade": "da unidade",
    "cidade": "da cidade",
    "supervisor": "de quem supervisiona",
    "atendente": "de quem atende",
    "pessoa": "da pessoa",
    "grupo": "do grupo",
    "especialidade": "da especialidade",
    "profissional": "do profissional",
    "local": "do local de atendimento",
    "solicitante": "de quem pede",
    "beneficiário": "do beneficiário",
    "token": "do token",
}
"""Whose name is meant in a refusal."""

ROLE = {
    "atendente": "atendimento",
    "setor": "setor",
    "auditor": "auditoria",
    "analista": "análise",
    "supervisor": "supervisão",
    "ouvidoria": "ouvidoria",
    "comite_integridade": "comitê de integridade",
    "administrador": "administração",
    "importado": "importado",
    "sem_nome": "sem nome",
    "sistema": "sistema",
}
WEEKDAY_LONG = (
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "sábado",
    "domingo",
)
