"""Every address of the workspace. A test holds each against the permission table."""

from __future__ import annotations

from django.urls import include, path, register_converter

from accord.workspace.actions import views as actions
from accord.workspace.api import views as api
from accord.workspace.api.service import api as service
from accord.workspace.charter import views as charter
from accord.workspace.directory import views as people
from accord.workspace.editions import views as editions
from accord.workspace.front import views as front
from accord.workspace.handover import views as handover
from accord.workspace.home import views as home
from accord.workspace.indicators import views as indicators
from accord.workspace.keeping import views as keeping
from accord.workspace.meetings import item_views as items
from accord.workspace.meetings import views as meetings
from accord.workspace.notes import views as notes
from accord.workspace.releases import views as releases
from accord.workspace.search import views as search
from accord.workspace.shell import views as shell
from accord.workspace.shell.converters import Slug
from accord.workspace.signin import views as signin

register_converter(Slug, "name")

_ITEM = "meetings/<int:pk>/items/<int:item>/"

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
    path("keeping/key/", keeping.new_key, name="new-key"),
    path("keeping/unlock/", keeping.unlock_key, name="unlock"),
    path("keeping/lock/", keeping.lock_key, name="lock"),
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
