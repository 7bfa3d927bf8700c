"""Refusals about digests."""

SENTENCES = {
    "sem_resumo": "Ainda não há resumo. O primeiro é feito quando uma tela abre, ou por “atendimento varrer”.",
    "sem_resumo_do_dia": "Não há resumo de {day}: nesse dia nenhuma tela abriu e nada foi varrido.",
    "resumo_nao_achado": "Não há resumo em {path}. Ele é a linha que “atendimento resumo” escreve, inteira.",
}
