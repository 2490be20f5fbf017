"""The voice's own process: it makes speech with espeak-ng, plays it, and needs nothing of the program.

A speech library or a sound system that hangs, or falls, takes nobody with it: whoever started this process kills it.
espeak-ng is under the GPL and is loaded here alone.

A line of JSON comes in for each thing to be heard: `{"id", "text", "voice"}`, `{"id", "sound"}` (a WAV file) or
`{"id", "probe"}` (nothing: is there a sound device?); and `{"stop": true}`. Out go `{"id", "seconds"}` once it is made
and `{"id", "end", "why"}` once it is over: `said`, `stopped`, `silent` (no sound device) or `failed`. With a folder as
its argument it plays nothing, and writes each to `<id>.wav` there.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sys
import threading
import time
import wave
from collections.abc import Generator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

WORDS_A_MINUTE = 140
"""Slower than people talk, for a hall that echoes."""
SETTLE_SECONDS = 0.25
"""What a sound device still has to play when it has been given everything."""

RATE = 22_050
"""Samples a second of speech and chime."""

_SYNCHRONOUS = 2
_RATE = 1
_UTF8 = 1
_FROM_A_CHARACTER = 1
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Speech:
    """espeak-ng, as the wheel brings it. Raises OSError and ImportError where it is missing."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
        if self.rate <= 0:
            raise OSError("espeak-ng cannot be started")
        self._library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        self._made = bytearray()
        self._heard = _CALLBACK(self._hear)
        self._library.espeak_SetSynthCallback(self._heard)

    def _hear(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._made.extend(ctypes.string_at(samples, count * 2))
        return 0

    def made(self, text: str, voice: str) -> bytes:
        """The WAV of a text, 16 bits and mono. Raises ValueError for a voice that there is not."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"there is no voice {voice}")
        self._library.espeak_SetParameter(_RATE, WORDS_A_MINUTE, 0)
        self._made.clear()
        said = text.replace("\0", " ").encode()
        if self._library.espeak_Synth(said, len(said) + 1, 0, _FROM_A_CHARACTER, 0, _UTF8, None, None) != 0:
            raise OSError("espeak-ng made nothing")
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate)
            out.writeframes(bytes(self._made))
        return file.getvalue()


def seconds_of(sound: bytes) -> float:
    """How long a WAV takes."""
    with wave.open(io.BytesIO(sound)) as read:
        return float(read.getnframes() / read.getframerate())


def open_device(rate: int, channels: int) -> Any:
    """The sound device of this computer; None where there is none that works."""
    import miniaudio

    try:
        return miniaudio.PlaybackDevice(nchannels=channels, sample_rate=rate, app_name="Reception")
    except miniaudio.MiniaudioError:
        return None


def play(sound: bytes, stopped: threading.Event) -> bool:
    """Play a WAV to its end, or until `stopped`. False where no sound device takes it."""
    with wave.open(io.BytesIO(sound)) as read:
        rate, channels, samples = read.getframerate(), read.getnchannels(), read.readframes(read.getnframes())
    over = threading.Event()

    def pieces() -> Generator[bytes, int, None]:
        frames, at = (yield b""), 0
        while at < len(samples):
            size = frames * channels * 2
            piece, at = samples[at : at + size], at + size
            frames = yield piece + bytes(size - len(piece))
        over.set()

    device = open_device(rate, channels)
    if device is None:
        return False
    with device:
        stream = pieces()
        next(stream)
        device.start(stream)
        until = time.monotonic() + seconds_of(sound) + 2
        while not over.is_set() and not stopped.is_set() and time.monotonic() < until:
            over.wait(0.05)
        if not stopped.is_set():
            stopped.wait(SETTLE_SECONDS)
    return True


class Speaker:
    """Hears what is wanted on one thread, and makes and plays it on another, one after the other."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._wanted: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._stopped = threading.Event()
        self._speech: Speech | None = None

    def listen(self) -> None:
        threading.Thread(target=self._work, daemon=True).start()
        for line in sys.stdin:
            wanted = json.loads(line)
            if wanted.get("stop"):
                self._stopped.set()
            else:
                self._stopped.clear()
                self._wanted.put(wanted)

    def _work(self) -> None:
        while True:
            wanted = self._wanted.get()
            try:
                end, why = self._hear(wanted), ""
            except Exception as error:  # noqa: BLE001  told to whoever asked
                end, why = "failed", f"{type(error).__name__}: {error}"
            _tell({"id": wanted["id"], "end": end, "why": why})

    def _hear(self, wanted: dict[str, Any]) -> str:
        if "probe" in wanted:
            return "said" if self._folder is not None or open_device(RATE, 1) is not None else "silent"
        if "sound" in wanted:
            sound = Path(wanted["sound"]).read_bytes()
        else:
            if self._speech is None:
                self._speech = Speech()
            sound = self._speech.made(wanted["text"], wanted["voice"])
        _tell({"id": wanted["id"], "seconds": seconds_of(sound)})
        if self._folder is not None:
            (self._folder / f"{wanted['id']}.wav").write_bytes(sound)
            return "said"
        if self._stopped.is_set():
            return "stopped"
        if not play(sound, self._stopped):
            return "silent"
        return "stopped" if self._stopped.is_set() else "said"


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    Speaker(Path(sys.argv[1]) if len(sys.argv) > 1 else None).listen()
    # A sound device that hangs keeps nobody.
    os._exit(0)
