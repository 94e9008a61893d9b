import FoundationEssentials
import Glibc
import Postgres
import PrivateServers

/// A server from PyPI, one for all tests of this process, gone when the process is.
///
/// The parent-death signal belongs to the thread that starts it, so that is one which lives as long
/// as the actor.
package actor PythonServer {
    /// gcp-storage-emulator, with the empty bucket `catalog`; everything is kept in memory.
    package static let google = PythonServer(
        script: """
            import signal
            from gcp_storage_emulator.server import create_server
            server = create_server("127.0.0.1", 0, True, default_bucket="catalog")
            server.start()
            print("port", server._api._httpd.server_address[1], flush=True)
            signal.pause()
            """)

    /// moto's S3, with the empty bucket `catalog`; everything is kept in memory. It wants every
    /// request to be signed, and does not check with which key.
    package static let amazon = PythonServer(
        script: """
            import logging, signal, urllib.request
            from moto.server import ThreadedMotoServer
            logging.getLogger("werkzeug").setLevel(logging.ERROR)
            server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
            server.start()
            port = server.get_host_and_port()[1]
            url = f"http://127.0.0.1:{port}/catalog"
            urllib.request.urlopen(urllib.request.Request(url, method="PUT"))
            print("port", port, flush=True)
            signal.pause()
            """)

    /// aiosmtpd: takes mail and tells what it took. Whoever writes to `hang@` waits for ever; to
    /// `refused@` nothing is taken.
    package static let mail = PythonServer(
        script: """
            import asyncio, json
            from aiosmtpd.smtp import SMTP
            class Handler:
                async def handle_RCPT(self, server, session, envelope, address, options):
                    if address.startswith("hang@"):
                        await asyncio.sleep(3600)
                    if address.startswith("refused@"):
                        return "550 no such person"
                    envelope.rcpt_tos.append(address)
                    return "250 OK"
                async def handle_DATA(self, server, session, envelope):
                    mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos,
                            "text": envelope.content.decode("ascii")}
                    print("mail", json.dumps(mail), flush=True)
                    return "250 taken"
            async def main():
                server = await asyncio.get_running_loop().create_server(
                    lambda: SMTP(Handler(), hostname="test"), "127.0.0.1", 0)
                print("port", server.sockets[0].getsockname()[1], flush=True)
                await asyncio.Event().wait()
            asyncio.run(main())
            """)

    private let executor = ThreadExecutor(named: "python-server")
    private let script: String
    private var address: String?
    private var log: String?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private init(script: String) {
        self.script = script
    }

    /// `http://127.0.0.1:port`, started when it is asked for first.
    package func url() throws -> String {
        if let address { return address }
        let python = Self.python
        guard access(python, X_OK) == 0 else {
            throw PythonServerError(
                message: "There is no \(python): run scripts/setup --tests, which installs it.")
        }
        var template = Array("/tmp/sc-bucket-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw PythonServerError(message: "Cannot write to /tmp.") }
        close(descriptor)
        let log = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        removeAtExit(log)
        self.log = log
        let child = try ChildProcess.spawn(
            ["/usr/bin/setpriv", "--pdeathsig", "KILL", python, "-c", script],
            environment: ["HOME=/tmp", "PYTHONDONTWRITEBYTECODE=1"], log: log)
        let end = ContinuousClock.now + .seconds(60)
        while .now < end {
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("port ") }
            if let port = line.flatMap({ UInt16($0.dropFirst(5)) }) {
                let address = "http://127.0.0.1:\(port)"
                self.address = address
                return address
            }
            guard child.exitStatus() == nil else {
                throw PythonServerError(message: "The server ended at once: \(text)")
            }
            usleep(10_000)
        }
        child.send(SIGKILL)
        throw PythonServerError(message: "The server did not start within a minute.")
    }

    /// The port on 127.0.0.1, started when it is asked for first.
    package func port() throws -> Int {
        Int(try url().split(separator: ":").last ?? "") ?? 0
    }

    /// Of the lines that it has printed so far, those that begin with a word, without it.
    package func lines(_ word: String) -> [String] {
        guard let log else { return [] }
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix(word + " ") }
            .map { String($0.dropFirst(word.utf8.count + 1)) }
    }

    private static let python = folder + "python3"

    /// In this clone's build folder, where scripts/setup puts it; with a slash at the end.
    static let folder: String = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/.build/python/bin/"
    }()
}

package struct PythonServerError: Error, CustomStringConvertible {
    package let message: String
    package var description: String { message }
}
