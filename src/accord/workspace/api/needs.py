"""The act that each operation needs, by its name: the table of pages, for programs."""

from __future__ import annotations

from collections.abc import Mapping

NEEDS: Mapping[str, Mapping[str, str]] = {
    "api-me": {"GET": "home.see"},
    "api-indicators": {"GET": "figures.see"},
    "api-indicator": {"GET": "figures.see"},
    "api-meetings": {"GET": "meetings.see"},
    "api-meeting": {"GET": "meetings.see"},
    "api-actions": {"GET": "actions.see", "POST": "actions.write"},
    "api-action": {"GET": "actions.see"},
    "api-steps": {"POST": "actions.write"},
    "api-notes": {"GET": "notes.see", "POST": "notes.write"},
    "api-note": {"GET": "notes.see"},
    "api-positions": {"GET": "people.see"},
    "api-releases": {"GET": "releases.see", "POST": "releases.receive"},
    "api-release": {"GET": "releases.see"},
    "api-editions": {"GET": "editions.see"},
    "api-search": {"GET": "search.see"},
    "api-charter": {"GET": "charter.see"},
    "api-letters": {"GET": "letters.see"},
    "api-letter": {"GET": "letters.see"},
    "api-inquiries": {"GET": "inquiries.see"},
    "api-inquiry": {"GET": "inquiries.see"},
    "api-works": {"GET": "work.see"},
    "api-work": {"GET": "work.see"},
    "api-plans": {"GET": "plans.see"},
    "api-plan": {"GET": "plans.see"},
    "api-commitments": {"GET": "commitments.see"},
    "api-commitment": {"GET": "commitments.see"},
    "api-resources": {"GET": "commitments.see"},
    "api-resource": {"GET": "commitments.see"},
    "api-waivers": {"GET": "commitments.see"},
    "api-waiver": {"GET": "commitments.see"},
    "api-practices": {"GET": "library.see"},
    "api-practice": {"GET": "library.see"},
    "api-documents": {"GET": "library.see"},
    "api-document": {"GET": "library.see"},
    "api-quotations": {"GET": "quotations.see"},
    "api-quotation": {"GET": "quotations.see"},
}
