"""Texts about bank bills."""

OF_BILL = "{label}: valor e vencimento"
OPEN_VALUE = "valor em aberto"
NO_DUE_DATE = "{value} · o código não diz o vencimento"
TWO_DATES = "{value} · vence em {near} (o fator serve também para {other})"
