"""The register of a fictional retailer as spreadsheets, loaded through the importer.

Quillbrook & Wren Retail Limited and everyone named here are invented. The files build on the seeded catalogues and are
imported in this order, in which nothing refers to what comes later: organisations.csv, units.csv, legal_bases.csv,
data_categories.csv, data_subjects.csv, retention_schedules.csv, recipients.csv, security_measures.csv, systems.csv,
documents.csv, activities.csv. Headings are the labels of the declared facts, cells with several rows follow
registry.record.cells.
"""
