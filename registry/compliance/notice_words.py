"""Which words of a register may be looked for in a notice, and by what notices say the few things that all of them must."""

import re
from functools import lru_cache

from registry.compliance.notice_text import plain
from registry.reference.roles import RecipientRole

_SILENT = frozenset(
    """
    about above after also among another because been before being below between both could does done down during each
    either every from have here into less made make many more most much must only other over same shall should since some
    such than that their them then there these they this those through under until upon used using very what when where
    whether which while whom whose with within without would your ours like well further order various etc including

    aber alle allem allen aller alles andere anderem anderen anderer auch beim beziehungsweise dabei dafur daher damit dann
    daran darauf daraus darin dass davon dazu dem denen denn deren dessen dies diese diesem diesen dieser dieses doch durch
    eigene eigenen einem einen einer eines einschliesslich etwa falls fur gegen gegenuber hinaus ihre ihrem ihren ihrer
    innerhalb insbesondere jede jedem jeden jeder jeweils jeweilige jeweiligen kein keine konnen mussen nach nicht noch oder
    ohne seine seiner sich sind sofern sonstige sonstigen soweit sowie uber unter unserem unseren unserer unsere vom von vor
    wann weil weitere weiteren welche welcher wenn werden wird wobei zudem zugunsten zum zur zwecks zweck zwecke zwischen
    moglich gemass ggf bzw sowohl

    afin ainsi alors apres aucun aucune autre autres aussi autour avant avec avoir cadre celle celles celui cette ceux chaque
    chez comme contre dans depuis dont elle elles encore entre etre eventuellement fois hors jusque leur leurs lors lorsque
    mais meme memes moins notamment notre nous parmi pendant plus plusieurs pour puis quand quel quelle quels quelles quoi
    sans selon sera seront ses sont sous suite sur tout toute toutes tous tres une vers votre vous ceci cela

    """.split()
)
"""Words of four letters and more, and some shorter ones, that mean nothing by themselves."""

_EVERYWHERE = (
    "data person individual people customer client consumer user employee staff worker member applicant candidate patient "
    "visitor process purpose inform manag admin organi compan busin service activit provid collect record store storag keep "
    "handl contact name addres email "
    "daten kunde person betroffen nutzer benutz mitarbeit beschaft angestellt bewerb mitglied patient besuch verarbeit "
    "verwalt information unternehm gesellschaft dienst tatigkeit erheb erfass speicher abwickl durchfuhr kontakt adress "
    "bereitstell bereich "
    "donnee client utilisat employe personnel candidat membre adherent visiteur usager traite finalite inform gestion "
    "gerer administ societe entrepris service activit collect enregistr conserv stock contact adresse organis fourni "
    "personne"
).split()
"""Beginnings of words that stand in every notice: that they do tells nothing."""

_MANY_LETTERS = 3
"""Only longer words mean anything."""


@lru_cache(maxsize=20_000)
def beginnings(text: str) -> tuple[str, ...]:
    """Return the first letters of each word of a text that means something: by them its other forms are found too."""
    found = dict.fromkeys(_begin(word) for word in plain(text).split() if _means_something(word))
    return tuple(found)


@lru_cache(maxsize=20_000)
def ends(text: str) -> tuple[str, ...]:
    """Return, each behind a blank, the words that may end the German compounds of a text: Bank of Hausbank."""
    words = [word for word in plain(text).split() if _means_something(word)]
    found = (word[place:] for word in words for place in range(_MANY_LETTERS, len(word) - _MANY_LETTERS))
    return tuple([f" {end}" for end in found if _means_something(end)])


def _means_something(word: str) -> bool:
    if len(word) <= _MANY_LETTERS or word in _SILENT or word.isdecimal():
        return False
    return not any(word.startswith(beginning) for beginning in _EVERYWHERE)


def _begin(word: str) -> str:
    """Return so much of a word as its plural, its verb and its noun have in common, mostly."""
    stem = word.removesuffix("ing")
    if stem != word and len(stem) <= _MANY_LETTERS:
        return f" {stem}"
    return word[: max(4, len(word) - 3)][:6]


_LEGAL_FORMS = frozenset(
    """
    gmbh mbh ag kg kgaa ohg gbr ug ev eg partg haftungsbeschrankt co cie cokg ltd limited inc incorporated llc llp lp corp
    corporation company plc pty pte sa sas sasu sarl eurl snc scop bv nv vof spa srl sl slu lda ab aps as oy oyj kft zrt sro
    doo dac clg unlimited holding stiftung foundation verein
    """.split()
)
_OF_MANY = frozenset(
    """
    and und et the der die das les des fur for von of de du la le
    group gruppe groupe international europe european europa emea uk usa deutschland germany france ireland osterreich austria
    schweiz suisse switzerland global world services service solutions systems systeme systemes software technologies
    technology online web express digital data cloud consulting management partner partners media network networks center centre
    """.split()
)
"""Words in the names of many organisations, by which none of them is known."""
_SHORT_WORD = 5
_APART = re.compile(r"[(\[/;,|–—]|\s-\s")


@lru_cache(maxsize=20_000)
def called(name: str) -> tuple[str, ...]:
    """Return by what a notice may call an organisation: each word of its name, its initials, all as they are folded.

    Each stands behind a blank: it is looked for where a word begins. Legal forms, and words of many names, don't count;
    nor does the last letter of a longer word, which may be its plural's.
    """
    words = [word for word in plain(name).split() if word not in _LEGAL_FORMS]
    own = [word for word in words if word not in _OF_MANY and (len(word) >= _MANY_LETTERS or len(words) == 1)]
    said = [word[:-1] if len(word) > _SHORT_WORD else word for word in own] or [" ".join(words)]
    initials = "".join([word[0] for word in plain(_APART.split(name)[0]).split() if word not in _LEGAL_FORMS])
    said += [f"{initials[:length]} " for length in range(_MANY_LETTERS, len(initials) + 1)]
    return tuple([f" {one}" for one in said if one])


def joined(name: str) -> str:
    """Return the name without legal form and blanks, as it may stand in an address of a web site; empty if short."""
    words = "".join([word for word in plain(_APART.split(name)[0]).split() if word not in _LEGAL_FORMS])
    return words if len(words) > 2 * _MANY_LETTERS else ""


_ON_BEHALF = (
    "service provider|providers?\\b|processors?\\b|supplier|vendor|subcontract|contractor|on our behalf"
    "|dienstleist|auftragsverarbeit|auftragnehm|in unserem auftrag|anbieter|auftragsdaten"
    "|sous traitan|prestataire|fournisseur|pour notre compte"
)
_AUTHORITIES = (
    "authorit|courts?\\b|government|police|public bod|regulator|agenc"
    "|behord|\\w*amt\\b|\\w*amter\\w*|gericht|offentliche stelle|polizei|trager"
    "|autorite|administrat|tribuna|organismes? |juridiction|police"
)
_JOINTLY = "joint|gemeinsam|conjoint"
_IN_GENERAL = {
    str(RecipientRole.PROCESSOR): re.compile(_ON_BEHALF),
    str(RecipientRole.SUB_PROCESSOR): re.compile(_ON_BEHALF),
    str(RecipientRole.PUBLIC_AUTHORITY): re.compile(_AUTHORITIES),
    str(RecipientRole.JOINT_CONTROLLER): re.compile(_JOINTLY),
}


def in_general(role: str) -> re.Pattern[str] | None:
    """Return what finds a category to which recipients in this role belong; None where the role tells none."""
    return _IN_GENERAL.get(role)


COMPLAINT = re.compile(
    "complain|supervisory|data protection (?:authorit|commission)|privacy authorit|information commissioner|\\bico\\b|regulator"
    "|beschwer|aufsichtsbehord|datenschutzbehord|landesbeauftragt|bundesbeauftragt"
    "|reclamation|plainte|autorite de controle|autorite de protection|autorite de surveillance|\\bcnil\\b|\\bcnpd\\b|\\bsaisir\\b"
    "|commission nationale"
)
"""The right to complain to a supervisory authority."""

WITHDRAWAL = re.compile(
    "withdr|revok|revoc|opt out|opting out|unsubscri|change your mind|take back"
    "|widerruf|widerrief|zuruckzieh|zurucknehm|zuruckgezogen|zurucknahme|abmeld|abbestell"
    "|retract|retirer|retirez|retrait|retire[ez]?\\b|revoqu|revocation|revenir sur|desinscri|desabonn"
)
"""That consent can be withdrawn."""

INTERESTS = re.compile(
    "(?:legitimate|justified|overriding|business|own|our) (?:\\w+ ){0,2}interest|interests? (?:pursued|of ours)"
    "|6 ?1 f\\b|6 ?1 point f|6 1 lit f|6 abs(?:atz)? 1 (?:satz 1 |s 1 |unterabs\\w* 1 )?(?:lit(?:era)?|buchst\\w*|bst) f\\b"
    "|6 1 s 1 (?:lit )?f\\b|6 paragraphe 1 (?:point|lettre|alinea)? ?f\\b|6 1 (?:lettre|let) f\\b"
    "|(?:berechtigt|uberwiegend|unser|wirtschaftlich|geschaftlich)\\w* (?:\\w+ ){0,2}interess"
    "|interets? (?:\\w+ ){0,1}legitime|legitimes? interets?|notre interet|interets? (?:superieur|commercia|preponderant|prive)"
)
"""Legitimate interests, or the point of Art. 6(1) that speaks of them."""

OFFICER = re.compile(
    "data protection officer|data privacy officer|privacy officer|\\bdpo\\b|data protection (?:contact|lead|manager)"
    "|datenschutzbeauftrag|\\bdsb\\b|beauftragte\\w* (?:fur|fuer) (?:den )?datenschutz|datenschutzberat|konzerndatenschutz"
    "|delegue\\w* (?:\\w+ ){0,3}protection|\\bdpd\\b|responsable de la protection des donnees|conseiller\\w* a la protection"
)
"""The data protection officer, by title."""

_KINDS = (
    "parcel|courier|carrier|deliver|shipp|dispatch|post(?:al|age|ed|ing)?\\b|logistic|freight|haul"
    "|paket|liefer|versand|spediti|zustell|frachtf|transportunt|livrais|livreur|coli[s]?\\b|transporteur|expediti|poste\\b",
    "bank|payment|paying|payback|refund|credit card|debit card|zahlung|kreditinstitut|sparkasse|kartenzahl|paiement|remboursement"
    "|banque|banca",
    "insur|versicher|assur(?:ance|eur)|mutuelle",
    "lawyer|solicitor|attorney|legal advi|law firm|notar|anwalt|anwalte|kanzlei|rechtsbeist|avocat|juridique|huissier",
    "audit|accountant|tax advis|bookkeep|wirtschaftspruf|steuerberat|buchhalt|comptab|commissaire aux comptes",
    "host|cloud|server|data cent|it (?:provider|service|support|compan)|software|maintenance|rechenzentr|webspace|wartung"
    "|heberg|informatique|infogerance|logiciel",
    "advertis|marketing|agenc|newsletter|mailing|promotion|werb|agentur|rundschreib|publicit|agence|lettre d information|prospection",
    "analytic|statisti|measur|web traffic|reichweite|besuchermess|mesure d audience|frequentation|auswertung",
    "debt|collection agenc|collecting|inkasso|forderung|recouvrement|creance",
    "credit (?:agenc|bureau|report|check|scor)|creditworth|solvenc|auskunftei|bonitat|solvabilite|schufa",
    "group compan|companies of (?:the|our) group|affiliate|sister compan|subsidiar|parent compan|konzern|tochter|schwesterg|verbundene"
    "|filiale|societes? du groupe|maison mere|entites du groupe",
    "social (?:network|media)|soziale\\w* (?:netzw|medi)|reseau\\w* socia",
    "payroll|wage|salar|remunerat|lohn|gehalt|gehalter|entgelt|vergutung|paie\\b|salair|remunerat",
    "pension|retire|altersv|rentenv|retraite|prevoyance",
    "health|medic|doctor|physician|arzt|arzte|gesundheit|krankenk|betriebsarzt|medecin|sante\\b",
    "print|druck|imprim",
    "call cent|telephone|hotline|customer (?:service|support|care)|kundendienst|kundenservice|callcenter|telefon|centre d appel"
    "|service client|assistance",
    "fraud|betrug|fraude",
    "secur|guard|cctv|camera|surveillance|wachdienst|bewach|sicherheit|kamera|gardien|securite",
    "shred|destruct|disposal|aktenvernicht|entsorg|destruction|broyage",
    "supplier|manufactur|maker|repair|hersteller|lieferant|werkstatt|reparatur|fournisseur|fabricant|reparat",
    "train|learn|course|schulung|fortbild|weiterbild|seminar|formation",
    "recruit|applica|bewerb|candidat|recrutement",
    "complain|claim|warrant|guarantee|beschwerde|reklamation|gewahrleist|garantie|reclamation",
    "invoice|billing|accounting|rechnung|buchfuhr|factur",
    "tax|steuer|finanzamt|impot|fiscal|revenue",
)
KINDS = tuple(re.compile(rf" (?:{kind})") for kind in _KINDS)
"""What is one thing in many words: a notice that speaks of carriers names the parcel service."""


@lru_cache(maxsize=20_000)
def kinds_of(text: str) -> tuple[re.Pattern[str], ...]:
    """Return of which of these kinds a text speaks, in any of the three languages."""
    words = f" {plain(text)} "
    return tuple([kind for kind in KINDS if kind.search(words)])
