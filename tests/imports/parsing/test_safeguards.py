"""What a transfer rests on, and what kind of party a recipient is, in the words of registers."""

import pytest

from registry.imports.parsing.recipient_roles import parse_recipient_role
from registry.imports.parsing.safeguards import parse_safeguard


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SCC", "A46-2-c"),
        ("Standardvertragsklauseln", "A46-2-c"),
        ("Clauses contractuelles types (CCT)", "A46-2-c"),
        ("Règles d'entreprise contraignantes (BCR)", "A46-2-b"),
        ("Angemessenheitsbeschluss", "A45-3"),
        ("Article 45 Adequacy", "A45-3"),
        ("Art. 46(2)(c) GDPR", "A46-2-c"),
        ("Art. 46 Abs. 2 lit. c DSGVO", "A46-2-c"),
        ("A46-2-c", "A46-2-c"),
        ("Privacy shield", "EU-PRIVACY-SHIELD"),
        ("UK Addendum", "UK-ADDENDUM"),
        ("International Data Transfer Agreement (IDTA)", "UK-IDTA"),
        ("LGPD Art. 33, II, b", "BR-A33-II-b"),
        ("Art. 33, VIII, LGPD", "BR-A33-VIII"),
        ("Normas corporativas globais", "BR-A33-II-c"),
        ("Cláusulas-padrão contratuais", "BR-A33-II-b"),
        ("SCC FEHLT", None),
        ("Art. 46 with supplementary measures", None),
        ("Contrat du 23 janvier", None),
        ("", None),
    ],
)
def test_a_safeguard_is_read_only_where_it_is_all_that_the_text_says(text, code):
    assert parse_safeguard(text) == code


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Auftragsverarbeiter", "processor"),
        ("Sous-traitants", "processor"),
        ("Service interne qui traite les données", "internal_unit"),
        ("Public authority", "public_authority"),
        ("third_party", "third_party"),
        ("Steuerberater", None),
        ("", None),
    ],
)
def test_the_role_of_a_recipient_is_read_only_from_its_names(text, role):
    assert parse_recipient_role(text) == role
