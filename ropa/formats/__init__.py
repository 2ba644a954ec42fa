"""How days and moments are written in each language that is offered; numbers are written as Django has it.

Templates and code name these formats ("DATE_FORMAT") rather than spelling a format out. Besides Django's own names
there are MOMENT_FORMAT and SHORT_MOMENT_FORMAT, with seconds, and two for the cells of spreadsheets.
"""
