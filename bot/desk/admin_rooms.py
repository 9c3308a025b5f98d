"""The routes of the administrators' pages. The guard lets nobody else to them."""

from __future__ import annotations

from starlette.routing import Route

from bot.desk.desk import Desk
from bot.desk.hours_pages import HoursPages
from bot.desk.pages import Pages
from bot.desk.sign_in_pages import SignInRecordPages
from bot.desk.staff_pages import StaffPages


def admin_routes(desk: Desk, pages: Pages) -> list[Route]:
    """Accounts, the record of sign-ins, opening hours."""
    staff, record, hours = StaffPages(desk, pages), SignInRecordPages(desk, pages), HoursPages(desk, pages)
    return [
        Route("/staff", staff.list, methods=["GET"]),
        Route("/staff", staff.add, methods=["POST"]),
        Route("/staff/{id}", staff.show, methods=["GET"]),
        Route("/staff/{id}", staff.change, methods=["POST"]),
        Route("/sign-ins", record.show, methods=["GET"]),
        Route("/hours", hours.show, methods=["GET"]),
        Route("/hours", hours.change, methods=["POST"]),
    ]
