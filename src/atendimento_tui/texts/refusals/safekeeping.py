"""Refusals about backup copies and restoring."""

SENTENCES = {
    "banco_e_copia": "{path} é uma cópia de segurança e não se abre como banco, para que nenhum protocolo saia duas vezes. Nada foi alterado. Para ver ou usar o que está nela: “atendimento restaurar {path} --para OUTRO-ARQUIVO”.",
    "copia_nao_gravada": "Não foi possível fazer a cópia de segurança em {path} ({detail}). O atendimento continua e nada se perdeu; a cópia anterior, se havia, está intacta.",
    "copia_com_defeito": "A cópia de segurança em {path} não saiu inteira e foi descartada. O atendimento continua. Tente de novo noutro disco; se repetir, avise quem cuida do sistema.",
    "copia_historico_diverge": "A cópia de segurança foi feita, mas há atendimento em que o que está gravado não é o que o histórico diz: “atendimento verificar” diz onde. Avise quem cuida do sistema.",
    "copia_sem_anexos": "A cópia de segurança foi feita, mas há anexos cujo conteúdo não está no banco: “atendimento verificar --anexos” diz quais. Avise quem cuida do sistema.",
    "copia_sem_pasta": 'Este banco está num servidor e nenhuma pasta foi escolhida para as cópias. Diga o destino: “atendimento copiar ARQUIVO”, ou ponha pasta = "..." em [copias], no arquivo de configuração.',
    "copia_no_proprio_banco": "{path} é o próprio banco, ou um dos arquivos dele. Nada foi alterado. Diga outro lugar.",
    "copia_sobre_outro": "{path} já existe e não é uma cópia deste atendimento: nada se grava por cima. Nada foi alterado. Diga outro nome.",
    "copia_inexistente": "Não há uma cópia de segurança em {path}. Nada foi alterado. Veja as que há com “atendimento copias”.",
    "copia_danificada": "A cópia {path} está danificada ou não é um banco de dados. Nada foi alterado. Veja as outras com “atendimento copias”.",
    "copia_trocada": "O conteúdo de {path} não é o que foi gravado: a soma em {path}.sha256 é outra. Nada foi alterado. Veja as outras com “atendimento copias”.",
    "copia_alheia": "{path} não é uma cópia de um atendimento. Nada foi alterado.",
    "copia_em_uso": "{path} é um banco em uso, não uma cópia. Nada foi alterado. Faça a cópia dele com “atendimento copiar”.",
    "restaurar_sobre_si": "A cópia e o lugar em que ela seria restaurada são o mesmo arquivo, {path}. Nada foi alterado. Diga outro lugar com --para.",
    "restaurar_aberto": "O banco {path} está aberto em outra janela. Nada foi alterado. Feche todas as janelas dele e tente de novo.",
    "restaurar_numeros": "Depois desta cópia podem ter saído protocolos, e nenhum pode sair duas vezes. O último que está nela é {protocol}. Diga o último que saiu, com --ultimo-protocolo NÚMERO, ou quantos números pular, com --pular N (0, se nada saiu depois da cópia). Nada foi alterado.",
    "restaurar_protocolo": "“{text}” não é um protocolo que este atendimento possa ter dado até hoje. Confira o número. Nada foi alterado.",
    "restaurar_pular": "--pular vai de 0 a {most}. Nada foi alterado.",
    "copias_sem_caminho": '{path}: em [copias], pasta deve ser um caminho completo, como pasta = "/mnt/copias". Nenhuma cópia foi feita.',
    "envio_ja_liberado": "O envio de mensagens já está liberado.",
}
"""Code of a refusal -> its sentence."""
