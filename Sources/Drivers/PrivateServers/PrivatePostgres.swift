import FoundationEssentials
import Glibc
import Postgres

/// A PostgreSQL cluster of our own: in a new folder, behind a Unix socket that only this user (and
/// root) can reach, and gone when this process is, in whatever way it goes.
///
/// The parent-death signal belongs to the thread that starts the server, so all of this runs on one
/// thread that lives as long as the actor.
package actor PrivatePostgres {
    /// What a committed transaction survives.
    package enum Durability: Sendable {
        /// The machine's crash, like a production server.
        case machine
        /// Only the server's: several times faster, for tests.
        case process
    }

    /// `sun_path` of a Unix socket, without the NUL.
    private static let longestSocketPath = 107
    private static let port = 5_432

    /// As the superuser `postgres`, to the database `postgres`. No secret in it.
    package nonisolated let connectionURL: String
    /// The folder of this run; `log` lies in it.
    package nonisolated let folder: String

    private let executor: ThreadExecutor
    private let runFolder: RunFolder
    private let account: ServerAccount
    private let command: [String]
    private var server: ChildProcess?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Where the data come from.
    enum Origin: Sendable {
        case empty
        /// A copy of a running server, which it then follows.
        case copy(socketFolder: String)
    }

    /// Creates a cluster and starts it.
    ///
    /// - Parameters:
    ///   - parent: where the folder of this run is made; it must be short, and as root open to the
    ///     user `postgres`.
    ///   - settings: of `postgresql.conf`, over our own.
    package static func start(
        in parent: String = RunFolder.defaultParent, durability: Durability = .machine,
        settings: [String: String] = [:]
    ) async throws -> PrivatePostgres {
        try await start(.empty, in: parent, durability, settings)
    }

    static func start(
        _ origin: Origin, in parent: String = RunFolder.defaultParent, _ durability: Durability,
        _ settings: [String: String]
    ) async throws -> PrivatePostgres {
        let cluster = try PrivatePostgres(origin, parent, durability, settings)
        do {
            try await cluster.initialise()
            try await cluster.launch()
        } catch {
            await cluster.stop()
            throw error
        }
        return cluster
    }

    private init(
        _ origin: Origin, _ parent: String, _ durability: Durability, _ settings: [String: String]
    ) throws(PrivateServerError) {
        let binaries = try PostgresBinaries.find()
        account = try ServerAccount.current()
        runFolder = try RunFolder(in: parent)
        folder = runFolder.path
        executor = ThreadExecutor(named: "private-pg")
        connectionURL = Self.connectionURL(socketFolder: folder + "/s", database: "postgres")
        command =
            account.prefix + ["--pdeathsig", "QUIT", binaries.postgres, "-D", folder + "/data"]
            + Self.settings(durability, settings, socketFolder: folder + "/s")
            .flatMap { ["-c", "\($0.key)=\($0.value)"] }
        let making =
            switch origin {
            case .empty:
                [
                    binaries.initdb, "-D", folder + "/data", "-U", "postgres", "--encoding=UTF8",
                    "--locale=C", "--auth=trust", "--no-sync", "--no-instructions",
                ]
            case .copy(let socketFolder):
                [
                    binaries.baseBackup, "-D", folder + "/data", "-h", socketFolder, "-p",
                    "\(Self.port)", "-U", "postgres", "--checkpoint=fast", "--wal-method=stream",
                    "--write-recovery-conf", "--no-sync",
                ]
            }
        creation = account.prefix + making
        let socket = "\(folder)/s/.s.PGSQL.\(Self.port)"
        guard socket.utf8.count <= Self.longestSocketPath else {
            runFolder.remove()
            throw PrivateServerError(
                "The path of the server's socket, \(socket), is longer than the "
                    + "\(Self.longestSocketPath) bytes that Linux takes: choose a shorter folder.")
        }
    }

    private let creation: [String]
}

// MARK: Life

extension PrivatePostgres {
    /// Shuts the server down and removes the folder.
    package func stop() {
        shutDown()
        runFolder.remove()
    }

    /// Shuts the server down; its clients lose their connections. The data stays.
    package func shutDown() {
        guard let server else { return }
        self.server = nil
        thaw(server)
        for (signal, patience) in [(SIGINT, 5), (SIGQUIT, 3), (SIGKILL, 5)] {
            server.send(signal)
            if server.wait(.seconds(patience)) != nil { return }
        }
    }

    /// Starts the server on the data that are there, at the same address.
    package func launch() throws {
        guard server == nil else { return }
        let child = try ChildProcess.spawn(command, log: log)
        server = child
        if let identity = ProcessTable.identity(of: child.pid) { runFolder.note(server: identity) }
        try waitUntilReady(child)
    }

    /// Ends the server as a power cut would; the data stay as they are.
    package func crash() {
        guard let server else { return }
        self.server = nil
        let children = ProcessTable.children(of: server.pid)
        server.send(SIGKILL)
        for child in children { kill(child, SIGKILL) }
        _ = server.wait(.seconds(5))
    }

    /// Those of its processes that say `title` of themselves, such as `walsender`.
    package func processes(titled title: String) -> [Int32] {
        guard let server else { return [] }
        return ProcessTable.children(of: server.pid).filter {
            ProcessTable.arguments(of: $0).joined(separator: " ").contains(title)
        }
    }

    package func restart() throws {
        shutDown()
        try launch()
    }

    /// The process id of the postmaster, nil while it is down.
    package var pid: Int32? { server?.pid }

    /// The file with what the server says.
    package nonisolated var log: String { folder + "/server.log" }

    private func initialise() throws {
        try account.makeFolder(folder + "/data")
        try account.makeFolder(folder + "/s")
        let child = try ChildProcess.spawn(creation, log: log)
        guard child.wait(.seconds(60)) == 0 else {
            throw PrivateServerError("The cluster could not be made: \(lastWords)")
        }
    }

    /// The eighth line of `postmaster.pid` says `ready` once connections are accepted
    /// (`src/include/utils/pidfile.h`).
    private func waitUntilReady(_ child: ChildProcess) throws {
        let end = ContinuousClock.now + .seconds(60)
        while .now < end {
            let file = try? String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
            let lines = file?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
            if lines.count > 7, lines[0] == "\(child.pid)", lines[7].hasPrefix("ready") { return }
            guard child.exitStatus() == nil else {
                server = nil
                throw PrivateServerError("The private PostgreSQL ended at once: \(lastWords)")
            }
            usleep(2_000)
        }
        throw PrivateServerError("The private PostgreSQL did not become ready: \(lastWords)")
    }

    private var lastWords: String {
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(3).joined(separator: " / ")
    }
}

// MARK: Frost

extension PrivatePostgres {
    /// Stops every process of the server where it stands: connections stay open and nobody answers.
    package func freeze() {
        guard let server else { return }
        // The postmaster first, so that it starts no process that would escape.
        server.send(SIGSTOP)
        for child in ProcessTable.children(of: server.pid) { kill(child, SIGSTOP) }
    }

    package func thaw() {
        if let server { thaw(server) }
    }

    private func thaw(_ server: ChildProcess) {
        for child in ProcessTable.children(of: server.pid) { kill(child, SIGCONT) }
        server.send(SIGCONT)
    }
}
