"""Reads what a transfer rests on, in the usual words and abbreviations of eleven languages."""

import re
from collections.abc import Mapping

from registry.imports.parsing.folding import fold
from registry.reference.lawful_basis import Regime
from registry.reference.safeguards import BY_CODE, SAFEGUARDS

_WORDS: Mapping[str, str] = {
    "A45-3": """adequacy; adequacy decision; adequacy decisions; adequate country; article 45 adequacy; Angemessenheitsbeschluss; Angemessenheit; pays adéquat; décision d'adéquation; adéquat; decisione di adeguatezza; decisión de adecuación
        país adecuado; decisão de adequação; adequaatheidsbesluit; beslut om adekvat skyddsnivå; adekvat skyddsnivå; adekvansbeslutning; beslutning om tilstrekkelig beskyttelsesnivå; tilstrekkelig beskyttelsesnivå; tilstrækkelighedsafgørelse; tilstrækkeligt beskyttelsesniveau; decyzja o adekwatności; decyzja stwierdzająca odpowiedni stopień ochrony; Art. 45 DSGVO; article 45; art 45; data privacy framework; DPF; EU-US DPF; EU-US Data Privacy Framework""",
    "A46-2-b": """bcr; binding corporate rules; verbindliche interne Datenschutzvorschriften; règles d'entreprise contraignantes; règles d'entreprise contraignantes (BCR); norme vincolanti d'impresa; normas corporativas vinculantes; regras vinculativas aplicáveis às empresas
        bindende bedrijfsvoorschriften; bindande företagsbestämmelser; bindende virksomhetsregler; konsernregler; bindende virksomhedsregler; wiążące reguły korporacyjne""",
    "A46-2-c": """scc; sccs; eu scc; eu sccs; standard contractual clauses; model clauses; eu standard contractual clauses; standard contractual clauses (scc); Standardvertragsklauseln; EU-Standardvertragsklauseln; Standarddatenschutzklauseln; SVK; Standardvertragsklauseln (SCC)
        clauses contractuelles types; clauses contractuelles types (CCT); CCT; clausole contrattuali standard; clausole contrattuali tipo; cláusulas contractuales tipo; CCT; cláusulas contratuais-tipo; modelcontractbepalingen; standaardcontractbepalingen; standaard contractbepalingen; standardavtalsklausuler; standardavtalsklausuler (scc); eu:s standardavtalsklausuler; standard personvernbestemmelser; eus standardkontrakt; standardkontrakt; standardkontraktsbestemmelser; standardkontraktbestemmelser; standardkontrakter; eu-kommissionens standardkontrakter; standardbestemmelser; standardowe klauzule umowne; standardowe klauzule umowne (scc); standardowe klauzule ochrony danych; clausole contrattuali tipo (scc)""",
    "A46-2-e": "code of conduct; code de conduite; genehmigte Verhaltensregeln; Verhaltensregeln; codice di condotta; código de conducta; código de conduta; gedragscode; uppförandekod; atferdsnorm; adfærdskodeks; kodeks postępowania",
    "A46-2-f": "certification; Zertifizierung; certificazione; certificación; certificação; certificering; certifikacja",
    "A49-1-a": "explicit consent to the transfer; ausdrückliche Einwilligung in die Übermittlung; consentement explicite au transfert; uttryckligt samtycke till överföringen; uttrykkelig samtykke til overføringen; udtrykkeligt samtykke til overførslen; wyraźna zgoda na przekazanie",
    "EU-PRIVACY-SHIELD": "privacy shield; EU-US Privacy Shield; bouclier de protection des données",
    "UK-IDTA": "idta; international data transfer agreement; UK IDTA",
    "UK-ADDENDUM": "uk addendum; addendum; UK addendum to the EU SCCs; international data transfer addendum",
    "BR-A33-II-a": "cláusulas contratuais específicas",
    "BR-A33-II-b": "cláusulas-padrão contratuais; cláusulas-padrão contratuais da ANPD; ANPD standard contractual clauses",
    "BR-A33-II-c": "normas corporativas globais",
}  # fmt: skip
_CODES = {fold(code): code for code in BY_CODE}
_CITED = re.compile(r"(?:gdpr |dsgvo |rgpd )?art(?:icle|ikel|\.)?\s*(\d+)\s*(?:\((\d)\)|abs\.?\s*(\d))?\s*(?:\(([a-h])\)|lit\.?\s*([a-h])\)?)?", re.IGNORECASE)  # fmt: skip


def _known() -> dict[str, str]:
    found = {fold(word): code for code, words in _WORDS.items() for word in re.split(r"[;\n]", words) if word.strip()}
    for safeguard in SAFEGUARDS:
        found.setdefault(fold(safeguard.title), safeguard.code)
        found.setdefault(fold(f"{safeguard.title} ({safeguard.citation})"), safeguard.code)
        if safeguard.regime == Regime.BR:  # of other laws two mechanisms may rest on one provision
            article = safeguard.citation.removeprefix("LGPD ")
            found |= dict.fromkeys(
                map(fold, (safeguard.citation, f"{article} LGPD", f"{article}, LGPD")), safeguard.code
            )
    return found | _CODES


_KNOWN = _known()


def parse_safeguard(text: str) -> str | None:
    """Return the code of the safeguard that the whole text names or cites, or None: prose around a name stays words."""
    stripped = text.strip()
    if found := _KNOWN.get(fold(stripped)):
        return found
    cited = _CITED.match(stripped)
    if cited is None:
        return None
    article, paragraph, letter = cited[1], cited[2] or cited[3], cited[4] or cited[5]
    code = "-".join(filter(None, (f"A{article}", paragraph, letter.lower() if letter else None)))
    rest = stripped[cited.end() :].strip(" .,:;-–—()")
    rest = re.sub(r"^(?:DS-?GVO|GDPR|RGPD|AVG)\b[\s.,:;–—()-]*", "", rest)
    named = _KNOWN.get(fold(rest)) if rest else code
    return code if code in BY_CODE and (not rest or named == code) else None
