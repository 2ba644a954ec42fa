"""The names by which people call the conditions of Art. 9(2) GDPR, where a column asks for these alone."""

import re

from registry.imports.parsing.folding import fold

_NAMES: dict[str, str] = {
    "a": "explicit consent; consent; ausdrückliche Einwilligung; Einwilligung; consentement explicite; consentement; consenso esplicito; consentimiento explícito; consentimento explícito; uitdrukkelijke toestemming; uttryckligt samtycke; samtycke; uttrykkelig samtykke; udtrykkeligt samtykke; samtykke; wyraźna zgoda; zgoda",
    "b": "employment; employment law; employment, social security and social protection; employment, social security and social protection law; employment and social security; Arbeitsrecht; Arbeits- und Sozialrecht; droit du travail; droit du travail et protection sociale; diritto del lavoro; derecho laboral; direito do trabalho; arbeidsrecht; arbetsrätt; arbetsrättsliga skyldigheter; arbeidsrett; arbejdsret; arbejdsretlige forpligtelser; prawo pracy; prawo pracy i zabezpieczenia społecznego",
    "c": "vital interests; lebenswichtige Interessen; intérêts vitaux; interessi vitali; intereses vitales; interesses vitais; vitale belangen; grundläggande intressen; vitale interesser; żywotne interesy",
    "d": "not-for-profit bodies; not for profit bodies; legitimate activities of a not-for-profit body; associations et fondations",
    "e": "made public by the data subject; manifestly made public; manifestly made public by the data subject; offensichtlich öffentlich gemacht; données manifestement rendues publiques; dati resi manifestamente pubblici; datos manifiestamente públicos",
    "f": "legal claims; legal claims or judicial acts; legal claims and judicial acts; Rechtsansprüche; Geltendmachung von Rechtsansprüchen; constatation, exercice ou défense d'un droit en justice; droits en justice; difesa di un diritto in sede giudiziaria; reclamaciones; rechtsvordering; rättsliga anspråk; rettskrav; retskrav; roszczenia; dochodzenie roszczeń",
    "g": "substantial public interest; reasons of substantial public interest; erhebliches öffentliches Interesse; intérêt public important; motifs d'intérêt public important; interesse pubblico rilevante; interés público esencial; interesse público importante; zwaarwegend algemeen belang; viktigt allmänt intresse; viktige allmenne interesser; væsentlige samfundsinteresser; ważny interes publiczny",
    "h": "health or social care; health and social care; preventive or occupational medicine; occupational medicine; Gesundheitsvorsorge; Gesundheits- und Sozialbereich; Arbeitsmedizin; médecine préventive ou du travail; soins de santé; medicina preventiva o medicina del lavoro; medicina preventiva o laboral; gezondheidszorg; hälso- och sjukvård; helse- og sosialtjenester; medicinsk diagnose og behandling; profilaktyka zdrowotna; medycyna pracy",
    "i": "public health; öffentliche Gesundheit; santé publique; sanità pubblica; salud pública; saúde pública; volksgezondheid; folkhälsa; folkehelse; folkesundhed; zdrowie publiczne",
    "j": "archiving, research and statistics; archiving, research or statistics; research; scientific research; Archiv, Forschung und Statistik; Forschung; wissenschaftliche Forschung; recherche scientifique; archives, recherche et statistiques; ricerca scientifica; investigación científica; wetenschappelijk onderzoek; forskning; arkiv, forskning och statistik; arkiv, forskning og statistikk; arkiv, forskning og statistik; badania naukowe",
}  # fmt: skip
_LETTER_OF = {fold(name): letter for letter, names in _NAMES.items() for name in names.split(";")}
_LETTER_AND_NAME = re.compile(
    r"\s*(?:art(?:icle|ikel)?\.?\s?)?(?:9\s?(?:\(2\)|\.2|\s+abs\.?\s?2\s+lit\.?)\s?)?(?:\(?(?P<letter>[a-j])(?:\)|[.:]|(?=\s*\Z)))?[\s,.:–—-]*(?P<name>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 200


def condition_named(text: str) -> str | None:
    """Return the code of the condition that a text names or gives the letter of, "A9-2-h" for "(h) health or social care".

    None for any other text, and where the letter and the name are of different conditions.
    """
    match = _LETTER_AND_NAME.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    letter, name = (match["letter"] or "").lower(), match["name"].strip(" ()")
    named = _LETTER_OF.get(fold(name), "") if fold(name) else letter
    if not named or (letter and letter != named):
        return None
    return f"A9-2-{named}"
