"""A vendor's agent with many items in memory, which answers by docs/erp.md and counts what it costs."""
import array
import bisect
import hashlib
import http.server
import json
import threading


def sku(number):
    return f"SKU-{number:07d}"


def content_hash(number, version=0):
    return hashlib.sha256(f"{number}:{version}".encode()).hexdigest()


class Items:
    """Lines `sku TAB hash LF` one behind the other, and where each begins."""

    def __init__(self, versions, count):
        """`versions`: of the items that differ; None for one that is not there."""
        self.numbers, self.skus, self.starts = [], [], array.array("Q", [0])
        self.versions = versions
        lines = bytearray()
        for number in range(count):
            version = versions.get(number, 0)
            if version is None:
                continue
            self.numbers.append(number)
            self.skus.append(sku(number).encode())
            lines += self.skus[-1] + b"\t" + content_hash(number, version).encode() + b"\n"
            self.starts.append(len(lines))
        self.lines = memoryview(bytes(lines))

    def place(self, end, otherwise):
        return otherwise if end is None else bisect.bisect_left(self.skus, end.encode())

    def indices(self, wanted):
        low = self.place(wanted.get("from"), 0)
        return low, max(low, self.place(wanted.get("to"), len(self.skus)))

    def sum(self, wanted):
        low, high = self.indices(wanted)
        section = self.lines[self.starts[low]:self.starts[high]]
        return {"count": high - low, "checksum": hashlib.sha256(section).hexdigest()}

    def item(self, index):
        number = self.numbers[index]
        return {
            "sku": sku(number), "name": f"Article {number}", "description": "Carton de douze",
            "unit": "PCE", "vat": "V20", "family": "F1", "unitPrice": 12.5, "currency": "EUR",
            "isActive": True, "contentHash": content_hash(number, self.versions.get(number, 0)),
            "timestamp": "2026-02-01T00:00:00Z"}

    def page(self, ranges, after, limit):
        found = []
        for wanted in ranges:
            low, high = self.indices(wanted)
            if after is not None:
                low = max(low, bisect.bisect_right(self.skus, after.encode()))
            for index in range(low, high):
                if len(found) == limit:
                    return {"items": found, "more": True}
                found.append(self.item(index))
        return {"items": found, "more": False}


class Agent:
    """Listens on a free port of this machine until `close`."""

    def __init__(self, items):
        self.calls, self.bytes_in, self.bytes_out = [], 0, 0
        self.ranges, self.items_given = 0, 0
        agent = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                question = json.loads(body)
                if self.path == "/sync/checksum":
                    agent.ranges += len(question["ranges"])
                    answer = {"ranges": [items.sum(wanted) for wanted in question["ranges"]]}
                else:
                    answer = items.page(
                        question["ranges"], question.get("after"), question["limit"])
                    agent.items_given += len(answer["items"])
                reply = json.dumps(answer, separators=(",", ":")).encode()
                agent.calls.append(self.path)
                agent.bytes_in += len(body)
                agent.bytes_out += len(reply)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
