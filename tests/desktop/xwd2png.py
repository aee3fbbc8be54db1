#!/usr/bin/env python3
"""xwd2png.py IN OUT.png: a picture of the screen of Xvfb, from the file in which it keeps it."""
import struct
import sys
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


screen = open(sys.argv[1], "rb").read()
header = struct.unpack(">25I", screen[:100])
size, version, form, width, height, order = header[0], header[1], header[2], header[4], header[5], header[7]
bits, stride, colours = header[11], header[12], header[19]
assert version == 7 and form == 2 and bits == 32, header
start, rows = size + colours * 12, bytearray()
for y in range(height):
    row = screen[start + y * stride:][:width * 4]
    blue, green, red = (row[0::4], row[1::4], row[2::4]) if order == 0 else (row[3::4], row[2::4], row[1::4])
    line = bytearray(width * 3)
    line[0::3], line[1::3], line[2::3] = red, green, blue
    rows += b"\0" + line
with open(sys.argv[2], "wb") as picture:
    picture.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
    picture.write(chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))
