"""Texts about bookings that were made elsewhere and imported."""

IMPORT_PROGRESS = "Lendo os agendamentos: {percent} %"
IMPORTED = "Agendamentos novos: {new}. Mudados: {changed}. Como estavam: {same}."
WOULD_IMPORT = "Seriam novos: {new}. Mudariam: {changed}. Ficariam como estão: {same}. Nada foi gravado."
CONFLICTS = "Em conflito (o horário ou a pessoa já estava ocupada): {count}. Nenhum se perdeu: veja-os com “atendimento horarios a-remarcar”."
CLOSED = "Fora do horário aberto: {count}. Veja-os com “atendimento horarios a-remarcar”."
