"""Recognises a sentence that says that nothing goes to a third country, and nothing else."""

from registry.imports.parsing.folding import fold

_LONGEST = 200
_NEGATIONS = frozenset(
    "no not none nil never nicht kein keine keinerlei pas aucun aucune non nessun nessuna nessuno ningun ninguna ninguno nao nenhum nenhuma niet geen neen nee ingen inga inget inte ej ikke nej nei intet nie brak zaden zadne zadnych".split()
)  # fmt: skip
_OTHERS = frozenset(
    fold(word)
    for word in """
    there is are will be being any of to the a an outside eea eu uk or and third country countries international organisation organisations transfer transfers transferred
    data personal planned intended foreseen envisaged takes take place made carried out currently at present borders abroad european union economic area united kingdom
    es findet finden statt ist sind wird werden und oder eine ein der die das den dem von an in ins zu Übermittlung Übermittlungen Datenübermittlung Drittland Drittländer Drittlandtransfer
    Drittlandübermittlung Drittstaat Drittstaaten Ausland internationale internationalen Organisation Organisationen Daten personenbezogener Personendaten geplant vorgesehen beabsichtigt
    erfolgt erfolgen auch derzeit außerhalb EU EWR Bekanntgabe Transfer Datentransfer übermittelt übertragen weitergegeben Länder Staaten
    il n y a ne est sont de des du d la le les l vers hors un une et ou ni en transfert transferts données personnelles pays tiers ue eee union européenne prévu prévus prévue effectué
    effectués organisation organisations internationales internationale l'étranger étranger à transférées transférée transféré transférés transfère transmises
    è sono si e o verso fuori dall dal dalla dello spazio economico europeo extra see ue paesi paese terzi terzo trasferimento trasferimenti dati personali previsto previsti prevista effettuato
    effettuati effettua effettuano organizzazioni internazionali all'estero dei i gli trasferiti trasferite trasferisce trasferiscono vengono viene sono avviene avvengono saranno trasmessi trattati
    se está están prevé prevén previsto previstas prevista previstos realiza realizan hay existen hacen transferencia transferencias internacional internacionales datos personales terceros países transfieren transfiere transferirán serán son han producen produce realizará realizarán efectúan
    país tercero fuera del espacio económico europeo al exterior ni de a la los las el
    há existem são realizadas realizada realiza não se transferência transferências internacionais dados pessoais para países terceiros fora do da exterior prevista previstas transferidos transferidas transferem realizam efetuam efetuadas fora ocorrem ocorre eee os as
    det der att som och eller till tredjeland tredjeländer tredje land länder utanför överföring överföringar överförs överföras sker görs förekommer planeras planerad
    personuppgifter uppgifter uppgifterna personuppgifterna ees av några internationella organisationer organisation någon tredjelandsöverföring tredjelandsöverföringar
    til tredjelande tredjestat tredjestater usikre utenfor uden udenfor for eøs overføring overføringer overføres overførsel overførsler overføre skjer foretas foretages finder finner sted planlagt
    planlægges personopplysninger opplysninger personoplysninger oplysninger oplysningerne opplysningene internasjonale internasjonal organisasjon organisasjoner og i af nogen noen
    tredjelandsoverførsel tredjelandsoverførsler utlandet udlandet europæiske europeiske område samarbeidsområde lande
    dane danych osobowe osobowych są będą być się do w z poza oraz ani lub i państw państwa państwo trzecich trzeciego trzecie kraju krajów kraje organizacji międzynarodowych międzynarodowej eog ue
    przekazywane przekazywania przekazuje przekazywanie przekazania przekazanie transferu transfer transfery planuje planowane przewiduje przewidziane zamierza występuje ma dokonuje nie obszar obszaru europejskiego
    gospodarczego europejski gospodarczy unii europejskiej
    er worden wordt vindt vinden plaats doorgifte doorgiften persoonsgegevens naar buiten derde land landen eer eu het een van gepland gegevens doorgegeven verstrekt overgedragen wij geven door er
    """.split()
)  # fmt: skip
_ABOUT = (
    "transf",
    "uebermitt",
    "datenuebermitt",
    "drittland",
    "drittstaat",
    "doorgift",
    "doorgegev",
    "bekanntgabe",
    "trasfer",
    "oeverfoer",
    "overfor",
    "tredjeland",
    "tredjestat",
    "przekaz",
)


def says_no_transfer(text: str) -> bool:
    """Return whether a text is no more than a no to transfers: "No transfers outside the EEA", "No están previstas
    transferencias internacionales"; any word that could say more makes it a text to be kept."""
    if len(text) > _LONGEST:
        return False
    words = fold(text).split()
    others = [word for word in words if word not in _NEGATIONS]
    about = any(word.startswith(_ABOUT) for word in others)
    return len(others) < len(words) and about and all(word in _WORDS for word in others)


_WORDS = frozenset(part for word in _OTHERS for part in word.split())
