"""The names by which people call the six lawful bases of Art. 6(1) GDPR, in seven languages, and what says that a name is all."""

from registry.imports.parsing.folding import fold

_NAMES: dict[str, str] = {
    "a": """
        consent; consent of the data subject; the data subject's consent; Einwilligung;
        Einwilligung der betroffenen Person; Einwilligung des Betroffenen; Einwilligung der Betroffenen;
        consentement; consentement de la personne concernée; consentement des personnes concernées;
        consentement de la personne; consenso; consenso dell'interessato; consentimiento;
        consentimiento del interesado; consentimento; consentimento do titular; toestemming;
        toestemming van de betrokkene
        """,
    "b": """
        contract; performance of a contract; performance of contract; contractual necessity;
        necessary for the performance of a contract; necessary for a contract; contract performance; performance of the contract; performance of a contract with the data subject; Vertrag; Vertragserfüllung; Erfüllung eines Vertrags;
        Erfüllung eines Vertrages; Vertragserfüllung und vorvertragliche Maßnahmen;
        Vertrag oder vorvertragliche Maßnahmen; Vertragsanbahnung; contrat; exécution d'un contrat;
        exécution du contrat; exécution contractuelle; mesures précontractuelles; contratto;
        esecuzione di un contratto; esecuzione del contratto; contrato; ejecución de un contrato;
        ejecución del contrato; relación contractual; execução de um contrato; execução de contrato;
        overeenkomst; uitvoering van een overeenkomst; uitvoering overeenkomst
        """,
    "c": """
        legal obligation; compliance with a legal obligation; necessary for compliance with a legal obligation; to comply with a legal obligation; legal obligations; statutory obligation;
        rechtliche Verpflichtung; Erfüllung einer rechtlichen Verpflichtung; gesetzliche Verpflichtung;
        Rechtspflicht; gesetzliche Pflicht; obligation légale; obligations légales;
        respect d'une obligation légale; obbligo legale; obblighi legali; obbligo di legge;
        adempimento di un obbligo legale; obligación legal; cumplimiento de una obligación legal;
        cumplimiento de obligación legal; obligaciones legales; obrigação legal; cumprimento de obrigação legal;
        cumprimento de uma obrigação legal; obrigação legal ou regulatória; cumprimento de obrigação legal ou regulatória; obrigação jurídica; wettelijke verplichting;
        wettelijke verplichtingen
        """,
    "d": """
        vital interests; vital interest; protection of vital interests; lebenswichtige Interessen;
        Schutz lebenswichtiger Interessen; intérêts vitaux; intérêt vital; sauvegarde des intérêts vitaux;
        interessi vitali; interesse vitale; salvaguardia degli interessi vitali; interés vital;
        intereses vitales; protección de intereses vitales; interesses vitais; interesse vital;
        defesa de interesses vitais; vitale belangen; vitaal belang
        """,
    "e": """
        public interest; public task; performance of a public task; necessary for a public task; task carried out in the public interest; task in the public interest;
        performance of a task carried out in the public interest; exercise of official authority;
        öffentliches Interesse; Aufgabe im öffentlichen Interesse; öffentliche Aufgabe;
        Wahrnehmung einer Aufgabe im öffentlichen Interesse; Ausübung öffentlicher Gewalt;
        mission d'intérêt public; mission de service public; intérêt public;
        exécution d'une mission d'intérêt public; interesse pubblico; compito di interesse pubblico;
        esecuzione di un compito di interesse pubblico; esercizio di pubblici poteri; interés público;
        misión de interés público; misión en interés público; cumplimiento de una misión en interés público;
        ejercicio de poderes públicos; interesse público; missão de interesse público;
        exercício de funções de interesse público; algemeen belang; taak van algemeen belang; publieke taak
        """,
    "f": """
        legitimate interest; legitimate interests; necessary for legitimate interests; legitimate interests of the organisation; the legitimate interests of the controller;
        legitimate interests of the controller; berechtigtes Interesse; berechtigte Interessen;
        überwiegendes berechtigtes Interesse; berechtigte Interessen des Verantwortlichen; Interessenabwägung;
        intérêt légitime; intérêts légitimes; intérêt légitime du responsable de traitement;
        interesse legittimo; legittimo interesse; legittimi interessi; interés legítimo; intereses legítimos;
        interesse legítimo; interesses legítimos; legítimo interesse; gerechtvaardigd belang;
        gerechtvaardigde belangen
        """,
}  # fmt: skip

BASIS_BY_NAME: dict[str, str] = {
    fold(name): f"A6-1-{letter}" for letter, names in _NAMES.items() for name in names.split(";") if fold(name)
}


def basis_named(text: str) -> str | None:
    """Return the code of the basis whose name the text is, and nothing more; None for prose that only mentions one."""
    return BASIS_BY_NAME.get(fold(text))
