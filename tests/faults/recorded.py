"""What the shim (shim.cpp) wrote down, and the disks a power cut could have left of it.

A file's durable content is what its last fsync or fdatasync forced; a folder's names are durable when the folder was forced. Everything later
may be there or not, in any order and by halves, except that a name cannot be renamed before it was made. Stricter than ext4, which forces a
new file's name with the file.
"""
import os
import struct

HEAD = struct.Struct("<cIqqI")
SECTOR = 512


def operations(log):
    """(op, file, a, b, bytes), in their order."""
    with open(log, "rb") as handle:
        data = handle.read()
    at = 0
    while at < len(data):
        op, file, a, b, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        yield op.decode(), file, a, b, data[at:at + length]
        at += length


class File:
    def __init__(self):
        self.durable, self.now, self.waiting = bytearray(), bytearray(), []
        self.forced = 0  # how often it changed durably

    @staticmethod
    def apply(content, op, a, data):
        if op == "W":
            if len(content) < a + len(data):
                content.extend(bytes(a + len(data) - len(content)))
            content[a:a + len(data)] = data
        elif op == "T":
            del content[a:]
            content.extend(bytes(a - len(content)))
        elif op == "P" and len(content) < a:
            content.extend(bytes(a - len(content)))

    def change(self, op, a, data=b""):
        self.waiting.append((op, a, data))
        self.apply(self.now, op, a, data)

    def force(self):
        for change in self.waiting:
            self.apply(self.durable, *change)
        self.forced += bool(self.waiting)
        self.waiting.clear()

    def left(self, how, chance):
        if how == "none" or not self.waiting:
            return self.durable
        if how == "all":
            return self.now
        content = bytearray(self.durable)
        for op, a, data in self.waiting:
            if how == "torn" and op == "W":
                # In sectors of the disk, not of the call.
                at = a
                while at < a + len(data):
                    end = min((at // SECTOR + 1) * SECTOR, a + len(data))
                    if chance.random() < 0.5:
                        self.apply(content, "W", at, data[at - a:end - a])
                    at = end
            elif chance.random() < 0.5:
                self.apply(content, op, a, data)
        return content


class Disk:
    """Everything below one folder: a device of its own."""

    def __init__(self, root):
        self.root = root
        self.files = {}
        self.names, self.durable_names, self.waiting = {root: "folder"}, {root: "folder"}, []
        self.folders = {}  # number -> path
        self.turns = 0     # how often its durable state changed

    def take(self, op, file, a, data, path):
        if op in "CO":
            if op == "C":
                self.files[file] = File()
                self._name(("C", path, file))
        elif op == "F":
            self.folders[file] = path
        elif op == "M":
            self._name(("C", path, "folder"))
        elif op in "UX":
            self._name(("U", path, None))
        elif op == "R":
            self._name(("R", path[0], path[1]))
        elif op == "L":
            self._name(("C", path[1], self.names[path[0]]))
        elif op in "WTP":
            self.files[file].change(op, a, data)
        elif op == "S":
            if file in self.folders:
                self._force_names(self.folders[file])
            elif file in self.files:
                self.files[file].force()
            self.turns += 1

    @staticmethod
    def _rename(names, change):
        op, path, more = change
        if op == "C":
            names[path] = more
        elif op == "U":
            names.pop(path, None)
        elif path in names:
            names[more] = names.pop(path)

    def _name(self, change):
        self._rename(self.names, change)
        self.waiting.append(change)

    def _force_names(self, folder):
        later = []
        for change in self.waiting:
            if os.path.dirname(change[1]) == folder:
                self._rename(self.durable_names, change)
            else:
                later.append(change)
        self.waiting = later

    def quiet(self):
        """Nothing waits: all four states are one."""
        return not self.waiting and not any(f.waiting for f in self.files.values())

    def left(self, how, chance):
        """path below the root -> content (None: a folder)."""
        if how == "all":
            names = self.names
        else:
            names = dict(self.durable_names)
            if how != "none":
                for change in self.waiting:
                    if chance.random() < 0.5:
                        self._rename(names, change)
        out = {}
        for path, file in names.items():
            if path == self.root or path.endswith("-shm"):  # memory: made anew by whoever opens first
                continue
            out[os.path.relpath(path, self.root)] = None if file == "folder" else self.files[file].left(how, chance)
        return out


def build(left, folder):
    """Writes such a state. Long runs of zeros stay holes."""
    os.makedirs(folder, exist_ok=True)
    for path, content in sorted(left.items()):
        whole = os.path.join(folder, path)
        if content is None:
            os.makedirs(whole, exist_ok=True)
            continue
        if not os.path.isdir(os.path.dirname(whole)):
            continue  # its folder is not there: nobody finds it
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            full = len(content.rstrip(b"\0")) if len(content) > 1 << 20 else len(content)
            with memoryview(content) as view:
                os.pwrite(handle, view[:full], 0)
            os.ftruncate(handle, len(content))
        finally:
            os.close(handle)
