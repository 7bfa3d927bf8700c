"""Refusals about professionals, sites, specialties and their hours."""

SENTENCES = {
    "ics_ilegivel": "{path} não é um arquivo iCalendar que se possa ler. Exporte-o de novo da agenda de origem. Nada foi gravado.",
    "ics_sem_hora": "O evento não tem UID, ou hora de começo e de fim no mesmo dia.",
    "ics_fuso": "Não se conhece o fuso “{name}” do evento.",
    "ics_sem_quem": "Para um arquivo .ics diga --profissional e --local; para um CSV, --mapa. Nada foi gravado.",
    "recorrencia_no_dia": "“{part}” repete dentro do dia. Escreva uma regra diária, semanal, mensal ou anual; as vagas do dia saem da hora de começo, da de fim e da duração. Nada foi gravado.",
    "recorrencia_invalida": "“{part}” não faz parte de uma regra de repetição (RRULE). Escreva, por exemplo, FREQ=WEEKLY;BYDAY=MO,WE. Nada foi gravado.",
    "recorrencia_sem_frequencia": "A regra “{rule}” não diz a frequência: comece por FREQ=WEEKLY, por exemplo. Nada foi gravado.",
    "recorrencia_sem_dia": "A regra “{rule}” nunca cai em dia nenhum. Nada foi gravado.",
    "recorrencia_longa": "A regra começa em {first}, há mais de cem anos. Diga um começo mais recente. Nada foi gravado.",
    "oferta_sem_nome": "Não há cadastro {which} “{name}”. Há: {known}. Inclua-o, ou escreva o nome como está. Nada foi gravado.",
    "oferta_repetida": "Há mais de um cadastro {which} “{name}”: {known}. Diga o número do conselho, ou “local, cidade”. Nada foi gravado.",
    "oferta_texto_longo": "O texto tem mais de {most} caracteres.",
    "oferta_sem_sinal": "“{typed}” não é sim nem não.",
    "oferta_sem_numero": "“{typed}” não serve: escreva um número de {least} a {most}; minutos, de 5 em 5.",
    "oferta_sem_uf": "“{typed}” não é um estado: escreva a sigla, como SP.",
    "oferta_sem_calendario": "Não há o calendário “{name}”. Use {known}, ou o nome de outro que exista.",
    "oferta_hora_quebrada": "As horas vão de {minutes} em {minutes} minutos, como 8:00 ou 8:05. Nada foi gravado.",
    "oferta_hora_invertida": "O horário termina antes de começar. Nada foi gravado.",
    "oferta_sem_vaga": "O horário é mais curto que uma vaga de {minutes} minutos. Nada foi gravado.",
    "oferta_dia_invertido": "O último dia vem antes do primeiro. Nada foi gravado.",
    "horario_sem_numero": "{name} não tem o horário {number}. Veja os números com “atendimento profissionais ver”. Nada foi alterado.",
    "ausencia_sem_numero": "{name} não tem a ausência {number}. Veja os números com “atendimento profissionais ver”. Nada foi alterado.",
    "ausencia_invertida_agenda": "A ausência termina antes de começar.",
    "ausencia_sem_motivo_agenda": "Diga o motivo da ausência: férias, congresso.",
}
"""Code of a refusal -> its sentence."""
