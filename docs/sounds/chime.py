"""Writes resources/sounds/chime.wav: two bell tones, a falling third, soft at both ends.

python docs/sounds/chime.py
"""

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
TONES = ((659.26, 0.0), (523.25, 0.42))
"""Hertz (E5, C5), and the second at which each begins."""
SECONDS = 1.5
LOUDNESS = 0.34
PARTIALS = ((1.0, 1.0, 3.2), (2.0, 0.35, 5.0), (3.0, 0.12, 8.0))
"""Times the tone, how strong, how fast it dies away."""


def sample(at: float) -> float:
    total = 0.0
    for hertz, begins in TONES:
        since = at - begins
        if since < 0:
            continue
        attack = min(1.0, since / 0.012)
        total += attack * sum(
            strength * math.exp(-decay * since) * math.sin(2 * math.pi * hertz * times * since)
            for times, strength, decay in PARTIALS
        )
    return LOUDNESS * total * min(1.0, (SECONDS - at) / 0.15)


target = Path(__file__).parents[2] / "resources" / "sounds" / "chime.wav"
with wave.open(str(target), "wb") as out:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(RATE)
    frames = (round(32_767 * max(-1.0, min(1.0, sample(number / RATE)))) for number in range(int(RATE * SECONDS)))
    out.writeframes(b"".join(struct.pack("<h", frame) for frame in frames))
