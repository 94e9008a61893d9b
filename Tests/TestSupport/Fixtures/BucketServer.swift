import FoundationEssentials
import Glibc
import Postgres
import PrivateServers

/// A bucket's server from PyPI, one for all tests of this process, gone when the process is.
///
/// The parent-death signal belongs to the thread that starts it, so that is one which lives as long
/// as the actor.
package actor BucketServer {
    /// gcp-storage-emulator, with the empty bucket `catalog`; everything is kept in memory.
    package static let google = BucketServer(
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
    package static let amazon = BucketServer(
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

    private let executor = ThreadExecutor(named: "bucket-server")
    private let script: String
    private var address: String?

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
            throw BucketServerError(
                message: "There is no \(python): run scripts/setup --tests, which installs it.")
        }
        var template = Array("/tmp/sc-bucket-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw BucketServerError(message: "Cannot write to /tmp.") }
        close(descriptor)
        let log = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        removeAtExit(log)
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
                throw BucketServerError(message: "The bucket's server ended at once: \(text)")
            }
            usleep(10_000)
        }
        child.send(SIGKILL)
        throw BucketServerError(message: "The bucket's server did not start within a minute.")
    }

    /// In this clone's build folder, where scripts/setup puts it.
    private static let python: String = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return "/\(root)/.build/python/bin/python3"
    }()
}

package struct BucketServerError: Error, CustomStringConvertible {
    package let message: String
    package var description: String { message }
}
