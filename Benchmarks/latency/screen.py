"""`syncconsole watch` on a pseudo-terminal, read as a person would: what is on screen, and when."""
import ctypes
import fcntl
import os
import pty
import re
import select
import struct
import termios
import threading
import time

COLUMNS, LINES = 160, 50
CODE = re.compile(rb"LAT_(\d{7})")


class Rectangle(ctypes.Structure):
    """VTermRect: rows and columns from, to behind."""
    _fields_ = [(name, ctypes.c_int) for name in ("top", "bottom", "left", "right")]


class Emulator:
    """Debian's libvterm. One in Python takes a core, and longer for a frame than the frame waited."""

    def __init__(self):
        try:
            self.library = ctypes.CDLL("libvterm.so.0")
        except OSError:
            raise SystemExit("bench: needs libvterm: apt-get install libvterm0") from None
        self.library.vterm_new.restype = ctypes.c_void_p
        self.library.vterm_obtain_screen.restype = ctypes.c_void_p
        self.library.vterm_screen_get_text.restype = ctypes.c_size_t
        self.terminal = ctypes.c_void_p(self.library.vterm_new(LINES, COLUMNS))
        self.library.vterm_set_utf8(self.terminal, 1)
        self.screen = ctypes.c_void_p(self.library.vterm_obtain_screen(self.terminal))
        self.library.vterm_screen_enable_altscreen(self.screen, 1)
        self.library.vterm_screen_reset(self.screen, 1)
        self.text = ctypes.create_string_buffer(LINES * COLUMNS * 4)

    def feed(self, chunk):
        self.library.vterm_input_write(self.terminal, chunk, ctypes.c_size_t(len(chunk)))

    def display(self):
        length = self.library.vterm_screen_get_text(
            self.screen, self.text, ctypes.c_size_t(len(self.text)),
            Rectangle(0, LINES, 0, COLUMNS))
        return self.text.raw[:length]


class Screen:
    def __init__(self, program, environment):
        self.emulator = Emulator()
        self.seen = []
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.execvpe(program, [program, "watch"], environment | {"TERM": "xterm-256color"})
        self.pid = pid
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def press(self, keys):
        os.write(self.terminal, keys.encode())

    def read(self):
        """After each frame, the moment and the highest number on screen."""
        highest = -1
        while True:
            try:
                chunk = os.read(self.terminal, 1 << 16)
                # A frame is one write, which may be read in pieces.
                while select.select([self.terminal], [], [], 0.002)[0]:
                    chunk += os.read(self.terminal, 1 << 16)
            except OSError:
                return
            if not chunk:
                return
            moment = time.time()
            self.emulator.feed(chunk)
            numbers = [int(number) for number in CODE.findall(self.emulator.display())]
            if numbers and max(numbers) > highest:
                highest = max(numbers)
                self.seen.append((moment, highest))

    def close(self):
        os.kill(self.pid, 15)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
