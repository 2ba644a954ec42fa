"""What the words of a record say of special categories of data, beside its answer that there are none (Art. 9(1))."""

from django.utils.translation import gettext_noop as n

from registry.compliance import grounds
from registry.compliance.context import Context
from registry.compliance.gap import NOTHING, Area, Found, Severity, rule
from registry.compliance.laws import Law
from registry.compliance.sought import is_denied, sought
from registry.record.activity import ActivityRecord
from registry.reference.answers import Answer

_SPECIAL = sought(
    r"health data", r"medical (?:data|records?|histor|reports?|certificates?)", r"sick notes?\b", r"diagnos[ei]s", r"medication",
    r"genetic data", r"biometric data", r"fingerprints?\b", r"face templates?", r"facial recognition", r"face recognition",
    r"ethnic origin", r"racial origin", r"religious (?:beliefs?|denomination|affiliation)", r"political opinions?",
    r"trade union membership", r"union membership", r"sexual orientation",
    r"gesundheitsdaten", r"diagnosen?\b", r"medikation", r"krankmeldung", r"krankenakte", r"arbeitsunfähigkeitsbescheinigung",
    r"schwerbehind", r"genetische daten", r"biometrische (?:daten|merkmale)", r"fingerabdr", r"gesichtserkennung",
    r"ethnische herkunft", r"religionszugehörigkeit", r"konfession(?:szugehörigkeit)?\b", r"kirchensteuermerkmal",
    r"politische (?:meinung|überzeugung)", r"gewerkschafts(?:zugehörigkeit|mitglied)", r"sexuelle orientierung",
    r"données (?:de santé|médicales|génétiques|biométriques)", r"dossiers? médica", r"certificats? médica", r"diagnostics? médica",
    r"arrêts? maladie", r"empreintes? digitales?", r"reconnaissance faciale", r"origine ethnique", r"appartenance (?:religieuse|syndicale)",
    r"confession religieuse", r"opinions? politiques?", r"orientation sexuelle",
)  # fmt: skip


@rule(
    "special-category-denied-but-worded",
    Area.LAWFULNESS,
    Severity.MINOR,
    "GDPR Art. 9(1)",
    at="special_categories",
    given=("data_categories", "special_categories: no"),
    signs=_SPECIAL.signs,
    also={Law.BR: "LGPD Art. 11"},
    what=n("The record says that no special categories are processed, and the words of its data name some: %(names)s."),
    asks=n("Are these data processed or not?"),
    why=n("Data on health, beliefs, origin and their like are protected most, whatever they are called."),
    remedy=n("Answer yes and name the condition, or say in other words which data are meant."),
)
def special_category_denied_but_worded(record: ActivityRecord, context: Context) -> Found:
    if record.special_categories != Answer.NO or not _SPECIAL.announced_by(context.reading(record).signs):
        return NOTHING
    found: dict[str, str] = {}
    for row in record.data_categories:
        if row.category is None or row.category.sensitivity not in grounds.SENSITIVE:
            for words in (row.stated_as, row.items):
                found |= {name.casefold(): name for name in _named_in(words)}
    return [(None, {"names": tuple(found.values())})] if found else NOTHING


def _named_in(words: str) -> list[str]:
    """Return what the words name of special categories, but for what they deny."""
    return [found[0] for found in _SPECIAL.pattern.finditer(words) if not is_denied(words, found.start())]
