"""Two offices and four fictional people who can sign in, committed for a site that runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from playwright.sync_api import Page, expect

from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User

PASSWORD = "a long password of chen"
SINCE = date(2020, 1, 1)
# Name to sign in with: name on the screen, and the seats (office, role).
PEOPLE = {
    "chen": ("陈思源", [("zhoushan", Role.SCHEDULER)]),
    "zhao": ("赵建国", [("zhoushan", Role.CITY_DIRECTOR)]),
    "lin": ("林海燕", [("dinghai", Role.COUNTY_DIRECTOR)]),
    "wu": ("吴明", [("dinghai", Role.COUNTY_CLERK), ("zhoushan", Role.SCHEDULER)]),
}


def make_people(django_as: Callable[[str], AbstractContextManager[None]]) -> None:
    """As the owner: offices and seats are not made on the web."""
    with django_as("owner"):
        city = Office.objects.create(
            code="zhoushan",
            name="舟山市委巡察办",
            short_name="舟山市",
            kind="city",
            lon=122.2,
            lat=29.99,
            name_key="zhoushan",
        )
        county = Office.objects.create(
            code="dinghai",
            name="定海区委巡察办",
            short_name="定海区",
            kind="county",
            parent=city,
            lon=122.11,
            lat=30.02,
            name_key="dinghai",
        )
        offices = {office.code: office for office in (city, county)}
        for username, (name, seats) in PEOPLE.items():
            user = User(username=username, display_name=name)
            user.set_password(PASSWORD)
            user.save()
            for office, role in seats:
                Membership.objects.create(
                    tenant=offices[office], user=user, role=role, since_on=SINCE
                )


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in and send the form that is on the screen."""
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator(".gate-box button").click()


def come_in(page: Page, username: str, path: str = "/") -> None:
    """Sign in and stand on the page at `path`."""
    page.goto(path)
    sign_in(page, username)
    expect(page.locator(".masthead")).to_contain_text(PEOPLE[username][0])
