"""A disk that loses power, played from a tape of tape.c.

A file holds what was synced and a list of writes that were not.  When the
power goes, any of those may have arrived: whole, or only some sectors of
them.  Names in a directory arrive in order (file systems journal them), up
to any point after its last sync.
"""
import os
import struct

HEAD = struct.Struct("=c3xiqII")


def records(path):
    """(kind, who, path, offset, data) in the order of the tape:
    c create, w write, t truncate, u unlink, r rename (data: new name),
    b/e begin and end of a sync, a answer sent."""
    with open(path, "rb") as tape:
        while head := tape.read(HEAD.size):
            kind, who, offset, path_bytes, data_bytes = HEAD.unpack(head)
            name = tape.read(path_bytes).decode()
            yield kind.decode(), who, name, offset, tape.read(data_bytes)


class File:
    def __init__(self):
        self.safe = bytearray()
        self.loose = []  # (offset, data), or (size, None) to truncate

    def sync(self, count):
        for change in self.loose[:count]:
            apply(self.safe, *change)
        del self.loose[:count]


def apply(content, offset, data):
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


class Disk:
    def __init__(self, home):
        self.home = home
        self.now = {}  # as the program sees it
        self.safe = {}  # names after the last sync of the directory
        self.loose = []  # changes of names since
        self.syncs = {}  # thread -> (path, file, changes at its begin)

    def play(self, kind, who, path, offset, data):
        file = self.now.get(path)
        if kind == "c":
            self.rename(("c", path, File()))
        elif kind == "u" and file:
            self.rename(("u", path, None))
        elif kind == "r" and file:
            self.rename(("r", path, data.decode()))
        elif kind == "w" and file:
            file.loose.append((offset, data))
        elif kind == "t" and file:
            file.loose.append((offset, None))
        elif kind == "b":
            self.begin(who, path, file)
        elif kind == "e":
            self.end(who)

    def rename(self, change):
        self.loose.append(change)
        change_names(self.now, change)

    def begin(self, who, path, file):
        loose = file.loose if file else self.loose
        self.syncs[who] = path, file, len(loose)

    def end(self, who):
        path, file, count = self.syncs.pop(who)
        if file:
            file.sync(count)
        elif path == self.home:
            for change in self.loose[:count]:
                change_names(self.safe, change)
            del self.loose[:count]

    def image(self, rng, names):
        """What may be found of `names` when the power goes now."""
        there = dict(self.safe)
        for change in self.loose[:rng.randint(0, len(self.loose))]:
            change_names(there, change)
        fate = rng.choice(FATES)
        found = {}
        for name in names:
            file = there.get(os.path.join(self.home, name))
            if file:
                found[name] = after_loss(file, fate, rng)
        return found


def change_names(names, change):
    kind, path, more = change
    if kind == "c":
        names[path] = more
    elif path in names:
        file = names.pop(path)
        if kind == "r":
            names[more] = file


def after_loss(file, fate, rng):
    content = bytearray(file.safe)
    for change in fate(file.loose, rng):
        apply(content, *change)
    return content


def nothing(loose, rng):
    return ()


def everything(loose, rng):
    return loose


def first_ones(loose, rng):
    return loose[:rng.randint(0, len(loose))]


def some(loose, rng):
    likely = rng.random()
    return [change for change in loose if rng.random() < likely]


def last_ones(loose, rng):
    return loose[rng.randint(0, len(loose)):]


def torn(sector):
    def fate(loose, rng):
        likely = rng.random()
        for offset, data in loose:
            if data is None:
                if rng.random() < likely:
                    yield offset, None
                continue
            at = 0
            while at < len(data):
                size = min(sector - (offset + at) % sector, len(data) - at)
                if rng.random() < likely:
                    yield offset + at, data[at:at + size]
                at += size
    return fate


FATES = (nothing, everything, first_ones, last_ones, some, torn(512),
         torn(4096))
