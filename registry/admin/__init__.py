"""Screens, one concept a file. Importing the package registers them all with the site."""

from registry.admin import (
    accounts,
    as_at,
    change_set,
    data_category,
    data_subject,
    legal_basis,
    organisation,
    processing_activity,
    recipient,
    register_comparison,
    reports,
    retention_schedule,
    security_measure,
    spreadsheet_import,
    system,
    verification,
)

__all__ = [
    "accounts",
    "as_at",
    "change_set",
    "data_category",
    "data_subject",
    "legal_basis",
    "organisation",
    "processing_activity",
    "recipient",
    "register_comparison",
    "reports",
    "retention_schedule",
    "security_measure",
    "spreadsheet_import",
    "system",
    "verification",
]
