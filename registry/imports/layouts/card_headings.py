"""The headings of blocks in cards: which list a block holds, and what the small columns of a block are."""

from collections.abc import Mapping
from typing import NamedTuple

from registry.imports.layouts.headings import match_heading
from registry.imports.layouts.ticks import tick
from registry.imports.mapping import KEEP
from registry.imports.parsing.folding import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.replace("\n", ";").split(";") if word.strip())


_DESCRIPTION = _words(
    "description; descriptions; détail; contenu; beschreibung; inhalt; descrizione; descripción; descrição; omschrijving"
)
_DETAILS = _words(
    """précisions; précision; details; further details; specification; remarks; erläuterung; näheres; angaben; precisazioni; precisiones; especificações; toelichting"""
)
_TYPE = _words("""type; category; kategorie; art; catégorie; tipo; categoria; categoría; type de destinataire; type of recipient; art des empfängers; type de mesure de sécurité; type de mesure
    type of measure; type of security measure; art der maßnahme; tipo di destinatario; tipo de destinatario; tipo de destinatário; soort ontvanger""")
_PERIOD = _words(
    """durée de conservation; retention; retention period; löschfrist; aufbewahrungsfrist; speicherdauer; periodo di conservazione; plazo de conservación; prazo de conservação; bewaartermijn"""
)
_RECIPIENT = _words("destinataire; recipient; empfänger; destinatario; destinatário; ontvanger; organisme destinataire")
_COUNTRY = _words("pays; country; land; drittland; paese; país; pays tiers; third country")
_SAFEGUARD = _words(
    "type de garanties; garanties; safeguard; safeguards; type of safeguard; garantien; art der garantie; garanzie; garantías; garantias; waarborgen"
)
_DOCUMENT = _words(
    """liens vers la documentation; liens vers la doc; lien vers la doc; lien vers la documentation; documentation; document; documents; link; links to documentation; dokumentation; nachweis; documentazione; documentación; documentação"""
)
_PERSON = _words("""nom; name; adresse; address; code postal; cp; tel; tél; courriel; fonction; function; funktion; postcode; zip; plz; ville; city; town; ort; pays; country; land; téléphone; telephone; phone; telefon; adresse mél; adresse mail; e-mail; email; courriel; indirizzo; dirección
    endereço; adres; prénom; first name; vorname; cap; città; ciudad; telefono; teléfono; telefone; nome; nombre; naam""")
_EVERY = _DESCRIPTION | _DETAILS | _TYPE | _PERIOD | _RECIPIENT | _COUNTRY | _SAFEGUARD | _DOCUMENT | _PERSON

_BLOCKS: Mapping[str, frozenset[str]] = {
    "data_categories": _words("catégories de données personnelles concernées; catégories de données; données sensibles; special categories of data; sensitive data; besondere kategorien; dati sensibili; datos sensibles; dados sensíveis; gevoelige gegevens"),
    "data_subjects": _words("catégories de personnes concernées"),
    "transfers": _words("transferts hors ue; transfers outside the eu; transfers to third countries; übermittlung in drittländer; trasferimenti extra ue; transferencias internacionales; transferências internacionais; doorgifte buiten de eu"),
}  # fmt: skip
_MOST = 0.6
_FEWEST = 2
"""How many of the texts beside a heading must be known for them to head columns, and which share of them."""
_LISTS = frozenset({"data_categories", "data_subjects", "recipients", "measures", "transfers", "purposes", "systems"})


class Block(NamedTuple):
    """A block of a card: which list its lines belong to, KEEP where they are only kept as words."""

    read_as: str


def block_of(label: str, texts: Mapping[int, str]) -> Block | None:
    """Return which block a row begins, or None where it begins none: all of its texts head the block's columns."""
    known = sum(_heads_a_column(text) for text in texts.values())
    if not texts or known < max(min(len(texts), _FEWEST), _MOST * len(texts)):
        return None
    folded = fold(label)
    for block, words in _BLOCKS.items():
        if folded in words:
            return Block(block)
    key = match_heading(label).key or ""
    if key == "special_categories":
        return Block("data_categories")
    if key.partition(".")[0] in _LISTS:
        return Block(key.partition(".")[0])
    persons = sum(fold(text) in _PERSON for text in texts.values())
    return Block(KEEP) if persons >= 2 or len(texts) >= 2 else None


def _heads_a_column(text: str) -> bool:
    return fold(text) in _EVERY or match_heading(text).key == "retention"


def sub_heading(block: Block, text: str) -> str:
    """Return what a small column of a block is read as."""
    folded = fold(text)
    part = block.read_as
    if part == "transfers":
        for words, key in ((_RECIPIENT, "recipient"), (_COUNTRY, "country"), (_SAFEGUARD, "safeguard")):
            if folded in words:
                return f"transfers.{key}"
        return "transfers.document" if folded in _DOCUMENT else KEEP
    if part == "recipients":
        return "recipients.role" if folded in _TYPE else "recipients"
    if part in {"measures", "data_subjects", "systems"} and folded in _DETAILS:
        return f"{part}.stated_as"
    if part == "data_categories" and (folded in _PERIOD or match_heading(text).key == "retention"):
        return "data_categories.retention"
    if part == "data_categories" and folded in _DETAILS:
        return "data_categories.items"
    return part


def value_of(read_as: str, label: str) -> tuple[str, str]:
    """Return (what a line of a block is read as, the value that the line is about, "" where its cells say it)."""
    if read_as == KEEP:
        joint = match_heading(label).key == "joint_controllers"
        return ("joint_controllers" if joint else KEEP), ""
    if read_as != "data_categories" or label[-1:].isdecimal():
        return read_as, ""
    found = tick(label)
    return read_as, found[1] if found and found[0] == read_as else label
