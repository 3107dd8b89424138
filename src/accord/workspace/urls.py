"""Every address of the workspace. A test holds each against the permission table."""

from __future__ import annotations

from django.urls import include, path, register_converter

from accord.workspace.actions import views as actions
from accord.workspace.api import views as api
from accord.workspace.api.service import api as service
from accord.workspace.charter import views as charter
from accord.workspace.commitments import ledger_views as commitments
from accord.workspace.commitments import resource_views as resources
from accord.workspace.commitments import waiver_views as waivers
from accord.workspace.directory import views as people
from accord.workspace.editions import views as editions
from accord.workspace.founding import condition_views as conditions
from accord.workspace.founding import letter_views as letters
from accord.workspace.founding import pack_views as packs
from accord.workspace.front import views as front
from accord.workspace.handover import views as handover
from accord.workspace.home import views as home
from accord.workspace.indicators import views as indicators
from accord.workspace.inquiry import cause_views as causes
from accord.workspace.inquiry import trial_views as trials
from accord.workspace.inquiry import views as inquiry
from accord.workspace.keeping import key_views as keys
from accord.workspace.keeping import views as keeping
from accord.workspace.library import file_views as library_files
from accord.workspace.library import practice_views as practices
from accord.workspace.library import record_views as records
from accord.workspace.meetings import item_views as items
from accord.workspace.meetings import views as meetings
from accord.workspace.notes import views as notes
from accord.workspace.releases import views as releases
from accord.workspace.search import views as search
from accord.workspace.shell import views as shell
from accord.workspace.shell.converters import Slug
from accord.workspace.signin import views as signin
from accord.workspace.strands import plan_views as plans
from accord.workspace.strands import strand_views as strands
from accord.workspace.strands import work_views as work

register_converter(Slug, "name")

_ITEM = "meetings/<int:pk>/items/<int:item>/"

_INQUIRY = [
    path("inquiry/", inquiry.inquiries, name="inquiries"),
    path("inquiry/new/", inquiry.new_inquiry, name="new-inquiry"),
    path("inquiry/<int:pk>/", inquiry.inquiry, name="inquiry"),
    path("inquiry/<int:pk>/edit/", inquiry.edit_inquiry, name="edit-inquiry"),
    path("inquiry/<int:pk>/share/", inquiry.share_inquiry, name="share-inquiry"),
    path("inquiry/<int:pk>/evidence/", inquiry.show_evidence, name="show-evidence"),
    path("inquiry/<int:pk>/learned/", inquiry.learned, name="learn"),
    path("inquiry/<int:pk>/causes/", causes.new_cause, name="new-cause"),
    path("inquiry/<int:pk>/causes/<int:part>/", causes.edit_cause, name="edit-cause"),
    path("inquiry/<int:pk>/causes/<int:part>/drop/", causes.drop_cause, name="drop-cause"),
    path("inquiry/<int:pk>/trials/", trials.new_trial, name="new-trial"),
    path("inquiry/<int:pk>/trials/<int:part>/", trials.predict_again, name="predict-again"),
    path("inquiry/<int:pk>/trials/<int:part>/<name:step>/", trials.trial_step, name="trial-step"),
]

_STRANDS = [
    path("strands/", strands.strands, name="strands"),
    path("strands/<name:strand>/", strands.strand, name="strand"),
    path("strands/<name:strand>/work/", work.new_work, name="new-work"),
    path("strands/<name:strand>/plans/", plans.new_plan, name="new-plan"),
    path("plans/<int:pk>/", plans.edit_plan, name="edit-plan"),
    path("plans/<int:pk>/share/", plans.share_plan, name="share-plan"),
    path("work/<int:pk>/", work.work, name="work"),
    path("work/<int:pk>/edit/", work.edit_work, name="edit-work"),
    path("work/<int:pk>/share/", work.share_work, name="share-work"),
    path("work/<int:pk>/met/", work.new_contact, name="new-contact"),
    path("work/<int:pk>/met/<int:part>/", work.take_back_contact, name="take-back-contact"),
    path("work/<int:pk>/versions/", work.new_version, name="new-version"),
]

_COMMITMENTS = [
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/new/", commitments.new_commitment, name="new-commitment"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/edit/", commitments.edit_commitment, name="edit-commitment"),
    path("commitments/<int:pk>/share/", commitments.share_commitment, name="share-commitment"),
    path("commitments/<int:pk>/gifts/", commitments.new_gift, name="new-gift"),
    path(
        "commitments/<int:pk>/gifts/<int:part>/", commitments.take_back_gift, name="take-back-gift"
    ),
    path("shared/new/", resources.new_resource, name="new-resource"),
    path("shared/<int:pk>/", resources.resource, name="resource"),
    path("shared/<int:pk>/edit/", resources.edit_resource, name="edit-resource"),
    path("shared/<int:pk>/share/", resources.share_resource, name="share-resource"),
    path("shared/<int:pk>/cost/", resources.share_cost, name="split-cost"),
    path("waivers/new/", waivers.new_waiver, name="new-waiver"),
    path("waivers/<int:pk>/", waivers.waiver, name="waiver"),
    path("waivers/<int:pk>/edit/", waivers.edit_waiver, name="edit-waiver"),
    path("waivers/<int:pk>/share/", waivers.share_waiver, name="share-waiver"),
]

_LIBRARY = [
    path("library/", practices.library, name="library"),
    path("library/practices/", practices.new_practice, name="new-practice"),
    path("library/practices/<int:pk>/", practices.practice, name="practice"),
    path("library/practices/<int:pk>/edit/", practices.edit_practice, name="edit-practice"),
    path("library/practices/<int:pk>/share/", practices.share_practice, name="share-practice"),
    path("library/practices/<int:pk>/stand/", practices.stand, name="stand"),
    path("library/documents/", library_files.new_document, name="new-document"),
    path("library/documents/<int:pk>/", library_files.document_file, name="document-file"),
    path("library/documents/<int:pk>/share/", library_files.share_document, name="share-document"),
    path("work/<int:pk>/versions/<int:part>/", library_files.version_file, name="version-file"),
    path(
        "work/<int:pk>/versions/<int:part>/bring/",
        library_files.bring_version,
        name="bring-version",
    ),
    path("library/glossary/", records.glossary, name="glossary"),
    path("library/timeline/", records.timeline, name="timeline"),
    path("library/timeline.csv", records.timeline_csv, name="timeline-csv"),
    path("library/quotations/", records.quotations, name="quotations"),
    path("library/quotations/new/", records.new_quotation, name="new-quotation"),
    path("library/quotations/<int:pk>/", records.answer_quotation, name="answer-quotation"),
]

_FOUNDING = [
    path("charter/letters/", letters.letters, name="letters"),
    path("charter/letters/new/", letters.new_letter, name="new-letter"),
    path("charter/letters/<int:pk>/", letters.letter, name="letter"),
    path("charter/letters/<int:pk>/file/", letters.letter_file, name="letter-file"),
    path("charter/letters/<int:pk>/edit/", letters.edit_letter, name="edit-letter"),
    path("charter/letters/<int:pk>/share/", letters.share_letter, name="share-letter"),
    path("charter/letters/<int:pk>/agree/", letters.agree_letter, name="agree-letter"),
    path("charter/letters/<int:pk>/end/", letters.end_letter, name="end-letter"),
    path("charter/replication-pack.zip", packs.replication_pack, name="replication-pack"),
    path("charter/conditions/", conditions.conditions, name="conditions"),
    path("charter/conditions/begin/", conditions.begin_conditions, name="begin-conditions"),
    path(
        "charter/conditions/<int:pk>/share/", conditions.share_conditions, name="share-conditions"
    ),
    path(
        "charter/conditions/<int:pk>/<name:condition>/",
        conditions.answer_condition,
        name="answer-condition",
    ),
]

_PARTNERSHIP = [
    path("", home.home, name="home"),
    path("public/", front.front, name="front"),
    path("search/", search.search_page, name="search"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/figures.xlsx", indicators.workbook, name="workbook"),
    path("indicators/groups/<name:group>/", indicators.portrait, name="portrait"),
    path("indicators/<name:indicator>/", indicators.indicator, name="indicator"),
    path("indicators/<name:indicator>/table.csv", indicators.table, name="table"),
    path("indicators/<name:indicator>/trend.png", indicators.picture, name="picture"),
    path("charter/", charter.charter, name="charter"),
    *_FOUNDING,
    path("charter/<str:name>", charter.charter_file, name="charter-file"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/plan/", meetings.plan, name="plan"),
    path("meetings/calendar/", meetings.calendar_link, name="calendar-link"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/begin/", meetings.begin_meeting, name="begin-meeting"),
    path("meetings/<int:pk>/close/", meetings.close_meeting, name="close-meeting"),
    path("meetings/<int:pk>/share/", meetings.share_meeting, name="share-meeting"),
    path("meetings/<int:pk>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<int:pk>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes.pdf", meetings.minutes_pdf, name="minutes-pdf"),
    path("meetings/<int:pk>/meeting.ics", meetings.meeting_ics, name="meeting-ics"),
    path(f"{_ITEM}settle/", items.settle_item, name="settle-item"),
    path(f"{_ITEM}focus/", items.focus_item, name="focus-item"),
    path(f"{_ITEM}notes/", items.note_item, name="note-item"),
    path(f"{_ITEM}notes/<int:version>/", items.settle_notes, name="settle-notes"),
    path(f"{_ITEM}decision/", items.decide_item, name="decide-item"),
    path(f"{_ITEM}actions/", items.arising_action, name="arising-action"),
    path("actions/", actions.actions, name="actions"),
    path("actions/new/", actions.new_action, name="new-action"),
    path("actions/<int:pk>/", actions.action, name="action"),
    path("actions/<int:pk>/edit/", actions.edit_action, name="edit-action"),
    *_INQUIRY,
    *_STRANDS,
    *_COMMITMENTS,
    *_LIBRARY,
    path("notes/", notes.notes, name="notes"),
    path("notes/new/", notes.new_note, name="new-note"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/share/", notes.share_note, name="share-note"),
    path("notes/<int:pk>/hand-over/", notes.hand_over_note, name="hand-over-note"),
    path("editions/", editions.editions, name="editions"),
    path("editions/new/", editions.new_edition, name="new-edition"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/ask/", editions.ask_consent, name="ask-consent"),
    path("editions/<int:pk>/edition.xlsx", editions.edition_file, name="edition-file"),
    path("keeping/", keeping.keeping, name="keeping"),
    path("keeping/key/", keys.new_key, name="new-key"),
    path("keeping/key/another/", keys.another_key, name="another-key"),
    path("keeping/key/anew/", keys.begin_key_anew, name="begin-anew"),
    path("keeping/passphrase/", keys.new_passphrase, name="new-passphrase"),
    path("keeping/unlock/", keys.unlock_key, name="unlock"),
    path("keeping/lock/", keys.lock_key, name="lock"),
    path("keeping/holds/", keeping.new_hold, name="new-hold"),
    path("keeping/holds/<int:pk>/lift/", keeping.lift_hold, name="lift-hold"),
    path("keeping/own.zip", keeping.take_own, name="take-own"),
    path("keeping/leave/", keeping.leave_partnership, name="leave"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", handover.position, name="position"),
    path("people/<int:pk>/seats/<int:seat>/end/", handover.end_seat, name="end-seat"),
    path("people/<int:pk>/pairs/", handover.pair_up, name="pair-up"),
    path("people/<int:pk>/pairs/<int:pairing>/part/", handover.part_pair, name="part-pair"),
    path("people/<int:pk>/invite/", people.invite_somebody, name="invite"),
    path("tokens/", api.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", api.revoke_token, name="revoke-token"),
    path("trail/", people.trail, name="trail"),
    path("releases/", releases.releases, name="releases"),
    path("releases/bring/", releases.bring_release, name="bring-release"),
    path("releases/<int:pk>/", releases.release, name="release"),
    path("releases/<int:pk>/share/", releases.share_release, name="share-release"),
    path("releases/<int:pk>/file/", releases.release_file, name="release-file"),
]

urlpatterns = [
    path("", shell.way_in, name="way-in"),
    path("health", shell.health, name="health"),
    path("style-<str:mark>.css", shell.style, name="stylesheet"),
    path("account/sessions/", signin.sessions, name="sessions"),  # in the place of allauth's own
    path("account/", include("allauth.urls")),
    path("invitation/<str:secret>/", signin.invitation, name="invitation"),
    path("somebody/", signin.choose_somebody, name="choose-somebody"),
    path("somebody/<int:pk>/", signin.become, name="become"),
    path("update/<str:link>/", actions.update_by_mail, name="update-by-mail"),
    path("calendar/<str:secret>.ics", meetings.calendar_feed, name="calendar-feed"),
    path("api/v1/", service.urls),
    path("p/<name:partnership>/", include(_PARTNERSHIP)),
]

handler403 = "accord.workspace.shell.views.not_allowed"
handler404 = "accord.workspace.shell.views.not_found"
handler500 = "accord.workspace.shell.views.fault"
