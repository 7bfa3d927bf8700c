"""Texts about the numbers of a ticket in other systems, and the blocks to paste there."""

DEFAULT_SYSTEMS = '''# Os sistemas em que um atendimento também tem número.
# "bloco" é o texto que se copia para colar no sistema, na ordem da tela dele.
# Entre chaves: protocolo, servico, assunto, canal, solicitante, beneficiario, etapa,
# criticidade, unidade, numero (o deste sistema), alteracoes (do cadastro, antes e agora), as chaves dos campos do serviço, e os
# itens do cadastro: beneficiario.cpf, beneficiario.carteirinha, beneficiario.telefone...

[[sistemas]]
nome = "ERP Solus"
bloco = """
{beneficiario.carteirinha}
{beneficiario}
{beneficiario.cpf}
{servico}
{protocolo}
"""

[[sistemas]]
nome = "CRM"
bloco = """
{protocolo}
{servico}
{solicitante}
{beneficiario}
{beneficiario.telefone}
{assunto}
{alteracoes}
"""
'''
"""The systems of a unit that has not changed them."""

WHY_SEEN = "bloco para {system}, atendimento {protocol}"

TITLE = "Outros sistemas · {protocol}"
PLACEHOLDER = "Digite parte do nome do sistema"
ADD = "Anotar o número em {system}"
COPY = "Copiar o bloco para {system}"
COPY_NOTE = "para colar na tela dele"
REMOVE = "Retirar o número {number} de {system}"
NO_SYSTEMS = "A unidade não tem outros sistemas: “atendimento sistemas ver” mostra como incluir um."

ADD_TITLE = "Número de {protocol} em {system}"
ADD_FIELD = "Número"
ADD_HINT = "Enter grava · Esc volta (o texto fica guardado)"
ADDED = "{system}: número anotado em {protocol}."
REMOVED = "{system}: número retirado de {protocol}."
COPIED = "Bloco para {system} enviado à área de transferência."
REPEATED = "Atenção: {system} {number} já está em outro atendimento: {protocols}."

ALSO_IN = "também em {protocols}"

CHANGED_ONE = "1 sistema: {names}."
CHANGED = "{count} sistemas: {names}."
CHANGED_NONE = "Nenhum sistema."
