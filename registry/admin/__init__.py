"""Screens, one concept a file. Importing the package registers them all with the site."""

from registry.admin import (
    accounts,
    change_set,
    data_category,
    data_subject,
    legal_basis,
    organisation,
    processing_activity,
    recipient,
    reports,
    retention_schedule,
    security_measure,
    spreadsheet_import,
    system,
)

__all__ = [
    "accounts",
    "change_set",
    "data_category",
    "data_subject",
    "legal_basis",
    "organisation",
    "processing_activity",
    "recipient",
    "reports",
    "retention_schedule",
    "security_measure",
    "spreadsheet_import",
    "system",
]
