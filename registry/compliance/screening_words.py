"""By which words of a record a criterion of the screening for an impact assessment is suspected, in several languages."""

from functools import lru_cache

from registry.compliance.sought import sought

EVALUATION = sought(
    r"scoring\b", r"credit scores?\b", r"risk scores?\b", r"profiling of\b", r"profilage", r"churn", r"bonitätsprüf", r"assessment of needs",
    r"whistle-?blow", r"needs assess", r"eligibility assess", r"évaluation sociale",
)  # fmt: skip
AUTOMATED = sought(
    r"automatically (?:rejected|refused|declined|denied|dismissed)", r"automat(?:ic|ed) (?:rejection|refusal|decision)s?",
    r"automatisch(?:e[nrs]?)? (?:absage|ablehnung|abgelehnt|entschieden|eine absage)", r"automatisierte[nr]? (?:entscheidung|ablehnung)",
    r"automatiquement (?:refusé|rejeté|le refus|le rejet)", r"(?:refus|rejet|décision)s? automati",
)  # fmt: skip
_CAMERAS_SAID = (
    r"cctv\b", r"video.?surveillance", r"videoüberwach", r"vidéo.?(?:surveillance|protection)", r"surveillance cameras?",
)  # fmt: skip
CAMERAS = sought(*_CAMERAS_SAID)
MONITORING = sought(
    *_CAMERAS_SAID, r"location (?:data|tracking|profiles?)", r"movement (?:data|tracking|profiles?)", r"geolocation", r"gps\b", r"géolocalis", r"standortdaten",
    *(rf"{how} (?:monitoring|surveillance)" for how in ("constant", "continuous", "systematic", "permanent")), r"monitoring of (?:employees|staff|workers)", r"keylogg",
)  # fmt: skip
SENSITIVE = sought(
    r"whistle-?blow", r"health data", r"medical data", r"genetic data", r"biometric data", r"données (?:de santé|génétiques|biométriques)", r"gesundheitsdaten",
    r"social (?:housing|support|care)", r"location data", r"geolocation",
)  # fmt: skip
LARGE = sought(r"large scale", r"grande échelle", r"großem umfang", r"nation-?wide", r"entire population")
MATCHING = sought(
    r"match(?:ed|ing) with", r"look-?alike", r"enrich(?:ed|ment|ing)", r"data brokers?", r"datenabgleich", r"croisement", r"rapprochement de fichiers",
    r"blacklist", r"black list", r"combin(?:ed|ing) (?:data|datasets|sources)", r"custom audiences?", r"customer audiences?", r"external sources",
)  # fmt: skip
VULNERABLE = sought(
    r"child", r"minor", r"pupil", r"patient", r"employee", r"staff\b", r"worker", r"elderly", r"asylum", r"residents? of (?:a )?care", r"kind(?:er)?\b",
    r"schüler", r"beschäftigte", r"mitarbeiter", r"patient", r"salarié", r"enfant", r"élève", r"mineur", r"people in need", r"disab",
)  # fmt: skip
NEW = sought(
    r"artificial intelligence", r"machine.learning", r"künstliche[nr]? intelligenz", r"intelligence artificielle", r"neural network", r"facial recognition",
    r"face recognition", r"gesichtserkennung", r"reconnaissance faciale", r"ki-(?:gestützt|basiert|system|modell)", r"ai-(?:based|powered|driven)",
    r"biometric", r"biometrische (?:daten|merkmale)", r"données biométriques", r"fingerprint", r"fingerabdr", r"empreintes? digitales?", r"internet of things", r"wearable", r"connected (?:car|vehicle|device)s?", r"large language model", r"look-?alike",
    r"geolocation by app",
)  # fmt: skip
HINDERING = sought(
    r"blacklist", r"black list", r"exclu(?:ded|sion|ding) from", r"credit(?:worthiness| checks?)", r"bonität", r"bans? from", r"hausverbot",
    r"refus(?:ed|al) of (?:a |the )?(?:contract|service)", r"fraud screening",
)  # fmt: skip
PUBLIC = sought(
    r"public(?:ly)?\b",
    r"stores?\b",
    r"sales floors?",
    r"streets?\b",
    r"stations?\b",
    r"entrances?",
    r"öffentlich",
    r"voie publique",
    r"rues?\b",
    r"gares?\b",
)


@lru_cache(maxsize=10_000)
def speaks_of_vulnerable(words: str) -> bool:
    """Return whether words, as the name of a category of people, are about some who need more protection."""
    return bool(VULNERABLE.pattern.search(words))
