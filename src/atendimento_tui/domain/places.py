"""Brazilian states and towns: the time zones of the capitals, the area codes of telephone numbers."""

from atendimento_tui.domain.text import folded

ZONE_OF_UF = {
    "AC": "America/Rio_Branco",
    "AL": "America/Maceio",
    "AM": "America/Manaus",
    "AP": "America/Belem",
    "BA": "America/Bahia",
    "CE": "America/Fortaleza",
    "DF": "America/Sao_Paulo",
    "ES": "America/Sao_Paulo",
    "GO": "America/Sao_Paulo",
    "MA": "America/Fortaleza",
    "MG": "America/Sao_Paulo",
    "MS": "America/Campo_Grande",
    "MT": "America/Cuiaba",
    "PA": "America/Belem",
    "PB": "America/Fortaleza",
    "PE": "America/Recife",
    "PI": "America/Fortaleza",
    "PR": "America/Sao_Paulo",
    "RJ": "America/Sao_Paulo",
    "RN": "America/Fortaleza",
    "RO": "America/Porto_Velho",
    "RR": "America/Boa_Vista",
    "RS": "America/Sao_Paulo",
    "SC": "America/Sao_Paulo",
    "SE": "America/Maceio",
    "SP": "America/Sao_Paulo",
    "TO": "America/Araguaina",
}
"""State -> IANA zone of its capital."""

_AREAS_OF_UF = {
    "AC": "68", "AL": "82", "AM": "92 97", "AP": "96", "BA": "71 73 74 75 77", "CE": "85 88", "DF": "61",
    "ES": "27 28", "GO": "61 62 64", "MA": "98 99", "MG": "31 32 33 34 35 37 38", "MS": "67", "MT": "65 66",
    "PA": "91 93 94", "PB": "83", "PE": "81 87", "PI": "86 89", "PR": "41 42 43 44 45 46", "RJ": "21 22 24",
    "RN": "84", "RO": "69", "RR": "95", "RS": "51 53 54 55", "SC": "47 48 49", "SE": "79",
    "SP": "11 12 13 14 15 16 17 18 19", "TO": "63",
}  # fmt: skip
"""State -> its area codes (Anatel's numbering plan)."""

_TOWNS = {
    "AM 92": "Manaus",
    "BA 71": "Camaçari, Lauro de Freitas, Salvador, Simões Filho",
    "BA 73": "Eunápolis, Ilhéus, Itabuna, Jequié, Porto Seguro, Teixeira de Freitas",
    "BA 75": "Alagoinhas, Feira de Santana",
    "BA 77": "Vitória da Conquista",
    "CE 85": "Caucaia, Fortaleza, Maracanaú",
    "CE 88": "Juazeiro do Norte, Sobral",
    "ES 27": "Cariacica, Colatina, Guarapari, Linhares, Serra, São Mateus, Vila Velha, Vitória",
    "ES 28": "Cachoeiro de Itapemirim",
    "GO 61": "Formosa, Luziânia",
    "GO 62": "Anápolis, Aparecida de Goiânia, Goiânia",
    "GO 64": "Itumbiara, Jataí, Rio Verde",
    "MA 98": "São Luís",
    "MA 99": "Imperatriz",
    "MG 31": (
        "Belo Horizonte, Betim, Conselheiro Lafaiete, Contagem, Nova Lima, Ribeirão das Neves, Santa Luzia, Sete Lagoas"
    ),
    "MG 32": "Barbacena, Cataguases, Juiz de Fora, Leopoldina, Muriaé",
    "MG 33": "Governador Valadares, Teófilo Otoni",
    "MG 34": "Araguari, Araxá, Patos de Minas, Uberaba, Uberlândia",
    "MG 35": "Alfenas, Itajubá, Lavras, Passos, Pouso Alegre, Poços de Caldas, Varginha",
    "MG 37": "Divinópolis, Itaúna",
    "MG 38": "Montes Claros",
    "MT 65": "Cuiabá, Cáceres, Várzea Grande",
    "MT 66": "Primavera do Leste, Rondonópolis, Sinop",
    "PA 91": "Ananindeua, Belém",
    "PA 93": "Santarém",
    "PA 94": "Marabá, Parauapebas",
    "PE 81": "Cabo de Santo Agostinho, Caruaru, Ipojuca, Jaboatão dos Guararapes, Olinda, Paulista, Recife",
    "PE 87": "Garanhuns, Petrolina",
    "PI 86": "Teresina",
    "PR 41": "Araucária, Campo Largo, Colombo, Curitiba, Fazenda Rio Grande, Pinhais, São José dos Pinhais",
    "PR 42": "Guarapuava, Ponta Grossa, União da Vitória",
    "PR 43": "Apucarana, Arapongas, Cambé, Cornélio Procópio, Londrina, Rolândia",
    "PR 44": "Campo Mourão, Cianorte, Maringá, Paranavaí, Umuarama",
    "PR 45": "Cascavel, Foz do Iguaçu, Toledo",
    "PR 46": "Francisco Beltrão, Pato Branco",
    "RJ 21": (
        "Duque de Caxias, Magé, Maricá, Mesquita, Nilópolis, Niterói, Nova Iguaçu, Rio de Janeiro, São Gonçalo, São "
        "João de Meriti, Teresópolis"
    ),
    "RJ 22": "Araruama, Cabo Frio, Campos dos Goytacazes, Macaé, Nova Friburgo, Rio das Ostras, Saquarema",
    "RJ 24": "Angra dos Reis, Barra Mansa, Barra do Piraí, Petrópolis, Resende",
    "RS 51": (
        "Alvorada, Cachoeirinha, Canoas, Esteio, Gravataí, Guaíba, Lajeado, Novo Hamburgo, Porto Alegre, Santa Cruz "
        "do Sul, Sapiranga, São Leopoldo, Viamão"
    ),
    "RS 53": "Bagé, Pelotas, Rio Grande",
    "RS 54": "Bento Gonçalves, Caxias do Sul, Erechim, Farroupilha, Gramado, Passo Fundo",
    "RS 55": "Cruz Alta, Santa Maria, Uruguaiana",
    "SC 47": (
        "Balneário Camboriú, Blumenau, Brusque, Itajaí, Jaraguá do Sul, Joinville, Rio do Sul, São Bento do Sul, São "
        "Francisco do Sul"
    ),
    "SC 48": "Criciúma, Florianópolis, Palhoça, São José, Tubarão",
    "SC 49": "Chapecó, Concórdia, Lages",
    "SP 11": (
        "Arujá, Atibaia, Barueri, Bragança Paulista, Caieiras, Carapicuíba, Cotia, Diadema, Embu das Artes, Francisco "
        "Morato, Guarulhos, Itapecerica da Serra, Itapevi, Itaquaquecetuba, Itatiba, Itu, Itupeva, Jandira, Jundiaí, "
        "Mairiporã, Mauá, Mogi das Cruzes, Osasco, Salto, Santo André, Suzano, São Bernardo do Campo, São Caetano do "
        "Sul, São Paulo, Taboão da Serra"
    ),
    "SP 12": (
        "Caçapava, Cruzeiro, Jacareí, Lorena, Pindamonhangaba, São José dos Campos, São Sebastião, Taubaté, Ubatuba"
    ),
    "SP 13": "Guarujá, Mongaguá, Praia Grande, Santos, São Vicente",
    "SP 14": "Avaré, Bauru, Botucatu, Jaú, Lins, Marília, Ourinhos, Tupã",
    "SP 15": "Ibiúna, Itapetininga, Sorocaba, Tatuí, Votorantim",
    "SP 16": "Araraquara, Franca, Matão, Ribeirão Preto, Sertãozinho, São Carlos",
    "SP 17": "Bebedouro, Catanduva, São José do Rio Preto",
    "SP 18": "Araçatuba, Assis, Birigui, Presidente Prudente",
    "SP 19": (
        "Americana, Araras, Campinas, Hortolândia, Indaiatuba, Leme, Limeira, Mogi Mirim, Mogi-Guaçu, Paulínia, "
        "Piracicaba, Rio Claro, Santa Bárbara D'Oeste, Sumaré, São João da Boa Vista, Valinhos, Vinhedo"
    ),
}
"""State and area code -> its larger towns, for states with several area codes (from the number ranges in
libphonenumber's geocoder)."""


def areas_of(city: str, uf: str) -> tuple[str, ...]:
    """The area codes of a town: its own if it is known, else those of the state."""
    for place, towns in _TOWNS.items():
        state, area = place.split()
        if state == uf and folded(city).strip() in folded(towns).split(", "):
            return (area,)
    return tuple(_AREAS_OF_UF.get(uf, "").split())
