from collections.abc import Callable
from django.test import Client
from tenancy.actor import Actor
from tests.import_desk import media, signed_in
from tests.integration.scheduling.desks import *
from scheduling.services import desk
from tests.integration.scheduling.world import World, acting
__all__ = ["media", "signed_in"]

def test_smoke(world: World, signed_in: Callable[[Actor], Client]) -> None:
    draft = a_draft(world)
    s = seats_of(world, draft)
    c = signed_in(world.chen)
    one, two = s.teams[0], s.teams[1]
    here=f"/plans/{draft.pk}/desk/"
    p=one.members[0]; u=one.visits[0].unit
    for q in ("", "?q=甲", f"?person={p}", *(f"?person={p}&view={v}" for v in ("why","else","where","not","change")), f"?person={p}&view=not&to={two.id}", f"?person={p}&view=not&at={u}", f"?unit={u}", f"?unit={u}&view=else", f"?unit={u}&view=not&to={two.id}", f"?team={one.id}", f"?team={one.id}&role=member", f"?edit=swap&a={p}&b={two.members[0]}", f"?edit=unseat&inspector={p}", "?edit=nonsense"):
        for h in ({}, {"HTTP_HX_REQUEST":"true"}):
            a=c.get(here+q, **h)
            print(q, a.status_code, len(a.content))
            if a.status_code!=200: print(a.content.decode()[-1500:])
    a=c.get(here+"live/?seen=1&token=x"); print(a.status_code)
    a=c.post(here+"edit/", {"edit":"unseat","inspector":p,"seen":1,"panel":f"person={p}"}, HTTP_HX_REQUEST="true"); print(a.status_code, a.headers, a.content.decode()[:3000])
    a=c.post(here+"edit/", {"edit":"unseat","inspector":p,"seen":1,"panel":f"person={p}"}, HTTP_HX_REQUEST="true"); print(a.status_code, a.content.decode()[:1000])
    a=c.post(here+"undo/", {"seen":2}); print(a.status_code, a.headers)
    for n in (f"/plans/{draft.pk}/", f"/rounds/{draft.round_id}/compare/", f"/rounds/{draft.round_id}/"):
        a=c.get(n); print(n,a.status_code, len(a.content))
    a=c.post(here+"pin/", {"inspector":p,"team":one.id,"role":"member","panel":f"person={p}&view=change"}, HTTP_HX_REQUEST="true"); print(a.status_code, a.content.decode()[:300])
    a=c.post(here+"usual-duties/", {"seen":3}); print(a.status_code)
    a=c.post(here+"check/"); print(a.status_code)
    a=c.post(here+"solve/"); print(a.status_code, a.headers)
