import LocalSocket
import Probes

#if canImport(Glibc)
    import Glibc
#endif

/// Answers on the local socket until it is stopped.
///
/// Flows in: one question a connection. Flows out: what the engine knows, from memory. Where no
/// socket can be had, that is said once, and the engine goes on without.
actor NeighbourService: EngineService {
    private static let retry: Duration = .seconds(10)

    private let settings: SocketSettings
    private let reading: @Sendable () async -> NeighbourReading
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var server: LocalSocketServer?
    private var isStopping = false
    private var problem: String?

    init(
        settings: SocketSettings, log: EngineLog,
        reading: @escaping @Sendable () async -> NeighbourReading
    ) {
        self.settings = settings
        self.log = log
        self.reading = reading
    }

    func run() async {
        while !isStopping {
            do {
                try await serve()
            } catch {
                if problem != error.description {
                    log(.warning, "socket", "no local socket: \(error); set socket.folder")
                }
                problem = error.description
            }
            if !isStopping { await wakeup.wait(atMost: Self.retry) }
        }
    }

    func stop() async {
        isStopping = true
        wakeup.wake()
        await server?.stop()
    }

    private func serve() async throws(LocalSocketError) {
        var group: UInt32?
        if let name = settings.group {
            group = PeerCredentials.groupID(named: name)
            guard group != nil else {
                throw LocalSocketError("there is no group \(name)", number: 0)
            }
        }
        let path = try place(group: group)
        let log = log
        let reading = reading
        let server = LocalSocketServer(path, group: group) { peer in
            log(.warning, "socket", "user \(peer.userID) may not ask")
        } answer: { question in
            guard question == NeighbourProbe.question else {
                return Array(#"{"error":"this build answers version 1, readings"}"#.utf8)
            }
            return await reading().document
        }
        self.server = server
        // It may have been told to stop before there was a server to be told.
        if isStopping { await server.stop() }
        log(.info, "socket", "answers on \(path.path)")
        try await server.run()
    }

    /// The socket of this process in the first folder that will have it.
    private func place(group: UInt32?) throws(LocalSocketError) -> LocalSocketPath {
        var last = LocalSocketError("no folder is configured", number: 0)
        for folder in settings.folders {
            do throws(LocalSocketError) {
                try LocalSocketFolder.prepare(folder, group: group)
                LocalSocketFolder.sweep(folder)
                guard let path = LocalSocketFolder.path(in: folder, name: "engine-\(getpid())")
                else { throw LocalSocketError("\(folder) is too long a path", number: 0) }
                return path
            } catch {
                last = error
            }
        }
        throw last
    }
}
