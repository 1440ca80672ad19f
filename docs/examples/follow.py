"""Follow a run as it happens: python follow.py RUN-ID. Needs nothing but Python 3.9; the server in BRIGADE_SERVER, the key in BRIGADE_TOKEN."""

import json
import os
import sys
import urllib.request


def events(run):
    """Each event of the run as (name, data), until it has ended; goes on where it was cut."""
    last = ""
    while last != "end":
        request = urllib.request.Request(f"{os.environ['BRIGADE_SERVER']}/api/v1/runs/{run}/events")
        request.add_header("Authorization", f"Bearer {os.environ['BRIGADE_TOKEN']}")
        request.add_header("Last-Event-ID", last)
        with urllib.request.urlopen(request, timeout=60) as stream:
            name, data = "", ""
            for line in stream:
                field, _, value = line.decode().rstrip("\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "data":
                    data = value
                elif field == "id":
                    last = value
                elif not field and name:
                    yield name, json.loads(data)
                    name = ""


for event, body in events(sys.argv[1]):
    if event == "frame":
        print(f"trial {body['trial']}, frame {body['number']}: {body['tasks']} tasks", flush=True)
    elif event == "run":
        print(f"{body['status']}: {body['trialsEnded']} of {body['trials']} trials", flush=True)
