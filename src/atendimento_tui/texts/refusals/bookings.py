"""Refusals about holds and bookings."""

SENTENCES = {
    "sem_servico_de_agenda": "Nenhum serviço do catálogo marca vagas na primeira etapa. Inclua o serviço “agendamento”. Nada foi gravado.",
    "agendamento_estado": "O agendamento está “{booking}” e não pode passar a “{then}”. Nada foi alterado.",
    "agendamento_ainda_nao": "O agendamento é {when}: ainda não se sabe se o beneficiário comparece. Nada foi alterado.",
    "agenda_disputada": "Muitas pessoas disputam a vaga de {when} agora. Tente de novo. Nada foi gravado.",
    "vaga_passada": "A vaga de {when} já começou. Escolha uma que ainda não começou. Nada foi gravado.",
    "vaga_inexistente": "Não há vaga desse profissional em {when} nesse local. A agenda pode ter mudado: procure de novo. Nada foi gravado.",
    "vaga_ocupada": "A vaga de {when} já é de outro: {who} foi mais rápido. Livres: {slots}. Nada foi gravado.",
    "vaga_ocupada_encaixe": "A vaga de {when} já é de outro: {who} foi mais rápido. Livres: {slots}. Com o motivo, cabe um encaixe. Nada foi gravado.",
    "beneficiario_ocupado": "O beneficiário já tem consulta {when} com {provider}, que se cruza com esta vaga. Nada foi gravado.",
    "beneficiario_ocupado_pode": "O beneficiário já tem consulta {when} com {provider}, que se cruza com esta vaga. Para marcar as duas, diga o motivo. Nada foi gravado.",
    "agenda_de_fora": "A agenda de {provider} é de outro sistema: marque lá, e o agendamento vem pela importação. Nada foi gravado.",
    "ja_agendado": "O atendimento {protocol} já tem agendamento: {when}. Para trocar, remarque. Nada foi gravado.",
    "reserva_perdida": "A reserva para {protocol} não está mais aí. Escolha a vaga de novo na agenda (F4). Nada foi gravado.",
    "etapa_nao_agenda": "Nesta etapa, {protocol} não marca consulta. Nada foi gravado; a reserva continua até vencer.",
    "etapa_nao_desmarca": "Nesta etapa, {protocol} não tem o que desmarcar. Nada foi gravado.",
    "vaga_codigo": "“{typed}” não é o código de uma vaga. Copie-o de “atendimento agenda vagas”. Nada foi gravado.",
    "agenda_campo": "“{typed}” não é uma resposta: escreva campo=valor, como motivo=dor. Nada foi gravado.",
    "agenda_mes": "“{typed}” não é um mês: escreva mm/aaaa, como 03/2026. Nada foi gravado.",
    "identidade_nao_confere": "A data de nascimento não é a do cadastro dessa pessoa. Confira com ela. Nada foi gravado.",
    "sem_reserva": "O atendimento {protocol} não tem vaga reservada. Escolha a vaga na agenda. Nada foi gravado.",
    "sem_agendamento": "O atendimento {protocol} não tem agendamento. Nada foi gravado.",
    "agendamento_mudou": "Outra pessoa mudou agora o agendamento de {protocol}. Olhe de novo. Nada foi gravado.",
    "importado_sem_numero": "Não há agendamento importado com o número {number}. Veja os números com “atendimento horarios a-remarcar”. Nada foi alterado.",
    "importado_sem_motivo": "Diga por que o agendamento é desmarcado. Nada foi alterado.",
    "importado_de_outro": "O agendamento importado {number} é de outro beneficiário. Confira de quem é. Nada foi gravado.",
    "mapa_sem_fim": "{path} não diz quanto dura cada agendamento: em [colunas] escreva fim ou minutos. Nada foi gravado.",
    "agendamento_sem_fim": "Não se sabe quando termina: “{typed}” não é um número de minutos. Escreva a hora do fim ou os minutos.",
    "agendamento_instante": "“{typed}” não é dia e hora: escreva como 31/12/2026 10:30 ou 2026-12-31T10:30-03:00.",
    "agendamento_duracao": "O agendamento deve terminar depois de começar, e durar até {most} minutos.",
    "agendamento_situacao": "Não se conhece a situação “{typed}”. O mapa conhece: {known}.",
    "agendamento_repetido": "A mesma chave já está na linha {line}.",
    "agendamento_remarcado_aqui": (
        "Aqui este agendamento já foi remarcado, e na origem ele mudou depois. Acerte com a pessoa, e corrija na origem ou "
        "remarque aqui."
    ),
}
"""Code of a refusal -> its sentence."""
