"""Recognises the words people write where a value should stand: "none", "not known yet" and a template's own text."""

import re
from enum import StrEnum

from registry.imports.parsing.folding import fold


class Blank(StrEnum):
    """What a cell without a value says: that there is none, that it is not known, or nothing (a template's text)."""

    NONE_STATED = "none stated"
    UNKNOWN = "unknown"
    TEMPLATE = "template"


NONE_WORDS = frozenset(
    fold(word)
    for word in """
    nil; none; no; not applicable; none planned; not planned; keine und auch nicht geplant; nicht geplant; keine geplant; nicht vorgesehen; keine vorgesehen;
    no estan previstas; no estan previstos; no previstas; no previsto; no se preven; no se realizan; no existen; pas prevu; aucun prevu; aucun transfert; non previsti; non previste; nao previsto; nao prevista; niet gepland; geen doorgifte; n a; na; non applicable; not relevant; nothing; no transfer; no transfers;
    nein; keine; keiner; keines; kein; keinen; entfaellt; entfallt; nicht zutreffend; trifft nicht zu;
    nicht anwendbar; nicht relevant; nichts; k a; nicht vorhanden; keine uebermittlung; nicht einschlaegig; non;
    aucun; aucune; aucuns; aucunes; neant; non concerne; non concernee; sans objet; pas de transfert; s o; geen;
    nee; neen; nvt; n v t; niet van toepassing; nessuno; nessuna; no applicabile; non previsto; non applicabile;
    non pertinente; ninguno; ninguna; no procede; no aplica; no se aplica; no aplicable; sin objeto; no hay;
    n p; nenhum; nenhuma; nao; nao aplicavel; nao se aplica; nao ha; inga; ingen; inget; ej tillaempligt;
    ej tillampligt; ikke relevant; brak; nie dotyczy;
    nej; nei; nie; intet; ingenting; ej aktuellt; inte aktuellt; ej relevant; inte relevant; inte tillämpligt; finns ej;
    finns inte; förekommer ej; förekommer inte; sker ej; sker inte; ej planerat; ingen överföring; inga överföringar;
    ikke aktuelt; ikke aktuell; ikke anvendelig; ikke planlagt; finner ikke sted; finder ikke sted; skjer ikke;
    sker ikke; foretas ikke; foretages ikke; ingen overføring; ingen overføringer; ingen overførsel;
    ingen overførsler; forekommer ikke; ingen mottakere; ingen modtagere; inga mottagare; nie ma; nie występuje;
    nie występują; nie przewiduje się; nie planuje się; nie planowane; brak przekazywania; brak transferu; żaden;
    żadne; nessun trasferimento; assente; non presente; non presenti; sin transferencias; no existe;
    no se producen; no están previstas; sem transferências; não existe; não existem; não há transferências;
    geen doorgiften; niet relevant; niet aanwezig;
    not transferred; not shared; not disclosed; not processed; not collected; not used; never; nobody; no one; no recipients; no recipient; no disclosure; no special category data; no special categories;
    findet nicht statt; finden nicht statt; erfolgt nicht; keine empfänger; keine weitergabe; keine offenlegung; keine auftragsverarbeiter; keine besonderen kategorien; niemand; wird nicht übermittelt; werden nicht übermittelt;
    aucun destinataire; aucun sous-traitant; aucune communication; non transféré; non transférées; pas de sous-traitant; pas de destinataire;
    nessun destinatario; nessun responsabile; nessuna comunicazione; non trasferiti; nadie; ningún destinatario; sin destinatarios; no se ceden; no se ceden datos; no se cederán datos; no se cederán datos a terceros; no se comunican datos a terceros; sin cesiones; no hay cesiones; no existen cesiones;
    ninguém; nenhum destinatário; sem destinatários; não há destinatários; geen ontvangers; geen verwerkers; niet doorgegeven; vindt niet plaats; nikt; brak odbiorców
    """.split(";")
)
UNKNOWN_WORDS = frozenset(
    fold(word)
    for word in """
    tbd; tbc; tba; to be determined; to be defined; to be confirmed; to be completed; to do; todo; unknown;
    not known; open; pending; unclear; unbekannt; nicht bekannt; noch offen; offen; noch zu klaeren; zu klaeren;
    in klaerung; wird nachgereicht; folgt; unklar; noch nicht bekannt; wird noch geklaert; inconnu; inconnue;
    a completer; a definir; a preciser; a determiner; a confirmer; non renseigne; en cours; onbekend;
    nog niet bekend; nog te bepalen; nader te bepalen; sconosciuto; da definire; da completare; da determinare;
    non noto; desconocido; desconocida; por definir; por determinar; pendiente; a determinar; desconhecido;
    desconhecida; por confirmar; a confirmar; pendente; okaend; okand; okänt; vet ej; vet inte; ej känt; utreds;
    under utredning; ej klarlagt; ska utredas; kompletteras; fylls i senare; ukjent; ikke kjent; ikke avklart; avklares;
    under avklaring; ukendt; ikke kendt; ikke afklaret; afklares; under afklaring; mangler; nieznane; nieznany; nieznana;
    do ustalenia; do uzupełnienia; do potwierdzenia; do weryfikacji; nie ustalono; w trakcie ustalania; do określenia;
    da verificare; da confermare; da valutare; por completar; por confirmar; a definir; por definir; nog onbekend;
    nog in te vullen; volgt; not defined; undefined; not specified; not stated; n d; nicht definiert; nicht festgelegt; noch nicht festgelegt; non défini; non définie; non précisé; non specificato; non definito; no definido; sin definir; não definido; nog niet bepaald; niet bepaald
    """.split(";")
)
_DASHES = re.compile(r"[-–—―−_./\\\s]+")
_CROSSES = re.compile(r"[✗✘❌✖\ufe0e\ufe0f\s]+")
_QUESTION = re.compile(r"[?¿\s]+")
_PLACEHOLDER = re.compile(r"<(?![a-z]{1,10}\s?/?>)[^<>/][^<>]*>|\{\{[^{}]*\}\}|xx+", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[{(](?P<inner>[^\[\]{}()]*)[\]})]")
_INSTRUCTION = re.compile(
    r"(?:a completer|a preciser|a definir|a renseigner|to be|to complete|insert|enter|fill|name of|your|nom d|bitte|hier|eintragen|ergaenzen|ausfuellen"
    r"|fyll i|ange|indsaet|indsoet|angiv|angi|sett inn|wpisz|wpisac|uzupelnij|uzupelnic|nazwa|inserire|insertar|rellenar|completar|inserir|preencher|invullen|xx)"
)
_TEMPLATE_START = re.compile(
    r"(?:selectionnez|choisissez|choisir un|bitte (?:aus)?waehlen|bitte auswaehlen|bitte eintragen|bitte ausfuellen|waehlen sie|auswahl treffen|please (?:select|choose|fill)"
    r"|select an? |choose an? |click (?:or tap )?here|klicken (?:oder tippen )?sie|cliquez|seleccione|elija un|selezionare un|selezionate|selecione|kies een|maak een keuze|vaelj (?:ett|en|har|haer|fran)|vaelj|velg|voelg|klicka|klikk|klik her|kliknij|wybierz|lorem ipsum)"
)
_TEMPLATE = frozenset(
    "exemple example beispiel esempio ejemplo exemplo voorbeeld exempel eksempel przyklad lorem mustertext".split()
)
_LONGEST = 1000
"""Longer text is a statement, whatever it begins with."""
_REASON = re.compile(r"\s*(?:\(|\[|[–—]|\s-\s)")


def classify(text: str) -> Blank | None:
    """Say which kind of blank the text is; None if it is a value. Empty text is no statement, so it is None as well.

    A none-word may be followed by its reason, in brackets or after a dash ("N/A (internal)", "Sans objet — no
    transfer"), an unknown-word by a question mark. Whether an empty cell means anything is for the caller to decide.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > _LONGEST:
        return None
    folded = fold(stripped)
    inner = _BRACKETED.fullmatch(stripped)
    if inner and (_INSTRUCTION.match(fold(inner["inner"])) or fold(inner["inner"]) in UNKNOWN_WORDS | _TEMPLATE):
        return Blank.TEMPLATE
    if _PLACEHOLDER.fullmatch(stripped) or folded in _TEMPLATE or _TEMPLATE_START.match(folded):
        return Blank.TEMPLATE
    if _QUESTION.fullmatch(stripped) or folded in UNKNOWN_WORDS:
        return Blank.UNKNOWN
    if _DASHES.fullmatch(stripped) or _CROSSES.fullmatch(stripped) or folded in NONE_WORDS:
        return Blank.NONE_STATED
    return Blank.NONE_STATED if _none_with_reason(stripped) else None


def _none_with_reason(text: str) -> bool:
    """Whether the text opens with a none-word and goes on, after a dash or in one bracket, with the reason."""
    for separator in _REASON.finditer(text):
        head = text[: separator.start()]
        if not head.strip() or _DASHES.fullmatch(head):
            continue
        bracketed = separator[0].strip() in ("(", "[")
        return fold(head) in NONE_WORDS and (not bracketed or text.rstrip(" .")[-1:] in (")", "]"))
    return False
