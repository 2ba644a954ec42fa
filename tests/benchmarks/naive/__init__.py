"""A register made the stock way: many-to-many fields, stock history, stock import. The baseline, never used otherwise."""
