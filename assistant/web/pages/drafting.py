"""The room Entwurf: all its routes."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.web.pages.draft_files import make_draft_files
from assistant.web.pages.drafts import make_draft_pages
from assistant.web.pages.workbench import make_workbench
from assistant.web.pages.workbench_acts import make_workbench_acts


def make_drafting() -> APIRouter:
    """The pages of the room; its own come before those that a draft's name leads to."""
    router = APIRouter(include_in_schema=False)
    for make in (make_draft_pages, make_workbench, make_workbench_acts, make_draft_files):
        router.include_router(make())
    return router
