"""Work that a worker does: how far it is, and why it stopped."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Everybody, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output
from httpapi.language import spoken
from tenancy.access import access_own_job
from tenancy.models import Job


class FaultOut(Output):
    code = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()


class JobOut(Output):
    number = serializers.IntegerField(source="job.pk")
    task = serializers.CharField(source="job.task")
    state = serializers.ChoiceField(choices=Job.State.values, source="job.state")
    progress = serializers.DictField(source="job.progress", help_text="In the task's own words.")
    fault = FaultOut(allow_null=True)
    cancel_requested = serializers.BooleanField()
    created_at = serializers.DateTimeField(source="job.created_at")
    started_at = serializers.DateTimeField(source="job.started_at", allow_null=True)
    finished_at = serializers.DateTimeField(source="job.finished_at", allow_null=True)


class OneJob(Endpoint):
    @reads("read_job", Everybody.SEATED, gives=JobOut)
    def get(self, call: Call, number: int) -> Any:
        """A job that one asked for oneself."""
        job = access_own_job(call.actor, number)
        return {
            "job": job,
            "fault": _fault(job),
            "cancel_requested": job.cancel_requested_at is not None,
        }


def _fault(job: Job) -> dict[str, str] | None:
    said = job.fault(spoken())
    if said is None or job.error is None:
        return None
    return {"code": job.error["code"], "message": said[0], "remedy": said[1]}
