"""The back office's own steps and pages that belong to no table."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from reporting.overview.admin import filter_steps, help_page, player_steps

app_name = "overview"
_inside = admin.site.admin_view

urlpatterns = [
    path("keys/", _inside(help_page.keys_page), name="keys"),
    path("filters/save/", _inside(filter_steps.save), name="filter-save"),
    path("filters/<int:filter_id>/delete/", _inside(filter_steps.delete), name="filter-delete"),
    path("player/<int:player_id>/note/", _inside(player_steps.note_write), name="note-write"),
    path("note/<int:note_id>/correct/", _inside(player_steps.note_correct), name="note-correct"),
    path("player/<int:player_id>/tag/", _inside(player_steps.tag_put), name="tag-put"),
    path("player/<int:player_id>/tag/<int:tag_id>/remove/", _inside(player_steps.tag_remove), name="tag-remove"),
    path("player/<int:player_id>/end-sessions/", _inside(player_steps.sessions_stop), name="sessions-end"),
]
