"""The spellings in which seven languages cite Art. 6(1) and 9(2) GDPR, as patterns for the recogniser."""

import re

_I = re.IGNORECASE

ARTICLE_WORD = r"(?<![^\W_])art(?:icles?|ikk?el(?:en|ns?|s)?|ykuł\w*|icol[oi]|[íi]culos?|igos?|s)?(?:\.|\b|(?=\d))\s*"
AND = (
    r"(?:und/oder|and/or|et/ou|und|and|et|en|ed|e|y|u\.|ou|or|oder|of|o|sowie|bzw\.?|beziehungsweise|as\swell\sas"
    r"|och|og|eller|samt|oraz|lub|i(?=\s+(?:lit\.?\s*)?[a-j]\)?(?!\w)))"
)
MARK = (
    r"(?<![^\W_])(?:(?:(?:aanhef\s+en\s+)?onder|lit(?:erae?|t)?|buchst(?:aben?)?|letters?|letras?|lett(?:er[ae])?|points?|al[íi]neas?|sub|litra|bokstav|led(?:et)?|punkt|pkt)\b"
    r"|(?:litt?|buchst|lett?|pt|al)\.)\.?\s*"
)
LOOSE_MARK = rf"(?:{MARK}|nr\.?\s*|n[°º]\s*|ziff(?:er|\.)\s*)"

HEAD = re.compile(rf"{ARTICLE_WORD}(?P<numeral>[69])(?:\s?\.?\s?[º°])?(?!\d)", _I)
BARE_HEAD = re.compile(
    r"(?<![\w.§/-])(?P<numeral>[69])(?=\s?(?:\(\s?[12]\s?\)|\.[12])\s?[.-]?\s?(?:\(?(?:ea|[a-j])(?!\w)|lit|buchst|let))",
    _I,
)
NOT_AN_ARTICLE = re.compile(
    r"(?:section|sec|kapitel|chapter|chapitre|clause|ziffer|anlage|annex|annexe|nummer|version|abschnitt|punkt|schedule|§+)\.?\s*$",
    _I,
)
PARAGRAPH = re.compile(
    r"[\s,]*(?:\(\s?(?P<round>\d)\s?\)"
    r"|(?:abs(?:atz|\.|\b)|para(?:graphs?|grafo|graphe|\.|\b)|parágrafo|par\.|§+|apartado|ap\.|lid|stk\.?|ust(?:ępu?|\.)?|nr\.?|ledd|punkt(?:en)?|n\.?\s?[º°o]\.?|comma|co\.)"
    r"\s*\(?(?P<word>\d)\)?(?:\s?[º°])?"
    r"|(?P<first>eerste\s+lid)|(?P<second>tweede\s+lid)"
    r"|\s?[.-]\s?(?P<dot>\d)(?!\d)|\s(?P<plain>[12])(?=\s*(?:lit|buchst|\(?[a-j]\)))|\s(?P<roman>II?)(?=\s+(?:1\s|lit|buchst|[a-j]\b)))",
    _I,
)
SENTENCE = re.compile(
    r"[\s,]*(?:(?:unterabsatz|subparagraph|unterabs\.|uabs\.)\s*1|1\.\s?(?:uabs\.|unterabs\.)|first\s+subparagraph"
    r"|(?:S\.|Satz)\s*1|1(?=\s+(?:lit|buchst)))",
    _I,
)
_LAW = (
    r"(?:(?:of\s+the|de\s+la|van\s+de|del?|der|des|dell[ao']|du|d[oa]|of|i|w)\s+)?"
    r"(?:(?P<uk>(?:UK|United\s+Kingdom)[\s-]?GDPR\b)"
    r"|(?:(?:EU|UE)[\s-]*)?(?:(?:DS-?GVO|GDPR|RGPD|AVG|RODO)\b|Datenschutz-?Grundverordnung|dataskydd\w*förordning(?:ens|en)?\b|databeskyttelsesforordning(?:ens|en)?\b|personvernforordning(?:ens|en|a)\b|rozporządzeni[ea](?:\s+\(UE\))?(?=\s+2016/679)|General\s+Data\s+Protection\s+Regulation)"
    r"(?:[\s,]*\(?(?:EU|UE)\)?\s*2016/679)?"
    r"|(?:Verordnung|Regulation|R[èe]glement|Reg(?:olamento|lamento|ulamento|\.)|VO)\s*\(?(?:EU|UE)\)?\s*(?:n\.?\s?[º°]?\s*)?2016/679)"
)
LAW = re.compile(rf"[\s,]*{_LAW}", _I)
_UNNAMED_LAW = _LAW.replace("?P<uk>", "?:")
OTHER_LAW = re.compile(
    r"\s*(?:(?:of\s+the|of|der|des|du|de\s+la|del?|dell[ao'])\s+)?"
    r"(?:[A-ZÄÖÜ][A-Za-zÄÖÜäöüß-]*[A-ZÄÖÜ][a-zäöü]{0,2}(?<=[GVOBLRDPDöva])(?<!EU)(?<!UE)(?<!UK)(?![\w-])"
    r"|(?:Verordnung|VO|Regulation|Richtlinie|Directi(?:ve|va)|R[èe]glement|Regolamento|Reglamento)\b|e-?Privacy)"
)
PROVISION = re.compile(rf"§|{ARTICLE_WORD}\d|(?<!\w)(?:anlage|anhang|annexe?|schedule|section|ziffer)\s+\w", _I)

CRIMINAL = re.compile(rf"{ARTICLE_WORD}10(?!\d)(?:\s?(?:S\.|Satz)\s?[12])?", _I)
BRAZIL_HEAD = re.compile(
    rf"{ARTICLE_WORD}(?P<numeral>7|11)\s?[.º°]*\s*,\s*(?:caput\s*,\s*)?(?:incisos?\s*|inc\.\s*)?(?=[IVX]+\b)", _I
)
_BRAZIL_LAW = r"(?:d[ao]\s+)?(?:LGPD\b|Lei\s*(?:n\.?\s?[º°]?\s*)?13\.?709(?:/(?:20)?18)?)"
BRAZIL_LAW = re.compile(rf"[\s,]*{_BRAZIL_LAW}", _I)
BRAZIL_LETTER = re.compile(r"\s*,\s*(?:al[íi]nea\s*)?[“\"']?(?P<letter>[a-g])\)?[”\"']?(?!\w)")
ROMAN = re.compile(r"(?:VIII|VII|III|VI|IV|IX|II|V|X|I)\b")
NEXT_ROMAN = re.compile(
    rf"\s*(?:,|/|\b{AND}(?!\w))\s*(?:incisos?\s*|inc\.\s*)?(?=(?:VIII|VII|III|VI|IV|IX|II|V|X|I)\b)"
)

IN_CONJUNCTION = (
    r"(?:i\.?\s?v\.?\s?m\.?|in\s+verbindung\s+mit|in\s+conjunction\s+with"
    r"|together\s+with|en\s+relation\s+avec|in\s+combinatie\s+met|jf\.?|jämfört\s+med|w\s+zw(?:iązku|\.)\s*z)"
)
JOIN = rf"(?:(?<!\w){_UNNAMED_LAW}|{_BRAZIL_LAW}|(?<!\w){IN_CONJUNCTION}(?!\w)|(?<!\w){AND}(?!\w)|[\s,/+&.:])"
"""One sign or word that only connects citations, the name of their law among them. Repeat it possessively (`*+`)."""

_BARE_END = (
    rf"(?=\s*(?:$|[,;/()\]&+\n—–:-]|\.(?!\w)|\b{AND}(?!\w)|i\.?\s?v\.?\s?m|(?:(?:EU|UK|UE)[\s-]*)?(?:DS-?GVO|GDPR|RGPD|AVG|RODO)\b"
    r"|(?:of\s+the|der|du|del?|d[oa]|i|w)\s+(?:UK|EU|DS|GDPR|RGPD|RODO|dataskydd|databeskytt|personvern)|(?:bis|to|tot|hasta|até|bei|für|fuer|soweit|sofern|where|when|pour|jf\.?|enligt|w\s+zw\.?)\s))"
)


def _letter_patterns(letters: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    spelt = rf"(?P<marked>{letters})\)?(?!\w)|\(\s?(?P<round>{letters})\s?\)|(?P<closed>{letters})\)"
    bare = rf"(?P<bare>{letters})(?!\w){_BARE_END}"
    first = rf"[\s,.–-]*(?:{LOOSE_MARK}\(?{spelt}|{bare})"
    further = rf"(?:\s*(?:,|/|&|\+|\b{AND}(?!\w)))+\s*(?:abs(?:atz|\.)?\s*1\s*)?(?:{MARK}\(?{spelt}|{bare})"
    upto = (
        rf"(?:\s*(?:bis|to|through|tot|hasta|até)\s+|(?P<dash>\s?[–-]\s?))(?:{MARK})?"
        rf"(?:\(\s?(?P<round>{letters})\s?\)|(?P<closed>{letters})\)|(?P<bare>{letters})(?!\w))"
    )
    detached = (
        rf"{MARK}\(?(?P<marked>{letters})\)?(?!\w)|(?<![\w(])(?P<closed>{letters})\)|\(\s?(?P<round>{letters})\s?\)"
    )
    return re.compile(first, _I), re.compile(further, _I), re.compile(upto, _I), re.compile(detached, _I)


LETTERS = {"6": _letter_patterns("ea|[a-f]"), "9": _letter_patterns("[a-j]")}
"""Per article: the first letter after its paragraph, a further one, the end of a range, one at a distance."""
