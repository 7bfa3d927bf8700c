"""Texts about bank bills."""

OF_BILL = "{label}: valor e vencimento"
OPEN_VALUE = "valor em aberto"
NO_DUE_DATE = "{value} · o código não diz o vencimento"
TWO_DATES = "{value} · vence em {near} (o fator serve também para {other})"

IMPORTED = "Boletos novos: {new}. Mudados: {changed}. Como estavam: {same}."
WOULD_IMPORT = "Seriam novos: {new}. Mudariam: {changed}. Ficariam como estão: {same}. Nada foi gravado."
IMPORT_PROBLEM = "linha {number}: {reason}"
IMPORT_LEFT_OUT = "Linhas que ficaram de fora: {count}. Corrija e importe de novo: o que já entrou não muda."
IMPORT_PROGRESS = "Lendo a lista: {percent} %"
