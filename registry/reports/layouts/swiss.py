"""The points of Switzerland's Art. 12 FADP, in the words of the statute, which has no form and several languages:
the record is in the one that is asked for."""

from dataclasses import dataclass, replace

from registry.reports.layouts import saying
from registry.reports.layouts.fields import Field, Layout
from registry.reports.listing import Holds
from registry.reports.lists.records import retention


@dataclass(frozen=True)
class _Words:
    """What the record says of itself in one language, and its headings there."""

    language: str
    title: str
    title_of_processors: str
    origin: str
    origin_of_processors: str
    abroad_too: str
    not_stated: str
    activity: str
    controller: str
    processor: str
    purpose: str
    processing: str
    data_subjects: str
    data: str
    recipients: str
    retention: str
    measures: str
    state: str
    guarantees: str


_WORDS = (
    _Words(
        language="en",
        title="Switzerland: record of processing activities (FADP Art. 12)",
        title_of_processors="Switzerland: processor’s record of processing activities (FADP Art. 12(3))",
        origin="The points of FADP Art. 12(2)(a)-(g) in their order.",
        origin_of_processors="The points of FADP Art. 12(3) in their order.",
        abroad_too="Every disclosure abroad names the State: beside those of the transfers it is that of each "
        "recipient, in the European Economic Area too. “No” stands where every recipient is in "
        "Switzerland and no transfer is made.",
        not_stated="not stated",
        activity="Processing activity",
        controller="Identity of the controller",
        processor="Identity of the processor",
        purpose="Purpose of processing",
        processing="Categories of processing",
        data_subjects="Categories of data subjects",
        data="Categories of processed personal data",
        recipients="Categories of recipients",
        retention="Retention period, or the criteria for it",
        measures="Measures taken to guarantee data security",
        state="If disclosed abroad: the State",
        guarantees="Guarantees under Art. 16(2)",
    ),
    _Words(
        language="de",
        title="Schweiz: Verzeichnis der Bearbeitungstätigkeiten (Art. 12 DSG)",
        title_of_processors="Schweiz: Verzeichnis des Auftragsbearbeiters (Art. 12 Abs. 3 DSG)",
        origin="Die Punkte von Art. 12 Abs. 2 lit. a-g DSG in ihrer Reihenfolge.",
        origin_of_processors="Die Punkte von Art. 12 Abs. 3 DSG in ihrer Reihenfolge.",
        abroad_too="Jede Bekanntgabe ins Ausland nennt den Staat: neben denen der Übermittlungen den jedes "
        "Empfängers, auch im Europäischen Wirtschaftsraum. „Nein“ steht, wo jeder Empfänger in der "
        "Schweiz ist und nichts übermittelt wird.",
        not_stated="keine Angabe",
        activity="Bearbeitungstätigkeit",
        controller="Identität des Verantwortlichen",
        processor="Identität des Auftragsbearbeiters",
        purpose="Bearbeitungszweck",
        processing="Kategorien von Bearbeitungen",
        data_subjects="Kategorien betroffener Personen",
        data="Kategorien bearbeiteter Personendaten",
        recipients="Kategorien der Empfängerinnen und Empfänger",
        retention="Aufbewahrungsdauer oder die Kriterien zu ihrer Festlegung",
        measures="Massnahmen zur Gewährleistung der Datensicherheit",
        state="Bei Bekanntgabe ins Ausland: der Staat",
        guarantees="Garantien nach Art. 16 Abs. 2",
    ),
    _Words(
        language="fr",
        title="Suisse : registre des activités de traitement (art. 12 LPD)",
        title_of_processors="Suisse : registre du sous-traitant (art. 12 al. 3 LPD)",
        origin="Les points de l’art. 12 al. 2 let. a à g LPD dans leur ordre.",
        origin_of_processors="Les points de l’art. 12 al. 3 LPD dans leur ordre.",
        abroad_too="Toute communication à l’étranger indique l’État : outre ceux des transferts, celui de chaque "
        "destinataire, y compris dans l’Espace économique européen. « Non » figure lorsque tous les "
        "destinataires sont en Suisse et que rien n’est transféré.",
        not_stated="non renseigné",
        activity="Activité de traitement",
        controller="Identité du responsable du traitement",
        processor="Identité du sous-traitant",
        purpose="Finalité du traitement",
        processing="Catégories de traitements",
        data_subjects="Catégories de personnes concernées",
        data="Catégories de données personnelles traitées",
        recipients="Catégories de destinataires",
        retention="Délai de conservation, ou critères pour le déterminer",
        measures="Mesures visant à garantir la sécurité des données",
        state="En cas de communication à l’étranger : l’État",
        guarantees="Garanties prévues à l’art. 16 al. 2",
    ),
)


def _abroad(words: _Words) -> tuple[Field, ...]:
    return (
        Field(words.state, saying.states_abroad("CH"), article="FADP Art. 12(2)(g)"),
        Field(words.guarantees, saying.safeguards, asked=False, article="FADP Art. 12(2)(g)"),
    )


def _of_controllers(words: _Words) -> Layout:
    return Layout(
        title=words.title,
        language=words.language,
        origin=f"{words.origin} {words.abroad_too}",
        not_stated=words.not_stated,
        belongs=saying.is_controllers,
        fields=(
            Field(words.activity, saying.name, width=26, holds=Holds.TEXT),
            Field(words.controller, saying.whose, width=28, article="FADP Art. 12(2)(a)"),
            Field(words.purpose, saying.purposes, width=30, article="FADP Art. 12(2)(b)"),
            Field(words.data_subjects, saying.data_subjects, article="FADP Art. 12(2)(c)"),
            Field(words.data, saying.data, width=28, article="FADP Art. 12(2)(c)"),
            Field(words.recipients, saying.recipients, width=28, article="FADP Art. 12(2)(d)"),
            Field(words.retention, retention, width=32, article="FADP Art. 12(2)(e)"),
            Field(words.measures, saying.measures, width=28, article="FADP Art. 12(2)(f)"),
            *_abroad(words),
        ),
    )


def _of_processors(words: _Words) -> Layout:
    return Layout(
        title=words.title_of_processors,
        language=words.language,
        origin=f"{words.origin_of_processors} {words.abroad_too}",
        not_stated=words.not_stated,
        belongs=saying.is_processors,
        fields=(
            Field(words.activity, saying.name, width=26, holds=Holds.TEXT),
            Field(words.processor, saying.whose, width=28, article="FADP Art. 12(3)"),
            Field(words.controller, saying.controllers_served, width=28, article="FADP Art. 12(3)"),
            Field(words.processing, saying.categories_of_processing, width=34, article="FADP Art. 12(3)"),
            Field(words.measures, saying.measures, width=28, article="FADP Art. 12(2)(f)"),
            *_abroad(words),
        ),
    )


def _in_all(layouts: tuple[Layout, ...]) -> Layout:
    return replace(layouts[0], versions=layouts[1:])


FADP = _in_all(tuple(map(_of_controllers, _WORDS)))
FADP_PROCESSOR = _in_all(tuple(map(_of_processors, _WORDS)))
