"""Refusals about calendars, holidays, hours and instants."""

SENTENCES = {
    "municipais_invalidos": "O arquivo de feriados {path} tem um erro: {problem}. Nada foi alterado.",
    "municipais_sem_cidade": "{path} não tem feriado nenhum de {city} ({uf}).{nearest} Confira a cidade e a UF, ou diga o código da cidade no IBGE com --codigo-ibge. Nada foi alterado.",
    "municipais_demais": "{path} tem {count} feriados de {city} em {year}:\n{days}\nUma cidade tem poucos feriados seus, e em todos esses dias os prazos não correriam. Confira o arquivo; se são mesmo esses, repita com --aceitar-municipais. Nada foi alterado.",
    "codigo_ibge_invalido": "“{text}” não é o código de uma cidade no IBGE: são sete dígitos, como 3509502.",
    "calendario_desconhecido": "Não há calendário chamado “{name}” neste banco. Nada foi alterado.",
    "facultativo_sem_nome": "Não há ponto facultativo chamado “{name}”. Há: {known}.",
    "facultativo_sem_meio": "{name} não tem meio expediente; têm: {known}. Dê outro horário a esse dia, se for o caso.",
    "dia_sem_nome": "Diga o nome do dia fechado (o feriado, o decreto), ou as horas em que se atende.",
    "calendario_sem_nome": "Não há calendário chamado “{name}”. Há: {known}.",
    "calendario_alterado": "{actor} alterou o calendário {calendar} em {at}, depois que você o abriu. Essa mudança está gravada, e o que você digitou continua aqui: veja de novo o que muda e confirme.",
    "calendario_sem_mudanca": "Nada muda: diga o horário, o dia ou o feriado.",
    "sem_novo_prazo": "{protocol}: nenhuma data informada mudou sem que o solicitante saiba. Nada foi registrado.",
    "mensagem_vazia": "Escreva a mensagem ao solicitante. O atendimento está como estava.",
    "aviso_sem_motivo": "Diga por que não é preciso avisar, por exemplo: já sabe, por telefone.",
    "calendario_sem_dia": "Diga o dia a partir do qual o novo horário vale.",
    "calendario_no_passado": "{day} já passou. O horário muda de hoje em diante; um dia avulso pode ser corrigido até {days} dias depois. Nada foi alterado.",
    "calendario_sem_motivo": "{day} já passou: diga o motivo (por exemplo, o decreto do ponto facultativo). Nada foi alterado.",
    "calendario_invalido": "O calendário ficaria inválido: {problem}. Nada foi alterado.",
    "instante_sem_fuso": "“{text}” não diz o fuso. Escreva, por exemplo, 2026-03-02T09:00:00-03:00.",
    "instante_invalido": "“{text}” não é um instante ISO. Escreva, por exemplo, 2026-03-02T09:00:00-03:00.",
    "horario_invalido": "O horário “{text}” não é válido: {problem}. Escreva, por exemplo, seg-sex 09:00-12:00 13:00-18:00.",
    "facultativo_desconhecido": "Não foi possível entender os pontos facultativos: {problem}.",
}
"""Code of a refusal -> its sentence."""
