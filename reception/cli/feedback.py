"""`reception stats feedback`."""

from __future__ import annotations

import argparse
import sys

from reception.cli.opening import at_office
from reception.cli.periods import check_period
from reception.cli.stats import RENDERERS
from reception.cli.terminal import complain
from reception.domain.figures import FaceSummary
from reception.domain.kiosk import Face
from reception.services.queries import FeedbackReport
from reception.statistics.faces import NO_SERVICE


def feedback(args: argparse.Namespace) -> int:
    """Print how often each face was touched at the kiosks of one office."""
    check_period(args)
    with at_office(args) as (door, office):
        found: dict[str, dict[Face, int]] = door.ask(FeedbackReport(office.id, args.first, args.last, args.by))
    summaries = [
        FaceSummary(group or NO_SERVICE, sum(faces.values()), **{face.value: faces.get(face, 0) for face in Face})
        for group, faces in sorted(found.items(), key=lambda each: (each[0] == "", each[0].casefold()))
    ]
    sys.stdout.write(RENDERERS[args.format](summaries, FaceSummary))
    if not summaries:
        complain(f"{office.name} was told nothing in that time.")
    return 0
