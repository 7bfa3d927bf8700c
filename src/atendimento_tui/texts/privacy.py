"""Texts about personal data."""

from datetime import date

from atendimento_tui.texts import formats

TITLE = "Dados pessoais"
RECORD, CHANGES, MESSAGES, FILES, HISTORY = (
    "Cadastro",
    "O que foi feito com o cadastro",
    "Mensagens",
    "Anexos",
    "Histórico",
)
TICKET = "Atendimento {protocol}: {service}"
SUBJECT, CHANNEL, OPENED, CLOSED = "Assunto", "Canal", "Aberto em", "Encerrado em"
SYSTEM = "sistema"

SAVED = "Gravado em {path}, que só você pode ler."
EXPORTED = "A exportação ficou no histórico do cadastro, com quem a fez e por quê."
HELD = "Os dados desta pessoa ficam retidos: ninguém os anonimiza até “dados-pessoais liberar”."
FREE = "Os dados desta pessoa não estão mais retidos."
NOBODY = "Ninguém tem todos os atendimentos fora do prazo de guarda. Nada foi alterado."
WOULD = "{name}: seriam apagados o cadastro e os textos de {tickets}. Nada foi alterado."
DONE = "Anonimizado. Agora chama-se “{name}”. Foram apagados o cadastro e os textos de {tickets}; números, etapas, dias e prazos ficam."
ELSEWHERE = "Isto não apaga o que já saiu do banco: as cópias de segurança acima, planilhas e arquivos exportados, o registro de protocolos, e-mails enviados, e o que outros atendimentos dizem da pessoa."
NOT_SCRUBBED = "Falta limpar o arquivo do banco, porque outra janela o usava. Feche as outras janelas e chame “atendimento dados-pessoais limpar”."
CLEAN = "O arquivo do banco está limpo: do que foi apagado nada ficou nele."

_TICKETS = {0: "nenhum atendimento", 1: "1 atendimento"}
_EXPIRED = "{since}  {name}  ({tickets})"


def tickets(count: int) -> str:
    """A number of tickets."""
    return _TICKETS.get(count, f"{formats.number(count)} atendimentos")


def expired(name: str, since: date, count: int) -> str:
    """Somebody whose data need not be kept, and since when."""
    return _EXPIRED.format(since=formats.date(since), name=name, tickets=tickets(count))
