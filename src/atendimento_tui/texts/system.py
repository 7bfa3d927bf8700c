"""What the system says of a failure, in Portuguese: by its number or code, never by its own words."""

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
}
"""By the number of an error of the operating system."""

_UNKNOWN = "erro {number} do sistema"


def reason(number: int | None) -> str:
    """Why the operating system did not do it.

    Args:
        number: The error's number; none where the system gave none.
    """
    return _ERRORS.get(number or 0) or _UNKNOWN.format(number=number or "desconhecido")
