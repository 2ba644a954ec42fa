"""The names by which people call the six lawful bases of Art. 6(1) GDPR, in eleven languages, and what says that a name is all."""

from registry.imports.parsing.folding import fold

_NAMES: dict[str, str] = {
    "a": """
        consent; consent of the data subject; the data subject's consent; Einwilligung;
        Einwilligung der betroffenen Person; Einwilligung des Betroffenen; Einwilligung der Betroffenen;
        consentement; consentement de la personne concernée; consentement des personnes concernées;
        consentement de la personne; consenso; consenso dell'interessato; consentimiento;
        consentimiento del interesado; consentimento; consentimento do titular; toestemming;
        toestemming van de betrokkene; toestemming betrokkene; consenso degli interessati; consentimiento del afectado;
        consentimiento de la persona interesada; consentimiento de los interesados; consentimento do titular dos dados;
        consentimento dos titulares; samtycke; den registrerades samtycke; samtycke från den registrerade; samtykke;
        den registrertes samtykke; samtykke fra den registrerte; den registreredes samtykke;
        samtykke fra den registrerede; zgoda; zgoda osoby; zgoda osoby, której dane dotyczą; zgoda podmiotu danych
        """,
    "b": """
        contract; pre-contractual measures; pre-contractual steps; steps prior to entering into a contract; performance of a contract; performance of contract; contractual necessity;
        necessary for the performance of a contract; necessary for a contract; contract performance; performance of the contract; performance of a contract with the data subject; Vertrag; Vertragserfüllung; Erfüllung eines Vertrags;
        Erfüllung eines Vertrages; Vertragserfüllung und vorvertragliche Maßnahmen;
        Vertrag oder vorvertragliche Maßnahmen; Vertragsanbahnung; contrat; exécution d'un contrat;
        exécution du contrat; exécution contractuelle; mesures précontractuelles; contratto;
        esecuzione di un contratto; esecuzione del contratto; contrato; ejecución de un contrato;
        ejecución del contrato; relación contractual; execução de um contrato; execução de contrato;
        overeenkomst; uitvoering van een overeenkomst; uitvoering overeenkomst; uitvoering van de overeenkomst;
        uitvoeren overeenkomst; noodzakelijk voor de uitvoering van een overeenkomst; esecuzione contratto;
        esecuzione di un contratto o di misure precontrattuali; misure precontrattuali; contratto o misure precontrattuali;
        ejecución de contrato; ejecución contractual; ejecución de un contrato o medidas precontractuales;
        medidas precontractuales; execução do contrato; execução contratual; diligências pré-contratuais;
        execução de contrato ou diligências pré-contratuais; avtal; fullgörande av avtal; fullgörande av ett avtal;
        fullgöra avtal; fullgöra ett avtal; uppfylla avtal; avtale; oppfyllelse av avtale; oppfyllelse av en avtale;
        oppfylle avtale; oppfylle en avtale; nødvendig for å oppfylle en avtale; gjennomføring av avtale; kontrakt;
        opfyldelse af kontrakt; opfyldelse af en kontrakt; opfyldelse af kontrakten; opfyldelse af aftale;
        kontraktopfyldelse; aftale; umowa; wykonanie umowy; realizacja umowy; zawarcie i wykonanie umowy;
        zawarcie umowy; niezbędność do wykonania umowy; wykonanie umowy lub podjęcie działań przed jej zawarciem
        """,
    "c": """
        legal obligation; compliance with a legal obligation; necessary for compliance with a legal obligation; to comply with a legal obligation; legal obligations; statutory obligation;
        rechtliche Verpflichtung; Erfüllung einer rechtlichen Verpflichtung; gesetzliche Verpflichtung;
        Rechtspflicht; gesetzliche Pflicht; obligation légale; obligations légales;
        respect d'une obligation légale; obbligo legale; obblighi legali; obbligo di legge;
        adempimento di un obbligo legale; obligación legal; cumplimiento de una obligación legal;
        cumplimiento de obligación legal; obligaciones legales; obrigação legal; cumprimento de obrigação legal;
        cumprimento de uma obrigação legal; obrigação legal ou regulatória; cumprimento de obrigação legal ou regulatória; obrigação jurídica; wettelijke verplichting;
        wettelijke verplichtingen; voldoen aan een wettelijke verplichting; nakomen van een wettelijke verplichting;
        adempimento obbligo legale; adempimento di obblighi legali; adempimento di obblighi di legge; obblighi di legge;
        obbligo normativo; cumplimiento de obligaciones legales; cumplimiento obligación legal;
        cumprimento de obrigações legais; obrigações legais; obrigação legal do responsável; rättslig förpliktelse;
        rättsliga förpliktelser; fullgörande av rättslig förpliktelse; fullgöra en rättslig förpliktelse;
        uppfylla en rättslig förpliktelse; rettslig forpliktelse; rettslige forpliktelser; oppfylle en rettslig forpliktelse;
        oppfyllelse av rettslig forpliktelse; rettslig plikt; retlig forpligtelse; retlige forpligtelser;
        overholdelse af en retlig forpligtelse; overholdelse af retlig forpligtelse; obowiązek prawny; obowiązki prawne;
        wypełnienie obowiązku prawnego; realizacja obowiązku prawnego; obowiązek prawny ciążący na administratorze;
        wypełnienie obowiązku prawnego ciążącego na administratorze; obowiązek prawny administratora
        """,
    "d": """
        vital interests; vital interest; protection of vital interests; lebenswichtige Interessen;
        Schutz lebenswichtiger Interessen; intérêts vitaux; intérêt vital; sauvegarde des intérêts vitaux;
        interessi vitali; interesse vitale; salvaguardia degli interessi vitali; interés vital;
        intereses vitales; protección de intereses vitales; interesses vitais; interesse vital;
        defesa de interesses vitais; vitale belangen; vitaal belang;
        bescherming van vitale belangen; proteção de interesses vitais; skydd av grundläggande intressen;
        grundläggande intressen; skydda grundläggande intressen; vitale interesser; beskyttelse av vitale interesser;
        beskyttelse af vitale interesser; verne vitale interesser; żywotne interesy; ochrona żywotnych interesów
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
        exercício de funções de interesse público; algemeen belang; taak van algemeen belang; publieke taak;
        publiekrechtelijke taak; openbaar gezag; uitoefening van openbaar gezag; taak in het algemeen belang;
        compito di interesse pubblico o esercizio di pubblici poteri; interés público o ejercicio de poderes públicos;
        interés público o poderes públicos; exercício de autoridade pública; missão de interesse público ou autoridade pública;
        allmänt intresse; uppgift av allmänt intresse; utföra en uppgift av allmänt intresse; myndighetsutövning;
        allmänt intresse och myndighetsutövning; allmänt intresse eller myndighetsutövning; allmenn interesse;
        allmennhetens interesse; oppgave i allmennhetens interesse; offentlig myndighet; utøvelse av offentlig myndighet;
        offentlig myndighetsutøvelse; myndighetsutøvelse; samfundets interesse; opgave i samfundets interesse;
        offentlig myndighedsudøvelse; myndighedsudøvelse; offentlig interesse; interes publiczny;
        zadanie realizowane w interesie publicznym; wykonanie zadania realizowanego w interesie publicznym;
        wykonywanie zadań w interesie publicznym; sprawowanie władzy publicznej; zadanie publiczne
        """,
    "f": """
        legitimate interest; legitimate interests; necessary for legitimate interests; legitimate interests of the organisation; the legitimate interests of the controller;
        legitimate interests of the controller; berechtigtes Interesse; berechtigte Interessen;
        überwiegendes berechtigtes Interesse; berechtigte Interessen des Verantwortlichen; Interessenabwägung;
        intérêt légitime; intérêts légitimes; intérêt légitime du responsable de traitement;
        interesse legittimo; legittimo interesse; legittimi interessi; interés legítimo; intereses legítimos;
        interesse legítimo; interesses legítimos; legítimo interesse; gerechtvaardigd belang;
        gerechtvaardigde belangen; gerechtvaardigd belang van de verwerkingsverantwoordelijke;
        legittimo interesse del titolare; interesse legittimo del titolare; interessi legittimi;
        interés legítimo del responsable; satisfacción de intereses legítimos; interesse legítimo do responsável;
        interesses legítimos do responsável; berättigat intresse; berättigade intressen; intresseavvägning;
        berettiget interesse; berettigede interesser; interesseavveining; interesseavveiing; legitim interesse;
        legitime interesser; interesseafvejning; interesseafvejningsreglen; forfølgelse af legitim interesse;
        prawnie uzasadniony interes; prawnie uzasadnione interesy; prawnie uzasadniony interes administratora;
        uzasadniony interes administratora; uzasadniony interes; prawnie usprawiedliwiony interes
        """,
}  # fmt: skip

BASIS_BY_NAME: dict[str, str] = {
    fold(name): f"A6-1-{letter}" for letter, names in _NAMES.items() for name in names.split(";") if fold(name)
}


def basis_named(text: str) -> str | None:
    """Return the code of the basis whose name the text is, and nothing more; None for prose that only mentions one."""
    return BASIS_BY_NAME.get(fold(text))
