"""Texts about the chain of events, its digests and their proof."""

FAULTS = {
    "evento_falta": "falta o evento {number}",
    "evento_mudou": "o evento {number} não é o que foi gravado",
    "valor_mudou": "um texto do evento {number} não é o que foi gravado",
    "valor_apagado": "um texto do evento {number} foi apagado, e nenhum evento posterior diz isso",
    "valor_sobra": "há uma resposta que nenhum evento registrou",
    "fim_difere": "os eventos acabam no {number}, e não é esse o último que foi gravado",
    "ilegivel": "o que está gravado não se consegue ler",
    "nao_e_o_que_a_historia_diz": "“{column}” não é o que os eventos dizem",
    "linha_sem_dono": "a tabela “{table}” tem a linha {row}, que não é de ninguém",
    "resumo_nao_confere": "resumo {number}, de {day}: até esse dia, eventos foram mudados, apagados ou trocados de ordem",
    "resumo_de_fora_difere": "resumo {number}, de {day}: o que foi guardado fora não é o deste banco. Eventos foram mudados ou apagados depois dele, ou ele é de outro banco",
    "anexo_difere": "o anexo gravado com o evento {name} não é o do evento",
    "anexo_sem_linha": "há um evento de anexo cujo anexo não está gravado",
    "documentos_diferem": "os documentos gravados não são o que o histórico diz",
    "documentos_ilegiveis": "os documentos gravados não se podem ler",
    "anexo_falta": "falta o conteúdo de um anexo (SHA-256 {hash})",
    "anexo_mudou": "o conteúdo de um anexo não é o que foi anexado (SHA-256 {hash})",
    "contagem_difere": "as contagens guardadas da fila não são as dos atendimentos abertos: “atendimento recontar” as corrige",
    "numeracao_sigilosa_falha": "um número falta ou está a mais",
    "numeracao_falha": "{series}: o número {missing} falta ou está a mais (o último dado foi o {last})",
}
"""Code of a fault -> its sentence."""

RECOUNTED = "As contagens da fila estavam erradas e foram refeitas."
COUNTS_ARE_RIGHT = "As contagens da fila estão certas: nada foi mudado."

AREAS = {
    "atendimento": "{key}",
    "unidade": "unidade",
    "pessoa": "pessoa {key}",
    "grupo": "grupo {key}",
    "calendario": "calendário {key}",
    "beneficiario": "beneficiário {key}",
    "procedimento": "procedimento {key}",
    "boletos": "boletos do beneficiário {key}",
    "sigilo": "atendimento sigiloso",
    "remessa": "remessa {key}",
    "registro": "registro de protocolos",
    "especialidade": "especialidade {key}",
    "profissional": "profissional {key}",
    "local": "local de atendimento {key}",
    "agendamento": "agendamento importado {key}",
}
"""Area -> a stream of it; a ticket is its protocol."""

OTHER_AREA = "{area} {key}"

FAULT = "{stream}: {fault}."
FOUND = {1: "1 erro encontrado. Guarde este banco como está e compare-o com uma cópia de segurança."}
FOUND_MANY = "{count} erros encontrados; o primeiro é o do alto. Guarde este banco como está e compare-o com uma cópia de segurança."
PROVEN = "Tudo confere, também os atendimentos e a numeração. Eventos: {events}. Resumos: {digests}."
ONLY_INNER = "Só se provou que o banco é coerente consigo mesmo. Para notar eventos apagados do fim, guarde resumos fora dele (“atendimento resumo”) e diga o arquivo com --resumo."
COMPARED = {1: "O resumo guardado fora é o deste banco."}
COMPARED_MANY = "Os {count} resumos guardados fora são os deste banco."
SINCE = "Eventos depois do último resumo, que só o próximo cobrirá: {count}."
KEEP = "Guarde esta linha fora deste computador: impressa, numa mensagem ou no fim de um arquivo. Confira com “atendimento verificar --resumo ARQUIVO”."
