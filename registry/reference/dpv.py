"""The namespaces of the W3C Data Privacy Vocabulary 2.3, which gives the rows their linked-data terms."""

RELEASE = "https://w3id.org/dpv/2.3"
NAMESPACES: dict[str, str] = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "us": "https://w3id.org/dpv/legal/us#",
    "gb": "https://w3id.org/dpv/legal/gb#",
}


def iri(term: str) -> str:
    """Return the full IRI of a term written as prefix and name, such as "eu-gdpr:A6-1-a"; "" stays "".

    Raises ValueError for a prefix that is none of NAMESPACES.
    """
    if not term:
        return ""
    prefix, _colon, name = term.partition(":")
    if prefix not in NAMESPACES or not name:
        raise ValueError(f"{term!r} is no DPV term; write one of {', '.join(NAMESPACES)}, a colon and the term's name.")
    return NAMESPACES[prefix] + name
