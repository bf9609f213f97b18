# Tells Why1006 that a connection of this server ended: python3 python.py
import json, os, time, urllib.request, uuid

sender = dict(id=str(uuid.uuid4()), at=time.time(), instance=str(os.getpid()), service="chat")
connection = dict(client_id="c-1", endpoint="/socket", duration_ms=61000, pings=2, pongs=1)
end = dict(kind="disconnected", close_code=1006, reason="", initiator="network")
headers = {"Content-Type": "application/x-ndjson", "Authorization": "Bearer " + os.getenv("WHY1006_TOKEN", "none")}
url = os.getenv("WHY1006_URL", "http://localhost:9000") + "/api/ingest"
body = json.dumps({**sender, **connection, **end}).encode()
with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
    print(response.status, response.read().decode())
