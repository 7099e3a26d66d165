import time
from tests.people import acting
from tenancy.audit_chain import verify_chains
from tenancy import audit
from tenancy.models import Job
from django.db import connection
def test_speed(django_as, lin):
    o=open('/tmp/scratch/speed','w')
    n=10
    t=time.perf_counter()
    for _ in range(n):
      with acting(lin), connection.cursor() as c:
        c.execute("INSERT INTO tenancy_auditentry (tenant_id, action, object_type, object_id, data) SELECT 9002,'probe.word.said','x',i, jsonb_build_object('n',i,'words','海岛') FROM generate_series(1,1000) i")
    print("append/s", n*1000/(time.perf_counter()-t), file=o, flush=True)
    t=time.perf_counter()
    for _ in range(300):
        with acting(lin): pass
    print("in_office ms", (time.perf_counter()-t)/300*1000, file=o, flush=True)
    with acting(lin):
        t=time.perf_counter()
        for _ in range(1000): Job.objects.count()
        print("query ms", (time.perf_counter()-t), file=o, flush=True)
    with django_as("superuser"):
        with acting(lin):
            t=time.perf_counter()
            for _ in range(1000): Job.objects.count()
            print("query unfenced ms", (time.perf_counter()-t), file=o, flush=True)
    with django_as("owner"):
        t=time.perf_counter()
        r=list(verify_chains())
        print("verify/s", n*1000/(time.perf_counter()-t), [x.verdict for x in r][:3], file=o, flush=True)
