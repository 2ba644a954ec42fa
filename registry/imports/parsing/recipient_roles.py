"""Reads which kind of party a recipient is, in the words that registers use."""

from collections.abc import Mapping

from registry.imports.parsing.folding import fold
from registry.reference.roles import RecipientRole

_WORDS: Mapping[RecipientRole, str] = {
    RecipientRole.INTERNAL_UNIT: """internal unit; internal; internal department; internal service; intern; interne Stelle; service interne; service interne qui traite les données; interne; ufficio interno; interno; unidad interna; unidade interna; interne afdeling; intern mottagare; intern avdelning; intern avdeling; intern afdeling; intern modtager; jednostka wewnętrzna; odbiorca wewnętrzny; wewnętrzny""",
    RecipientRole.PROCESSOR: """processor; data processor; processors; service provider; Auftragsverarbeiter; Auftragsverarbeiterin; Dienstleister; sous-traitant; sous-traitants; Auftragsbearbeiter; Auftragsbearbeitende; eingesetzte Auftragsverarbeiter; responsabile del trattamento; responsabile esterno; encargado; encargados; encargado del tratamiento; encargados del tratamiento; responsabili esterni; responsabili del trattamento; operadores; subcontratantes; verwerkers; verwerker(s)
        operador; subcontratante; verwerker; nazwa podmiotu przetwarzającego; nazwa podmiotu przetwarzającego i dane kontaktowe; personuppgiftsbiträde; personuppgiftsbiträden; databehandler; databehandlere; podmiot przetwarzający; podmioty przetwarzające; procesor; leverantör; leverandør; dostawca""",
    RecipientRole.SUB_PROCESSOR: "sub-processor; subprocessor; Unterauftragsverarbeiter; Unterauftragnehmer; sous-traitant ultérieur; sub-responsabile; subencargado; subverwerker; underbiträde; underleverandør; underdatabehandler; dalszy podmiot przetwarzający; podprocesor",
    RecipientRole.JOINT_CONTROLLER: "joint controller; gemeinsam Verantwortlicher; responsable conjoint; contitolare; corresponsable; responsável conjunto; gezamenlijk verwerkingsverantwoordelijke; gemensamt personuppgiftsansvarig; felles behandlingsansvarlig; fælles dataansvarlig; współadministrator",
    RecipientRole.INDEPENDENT_CONTROLLER: "independent controller; controller; separate controller; eigenständiger Verantwortlicher; Verantwortlicher; responsable de traitement; titolare autonomo; responsable del tratamiento; verwerkingsverantwoordelijke; självständigt personuppgiftsansvarig; personuppgiftsansvarig; selvstendig behandlingsansvarlig; behandlingsansvarlig; selvstændig dataansvarlig; dataansvarlig; odrębny administrator; niezależny administrator; administrator",
    RecipientRole.PUBLIC_AUTHORITY: "public authority; authority; tax authority; supervisory authority; Behörde; öffentliche Stelle; autorité publique; organisme public; autorità pubblica; autoridad pública; administración pública; autoridade pública; overheidsinstantie; myndighet; offentlig myndighet; myndighed; offentlig myndighed; organ publiczny; organy publiczne; organ władzy publicznej",
    RecipientRole.INTERNATIONAL_ORGANISATION: "international organisation; international organization; internationale Organisation; organisation internationale; organizzazione internazionale; organización internacional; organização internacional",
    RecipientRole.DATA_SUBJECT: "data subject; betroffene Person; personne concernée; interessato; interesado; titular; betrokkene; den registrerade; den registrerte; den registrerede; osoba, której dane dotyczą",
    RecipientRole.THIRD_PARTY: "third party; third parties; Dritter; Dritte; tiers; partenaires institutionnels ou commerciaux; terzi; tercero; terceros; terceiro; derde; partner; business partner; tredje part; tredjepart; tredjemann; tredjemand; strona trzecia; osoba trzecia",
}  # fmt: skip
_KNOWN = {
    fold(word): role for role, words in _WORDS.items() for word in words.replace("\n", ";").split(";") if fold(word)
}


def role_in_words(text: str) -> str:
    """Return the role that the whole text names in the words of registers, "" for none; the same in every language."""
    role = _KNOWN.get(fold(text))
    return "" if role is None else str(role.value)


def parse_recipient_role(text: str) -> str | None:
    """Return the role that the whole text names, or None."""
    folded = fold(text)
    found = _KNOWN.get(folded)
    if found is None:
        found = next((role for role in RecipientRole if folded in {fold(role.value), fold(str(role.label))}), None)
    return None if found is None else str(found.value)
