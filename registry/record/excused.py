"""Columns that no report prints, each with the reason: the guard test knows every other one to be declared."""

EXCUSED: dict[str, dict[str, str]] = {
    "*": {
        "id": "the database's own key",
        "position": "said by the order in the list",
        "seed_key": "tells where an entry came from, for seeding alone",
    },
    "Contact": {"organisation": "the root the row belongs to"},
    "SystemData": {"system": "the root the row belongs to"},
    "Purpose": {"activity": "the root the row belongs to"},
    "ActivityLegalBasis": {"activity": "the root the row belongs to"},
    "ActivityDataSubject": {"activity": "the root the row belongs to"},
    "ActivityDataCategory": {"activity": "the root the row belongs to"},
    "ActivityRecipient": {"activity": "the root the row belongs to"},
    "Transfer": {"activity": "the root the row belongs to"},
    "ActivitySystem": {"activity": "the root the row belongs to"},
    "ActivityMeasure": {"activity": "the root the row belongs to"},
    "ActivityJointController": {"activity": "the root the row belongs to"},
    "ActivityController": {"activity": "the root the row belongs to"},
    "ConsentMechanism": {"activity": "the root the row belongs to"},
    "Segment": {"activity": "the root the row belongs to"},
    "SegmentData": {"activity": "the root the row belongs to"},
    "ImpactAssessment": {"activity": "the root the row belongs to"},
    "AuditedActivity": {"audit": "the root the row belongs to"},
    "AuditedRecipient": {"audit": "the root the row belongs to"},
    "AuditedSystem": {"audit": "the root the row belongs to"},
    "CorrectiveAction": {"finding": "the root the row belongs to"},
}
"""Model name (``*`` for all) → column → reason."""

NOT_OF_THE_RECORD: dict[str, str] = {
    "ChangeSet": "the history itself",
    "Export": "what was taken out of the register, as part of the history",
    "ManifestPage": "what a change set seals, as part of the history",
    "Import": "how a file came in; its outcome is in the history",
    "ImportRow": "what is shown of an import to review",
    "ImportTerm": "what is shown of an import to review",
    "SettledWords": "which words nobody is asked about again; no record changes by it",
    "SavedMapping": "how files are read; what an import did with it is in the history",
    "Job": "work that was asked for; what came of it is in the history",
    "ReferenceCounter": "a counter",
    "StandingMark": "worked out from the register, and made again from it",
    "StaleStanding": "worked out from the register, and made again from it",
    "Standing": "worked out from the register, and made again from it",
    "FoundGap": "worked out from the register, and made again from it",
    "MeetingPoint": "worked out from the register, and made again from it",
    "Counted": "worked out from the register, and made again from it",
    "Tally": "worked out from the register, and made again from it",
    "GapCount": "worked out from the register, and made again from it",
    "CalendarAddress": "a person's own way to be reminded",
    "ReminderSent": "whom a reminder has reached already",
}
"""Models that hold nothing of the record, with the reason. Their history tables follow their models."""
