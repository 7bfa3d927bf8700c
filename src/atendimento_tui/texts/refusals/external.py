"""Refusals about numbers in other systems."""

SENTENCES = {
    "sistemas_formato": "O arquivo dos sistemas tem só tabelas [[sistemas]], até {most}, cada uma com “nome” e, se quiser, “bloco”, entre aspas. Nada mudou. “atendimento sistemas ver” mostra como são.",
    "sistema_nome": "O nome de um sistema tem letras ou dígitos, até {most}; este é “{name}”. Nada mudou.",
    "sistema_repetido": "O sistema “{name}” aparece duas vezes. Nada mudou.",
    "sistema_bloco_longo": "O bloco de “{name}” tem {count} letras; cabem até {most}. Nada mudou.",
    "sistema_lacuna": "No bloco de “{name}”, a lacuna “{word}” não existe: cabem a chave de um campo, protocolo, servico, solicitante, beneficiario, numero, e os itens do cadastro, como beneficiario.cpf. Nada mudou.",
    "sistema_desconhecido": "A unidade não tem o sistema “{name}”. Os que há: {known}. Nada foi gravado.",
    "sistema_sem_bloco": "O sistema “{name}” não tem um bloco para colar. “atendimento sistemas ver” mostra como dar um a ele.",
    "numero_externo_vazio": "Falta o número: ele tem letras ou dígitos. Nada foi gravado.",
    "numero_externo_longo": "O número tem {count} letras; cabem até {most}. Nada foi gravado.",
    "numero_externo_ja": "{system} {number} já está anotado neste atendimento.",
    "numero_externo_sumiu": "Esse número já não está neste atendimento. Nada mudou.",
}
"""Code of a refusal -> its sentence."""
