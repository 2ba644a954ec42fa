from tests.compliance.records import Case, basis, condition, data, record, said_by, three_tests

HEALTH = data("Allergies", "special_category")
DECIDED = {"automated_decisions": "yes"}
POLICE = basis("NAT-LED")
EXPLICIT = basis("A6-1-a", special_category_condition=condition("A9-2-a"))

CASES = {
    "profiling-not-answered": Case(
        passes=record(profiling="no", legal_bases=(POLICE,)),
        finds=record(legal_bases=(POLICE,)),
        says=("The record doesn't say whether profiling is used.",),
        not_about=record(legal_bases=(basis("A6-1-b"),)),
    ),
    "automated-decision-without-explanation": Case(
        passes=record(**DECIDED, profiling_logic="A model", profiling_consequences="No credit"),
        finds=record(**DECIDED, profiling_logic="A model"),
        says=("Decisions are taken by a machine alone, and the record doesn't say: Significance and consequences.",),
        not_about=record(automated_decisions="not_assessed"),
    ),
    "automated-decision-without-human": Case(
        passes=record(**DECIDED, human_intervention="Ask the service desk"),
        finds=record(**DECIDED),
        says=("Decisions are taken by a machine alone, and nothing says how a person gets somebody to look at them again.",),
        not_about=record(),
    ),
    "automated-decision-without-ground": Case(
        passes=record(**DECIDED, legal_bases=(basis("A6-1-f"), basis("A6-1-b"))),
        finds=record(**DECIDED, legal_bases=(basis("A6-1-f"),)),
        says=("Decisions are taken by a machine alone, on the basis of Basis A6-1-f: none of the three exceptions allows that.",),
        not_about=record(**DECIDED),
    ),
    "automated-decision-on-special-data": Case(
        passes=record(**DECIDED, data_categories=(HEALTH,), legal_bases=(EXPLICIT,)),
        finds=record(**DECIDED, data_categories=(HEALTH,), legal_bases=(basis("A6-1-b"), basis("A9-2-h"))),
        says=("Decisions are taken by a machine alone, on special categories of data, with neither explicit consent nor a substantial public interest.",),
        not_about=record(data_categories=(HEALTH,)),
    ),
}  # fmt: skip


@three_tests(CASES)
def test_a_rule_about_profiling(rule, record, context, says):
    assert said_by(rule, record, context) == says
