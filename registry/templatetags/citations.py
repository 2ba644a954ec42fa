"""Places in the law on pages, as the reader's language cites them."""

from django import template

from registry.reference.citations import cite

register = template.Library()
register.filter("cite", cite)
