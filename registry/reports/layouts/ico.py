"""The columns of the Information Commissioner's templates for controllers and for processors (United Kingdom)."""

from registry.reference.roles import OFFICERS, ContactKind
from registry.reports.layouts import duties, saying
from registry.reports.layouts.fields import Field, Layout
from registry.reports.lists.records import retention

CONTROLLER = Layout(
    title="ICO: controller’s record of processing",
    language="en",
    origin="Columns of the ICO’s documentation template for controllers. Those of Article 30 are required.",
    not_stated="not stated",
    belongs=saying.is_controllers,
    party="Controller",
    fields=(
        Field("Business function", saying.unit, width=18),
        Field("Purpose of processing", saying.purposes, width=30),
        Field("Name and contact details of joint controller (if applicable)", saying.joint_controllers_if_any),
        Field("Categories of individuals", saying.data_subjects),
        Field("Categories of personal data", saying.data, width=30),
        Field("Categories of recipients", saying.recipients, width=30),
        Field("Link to contract with processor", saying.contracts, asked=False),
        Field(
            "Names of third countries or international organisations that personal data are transferred to "
            "(if applicable)",
            saying.places,
        ),
        Field(
            "Safeguards for exceptional transfers of personal data to third countries or international organisations "
            "(if applicable)",
            saying.safeguards_if_any,
        ),
        Field("Retention schedule (if possible)", retention, width=34),
        Field(
            "General description of technical and organisational security measures (if possible)",
            saying.measures,
            width=30,
        ),
        Field("Article 6 lawful basis for processing personal data", saying.lawful_bases, asked=False),
        Field("Article 9 condition for processing special category data", saying.conditions, asked=False),
        Field("Legitimate interests for the processing (if applicable)", saying.interests, asked=False),
        Field(
            "Link to record of legitimate interests assessment (if applicable)",
            saying.interest_assessments,
            asked=False,
        ),
        Field("Rights available to individuals", duties.rights, asked=False),
        Field(
            "Existence of automated decision-making, including profiling (if applicable)",
            saying.automated,
            asked=False,
        ),
        Field("The source of the personal data (if applicable)", saying.sources, asked=False),
        Field("Link to record of consent", duties.consent_records, asked=False),
        Field("Location of personal data", saying.systems, asked=False),
        Field("Data Protection Impact Assessment required?", duties.assessment_required, asked=False),
        Field("Data Protection Impact Assessment progress", duties.assessment_progress, asked=False),
        Field("Link to Data Protection Impact Assessment", duties.assessment_document, asked=False),
        Field("Has a personal data breach occurred?", None, asked=False),
        Field("Link to record of personal data breach", None, asked=False),
        Field("Data Protection Act 2018 Schedule 1 Condition for processing", saying.schedule_1, asked=False),
        Field("GDPR Article 6 lawful basis for processing", saying.lawful_bases, asked=False),
        Field("Link to retention and erasure policy document", duties.policy_documents, asked=False),
        Field(
            "Is personal data retained and erased in accordance with the policy document?",
            duties.policy_followed,
            asked=False,
        ),
        Field("Reasons for not adhering to policy document (if applicable)", duties.policy_deviations, asked=False),
    ),
)

PROCESSOR = Layout(
    title="ICO: processor’s record of processing",
    language="en",
    origin="Columns of the ICO’s documentation template for processors.",
    not_stated="not stated",
    belongs=saying.is_processors,
    fields=(
        Field("Name and contact details of processor", saying.whose, width=30),
        Field("Data protection officer", saying.contact_of(OFFICERS)),
        Field("Representative (if applicable)", saying.contact_of((ContactKind.REPRESENTATIVE,)), asked=False),
        Field("Controller", saying.controllers_served, width=30),
        Field("Controller representative (if applicable)", saying.representatives_of_controllers, asked=False),
        Field("Categories of processing", saying.categories_of_processing, width=36),
        Field(
            "Names of third countries or international organisations that personal data are transferred to "
            "(if applicable)",
            saying.places,
        ),
        Field(
            "Safeguards for exceptional transfers of personal data to third countries or international organisations "
            "(if applicable)",
            saying.safeguards_if_any,
        ),
        Field(
            "General description of technical and organisational security measures (if possible)",
            saying.measures,
            width=36,
        ),
    ),
)
