"""All rules, in the order in which they are put and printed: importing this module is what fills the list."""

from registry.compliance import content, lawfulness, recipients, transfers
from registry.compliance.gap import RULES, Rule

AREAS = (content, lawfulness, transfers, recipients)

ALL_RULES: tuple[Rule, ...] = tuple(RULES.values())
