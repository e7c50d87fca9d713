"""Reads PMTiles 3 and its vector tiles from their specifications alone, knowing nothing of how they were written."""
import gzip
import json
import struct


def varints(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield value
            value = shift = 0


def tile_of(number):
    """(zoom, x, y) of a number: the Hilbert curve walked from its end."""
    zoom = 0
    while number >= 4 ** zoom:
        number -= 4 ** zoom
        zoom += 1
    x = y = 0
    side = 1
    while side < 2 ** zoom:
        right = 1 & (number // 2)
        low = 1 & (number ^ right)
        if low == 0:
            if right == 1:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        x += side * right
        y += side * low
        number //= 4
        side *= 2
    return zoom, x, y


class Archive:
    def __init__(self, path):
        self.bytes = path.read_bytes()
        assert self.bytes[:8] == b"PMTiles\x03"
        numbers = struct.unpack_from("<11Q", self.bytes, 8)
        (self.root, self.metadata_at, self.leaves, self.data), self.counts = zip(*[iter(numbers[:8])] * 2), numbers[8:]
        (self.clustered, self.internal, self.compression, self.kind, self.min_zoom, self.max_zoom) = self.bytes[96:102]
        self.box = [value / 1e7 for value in struct.unpack_from("<4i", self.bytes, 102)]
        self.metadata = json.loads(gzip.decompress(self.part(*self.metadata_at)))

    def part(self, offset, length):
        return self.bytes[offset:offset + length]

    def entries(self, place=None):
        """(number, offset, length) of every tile."""
        values = list(varints(gzip.decompress(self.part(*(place or self.root)))))
        count = values[0]
        numbers, runs, lengths, offsets = (values[1 + k * count:1 + (k + 1) * count] for k in range(4))
        number = 0
        last = None
        for delta, run, length, offset in zip(numbers, runs, lengths, offsets):
            number += delta
            start = last if offset == 0 else offset - 1
            last = start + length
            if run == 0:
                yield from self.entries((self.leaves[0] + start, length))
            for k in range(run):
                yield number + k, start, length

    def tiles(self):
        for number, offset, length in self.entries():
            yield tile_of(number), gzip.decompress(self.part(self.data[0] + offset, length))


def fields(message):
    """(number, value) of a protocol buffer's message: integers, or bytes."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
    while at < len(message):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            size = varint()
            yield key >> 3, message[at:at + size]
            at += size
        else:
            size = 8 if key & 7 == 1 else 4
            yield key >> 3, message[at:at + size]
            at += size


def zigzag(value):
    return (value >> 1) ^ -(value & 1)


def value_of(message):
    (number, raw), = fields(message)
    if number == 1:
        return raw.decode("utf-8")
    if number == 3:
        return struct.unpack("<d", raw)[0]
    return zigzag(raw) if number == 6 else bool(raw) if number == 7 else raw


def rings(message):
    numbers = list(varints(message))
    at = x = y = 0
    ring = []
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == 7:
            yield ring
            ring = []
            continue
        for _ in range(count):
            x += zigzag(numbers[at])
            y += zigzag(numbers[at + 1])
            at += 2
            ring.append((x, y))


def features(tile):
    """(layer name, identifier, values, rings) of a vector tile's features."""
    for _, layer in fields(tile):
        parts = list(fields(layer))
        name = next(value.decode() for number, value in parts if number == 1)
        keys = [value.decode() for number, value in parts if number == 3]
        values = [value_of(value) for number, value in parts if number == 4]
        for number, feature in parts:
            if number == 2:
                content = dict(fields(feature))
                tags = list(varints(content[2]))
                yield name, content[1], {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2])}, list(rings(content[4]))
