"""`syncconsole watch` on a pseudo-terminal, read as a person would: what is on screen, and when."""
import codecs
import fcntl
import os
import pty
import re
import select
import struct
import termios
import threading
import time

import pyte

COLUMNS, LINES = 160, 50
CODE = re.compile(r"LAT_(\d{7})")


class Screen:
    def __init__(self, program, environment):
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.Stream(self.screen)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
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
            self.stream.feed(self.decoder.decode(chunk))
            numbers = [int(n) for line in self.screen.display for n in CODE.findall(line)]
            if numbers and max(numbers) > highest:
                highest = max(numbers)
                self.seen.append((moment, highest))

    def shows(self, text):
        return any(text in line for line in self.screen.display)

    def close(self):
        os.kill(self.pid, 15)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
