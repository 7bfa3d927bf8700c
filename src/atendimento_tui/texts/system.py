"""Errors of the operating system and the databases in Portuguese, by number or code."""

import errno

_ERRORS = {
    errno.EPERM: "o sistema não permite",
    errno.ENOENT: "não existe",
    errno.EIO: "o disco ou a rede não respondeu",
    errno.ENXIO: "o dispositivo não existe",
    errno.EBADF: "está fechado",
    errno.ENOMEM: "falta memória",
    errno.EACCES: "não há permissão",
    errno.EBUSY: "está em uso",
    errno.EEXIST: "já existe",
    errno.EXDEV: "fica em outro disco",
    errno.ENODEV: "o dispositivo não existe",
    errno.ENOTDIR: "uma parte do caminho não é uma pasta",
    errno.EISDIR: "é uma pasta",
    errno.EINVAL: "o sistema não aceita esse nome ou essa operação",
    errno.ENFILE: "há arquivos abertos demais",
    errno.EMFILE: "há arquivos abertos demais",
    errno.ETXTBSY: "está em uso",
    errno.EFBIG: "o arquivo passa do tamanho permitido",
    errno.ENOSPC: "o disco está cheio",
    errno.EROFS: "o disco é só de leitura",
    errno.EMLINK: "há ligações demais",
    errno.EPIPE: "ninguém lê mais",
    errno.ENAMETOOLONG: "o nome é longo demais",
    errno.ENOTEMPTY: "a pasta não está vazia",
    errno.ELOOP: "os atalhos do caminho dão voltas",
    errno.EILSEQ: "o nome tem letras que o sistema não aceita",
    errno.EOPNOTSUPP: "o disco não sabe fazer isso",
    errno.ENETUNREACH: "a rede do servidor não é alcançada",
    errno.ENETDOWN: "a rede está fora do ar",
    errno.ECONNABORTED: "a conexão foi interrompida",
    errno.ECONNRESET: "a conexão foi interrompida",
    errno.ECONNREFUSED: "nada atende nesse endereço",
    errno.ETIMEDOUT: "o servidor não respondeu a tempo",
    errno.EHOSTUNREACH: "o servidor não é alcançado",
    errno.EHOSTDOWN: "o servidor está fora do ar",
    errno.EADDRNOTAVAIL: "o endereço não existe",
    errno.ESTALE: "a pasta da rede mudou",
    errno.EDQUOT: "sua cota de disco acabou",
    # Errors of name resolution (EAI_NONAME, EAI_AGAIN, EAI_FAIL); importing `socket` for them is slow.
    -2: "não há servidor com esse nome",
    -3: "o nome do servidor não foi encontrado agora",
    -4: "o nome do servidor não foi encontrado",
}
"""Error number of the operating system -> text."""

_CODES = {
    "SQLITE_ERROR": "o comando não foi aceito",
    "SQLITE_PERM": "não há permissão",
    "SQLITE_ABORT": "a operação foi interrompida",
    "SQLITE_BUSY": "está em uso",
    "SQLITE_LOCKED": "está em uso",
    "SQLITE_NOMEM": "falta memória",
    "SQLITE_READONLY": "é só de leitura",
    "SQLITE_INTERRUPT": "a operação foi interrompida",
    "SQLITE_IOERR": "o disco não leu ou não gravou",
    "SQLITE_CORRUPT": "o conteúdo está danificado",
    "SQLITE_FULL": "o disco está cheio",
    "SQLITE_CANTOPEN": "o arquivo não pode ser aberto",
    "SQLITE_PROTOCOL": "o arquivo está muito disputado",
    "SQLITE_SCHEMA": "as tabelas mudaram",
    "SQLITE_TOOBIG": "o texto é longo demais",
    "SQLITE_CONSTRAINT": "uma regra das tabelas não deixa",
    "SQLITE_NOTADB": "não é um banco de dados",
    "GZIP": "o arquivo compactado está danificado ou não é um .gz",
    "TEXT": "não é texto na codificação que o mapa diz",
    "08": "a conexão caiu",
    "22": "um valor não cabe na tabela",
    "23": "uma regra das tabelas não deixa",
    "25006": "o banco é só de leitura",
    "28": "o usuário ou a senha não foi aceito",
    "3D000": "esse banco não existe",
    "40": "outra pessoa gravou ao mesmo tempo",
    "42501": "não há permissão",
    "42": "as tabelas não são as esperadas",
    "53100": "o disco do servidor está cheio",
    "53200": "falta memória ao servidor",
    "53300": "o servidor não aceita mais conexões",
    "53": "o servidor chegou a um limite",
    "55P03": "está em uso",
    "57014": "a operação foi interrompida",
    "57P03": "o servidor está começando ou terminando",
    "57P": "o servidor foi desligado",
    "58": "o disco do servidor falhou",
    "XX001": "o conteúdo está danificado",
    "XX002": "o conteúdo está danificado",
}
"""Prefix of a code of SQLite (sqlite.org/rescode.html) or PostgreSQL (SQLSTATE) -> text; the longest prefix counts."""

_UNKNOWN_NUMBER = "erro {number} do sistema"
_UNKNOWN_CODE = "código {code}"
_UNKNOWN = "não disse por quê"


def reason(error: int | str | None) -> str:
    """The text of an error.

    Args:
        error: Error number of the operating system, or error code of a database; None if it gave none.
    """
    if isinstance(error, int):
        return _ERRORS.get(error) or _UNKNOWN_NUMBER.format(number=error)
    if not error:
        return _UNKNOWN
    known = max((code for code in _CODES if error.startswith(code)), key=len, default=None)
    return _CODES[known] if known else _UNKNOWN_CODE.format(code=error)
