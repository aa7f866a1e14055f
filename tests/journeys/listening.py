"""A kiosk whose sound goes into a file, and what is heard in that file."""
import math
import struct
import time

import player


def samples_of(file):
    """The file's first channel, and its rate. OpenAL Soft writes the extended header, which Python's wave does not read."""
    data = file.read_bytes()
    if data[:4] != b"RIFF":
        raise player.Failed("no sound was written at all")
    at, kind = 12, None
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack("<I", data[at + 4:at + 8])[0]
        if name == b"fmt ":
            tag, channels, rate, _, _, bits = struct.unpack("<HHIIHH", data[at + 8:at + 24])
            floats = (struct.unpack("<H", data[at + 32:at + 34])[0] if tag == 0xFFFE else tag) == 3
            kind = "f" if floats else {16: "h", 32: "i"}[bits]
        elif name == b"data":
            width = bits // 8
            frames = data[at + 8:at + 8 + size]
            frames = frames[:len(frames) // (width * channels) * width * channels]
            full = 1.0 if kind == "f" else float(1 << (bits - 1))
            return [v / full for v in struct.unpack(f"<{len(frames) // width}{kind}", frames)[::channels]], rate
        at += 8 + size + size % 2
    raise player.Failed("the sound file has no samples")


def share(samples, rate, hz, window=1024):
    """In each window, how loud this tone is (Goertzel)."""
    k = 2 * math.cos(2 * math.pi * hz / rate)
    out = []
    for at in range(0, len(samples) - window, window):
        s1 = s2 = 0.0
        for v in samples[at:at + window]:
            s1, s2 = v + k * s1 - s2, s1
        out.append(math.sqrt(max(0.0, s1 * s1 + s2 * s2 - k * s1 * s2)) / window)
    return out


def heard_s(sound, hz, louder_than):
    """How many seconds this tone was heard."""
    samples, rate = sound
    return sum(v > louder_than for v in share(samples, rate, hz)) * 1024 / rate


class Kiosk(player.Kiosk):
    """Its sound goes into heard.wav of its village; the file is whole when it has left."""

    open_ones = []

    def __init__(self, village, options, first="desk/home"):
        self.first = first
        self.heard = village.folder / "heard.wav"
        self.open_ones.append(self)
        conf = village.folder / "alsoft.conf"
        conf.write_text(f"[general]\ndrivers = wave\nfrequency = 44100\n[wave]\nfile = {self.heard}\n")
        super().__init__(village, options=options, environment={"ALSOFT_CONF": str(conf), "ALSOFT_DRIVERS": "wave"})

    def wait_screen(self, *keys, **how):
        first, self.first = self.first, None
        return super().wait_screen(*((first,) if first else keys), **how)

    def listened(self, for_s=0):
        time.sleep(for_s)
        self.close()
        self.open_ones.remove(self)
        return samples_of(self.heard)


def play(tests, village):
    """Each test opens its own kiosks; those that a failed one left are closed."""
    failed = 0
    for name, test in tests:
        try:
            test()
            print(f"ok   {name}")
        except player.Failed as why:
            failed += 1
            print(f"FAIL {name}: {why}")
            for kiosk in Kiosk.open_ones:
                kiosk.close()
        Kiosk.open_ones.clear()
    village.close()
    return 1 if failed else 0
