import FoundationEssentials
import Glibc
import Postgres
import PrivateServers
import TestSupport
import Testing

@Suite("A private PostgreSQL")
struct PrivatePostgresTests {
    private static let parentVariable = "SYNCCONSOLE_TEST_PARENT"

    @Test("is a child of the tests below", .enabled(if: ChildTest.isRunning("holder")))
    func holdsAServerUntilKilled() async throws {
        let parent = try #require(ChildTest.variable(Self.parentVariable))
        let cluster = try await PrivatePostgres.start(in: parent, durability: .process)
        await ChildTest.waitToBeKilled()
        await cluster.stop()
    }

    /// Starts another process that holds a server in the folder.
    private func startHolder(
        in parent: String
    ) async throws -> (holder: ChildProcess, folder: String, server: Int32) {
        let holder = try ChildTest.spawn(
            "holder", function: "holdsAServerUntilKilled",
            environment: ["\(Self.parentVariable)=\(parent)"], log: parent + "/log")
        var found: (String, Int32)?
        let isReady = try await eventually(within: .seconds(60)) {
            let entries = try FileManager.default.contentsOfDirectory(atPath: parent)
            for entry in entries where entry.hasPrefix("syncconsole-pg-") {
                let path = "\(parent)/\(entry)/data/postmaster.pid"
                let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                guard lines.count > 7, lines[7].hasPrefix("ready") else { continue }
                found = Int32(lines[0]).map { ("\(parent)/\(entry)", $0) }
            }
            return found != nil
        }
        if !isReady { holder.send(SIGKILL) }
        let (folder, server) = try #require(found)
        return (holder, folder, server)
    }

    private func isGone(_ pid: Int32) -> Bool { kill(pid, 0) != 0 && errno == ESRCH }

    @Test("goes when its parent is killed, and a sweep removes what it left")
    func diesWithItsParent() async throws {
        try await withTemporaryFolder { parent in
            let (holder, folder, server) = try await startHolder(in: parent)
            #expect(RunFolder.sweep(in: parent).isEmpty)
            #expect(!isGone(server))
            holder.send(SIGKILL)
            _ = await holder.ended()
            #expect(await eventually { isGone(server) })
            #expect(RunFolder.sweep(in: parent) == [folder])
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test("that was frozen when its parent was killed is stopped by the sweep")
    func frozenStray() async throws {
        try await withTemporaryFolder { parent in
            let (holder, folder, server) = try await startHolder(in: parent)
            kill(server, SIGSTOP)
            holder.send(SIGKILL)
            _ = await holder.ended()
            #expect(!isGone(server))
            #expect(RunFolder.sweep(in: parent) == [folder])
            #expect(await eventually { isGone(server) })
        }
    }

    @Test("the sweep kills no process that it cannot prove its own")
    func foreignProcess() async throws {
        try await withTemporaryFolder { parent in
            let bystander = try ChildProcess.spawn(["/bin/sleep", "60"], log: "/dev/null")
            let folder = parent + "/syncconsole-pg-stray"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            let stat = try String(contentsOfFile: "/proc/\(bystander.pid)/stat", encoding: .utf8)
            let ticks = try #require(stat.split(separator: " ").dropFirst(21).first)
            try Data("\(bystander.pid) \(ticks)\n".utf8)
                .write(to: URL(filePath: folder + "/owner.lock"))
            #expect(RunFolder.sweep(in: parent) == [folder])
            #expect(!isGone(bystander.pid))
            #expect(bystander.exitStatus() == nil)
            bystander.send(SIGKILL)
            _ = await bystander.ended()
        }
    }

    @Test("leaves a folder alone whose owner is just about to lock it")
    func settlingFolder() async throws {
        try await withTemporaryFolder { parent in
            let folder = parent + "/syncconsole-pg-fresh"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            try Data().write(to: URL(filePath: folder + "/owner.lock"))
            #expect(RunFolder.sweep(in: parent).isEmpty)
            #expect(FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test("leaves other folders, and links in the place of folders, alone")
    func otherFolders() async throws {
        try await withTemporaryFolder { parent in
            let keep = parent + "/keep"
            try FileManager.default.createDirectory(
                atPath: keep, withIntermediateDirectories: false)
            symlink(keep, parent + "/syncconsole-pg-link")
            #expect(RunFolder.sweep(in: parent).isEmpty)
            #expect(FileManager.default.fileExists(atPath: keep))
        }
    }

    @Test("keeps its data over a restart, and removes its folder when it stops")
    func restart() async throws {
        let cluster = try await PrivatePostgres.start(durability: .machine)
        let session = PostgresSession(PostgresSettings(url: cluster.connectionURL))
        try await session.withConnection { try await $0.script("CREATE TABLE t (n bigint)") }
        try await cluster.restart()
        let rows = try await session.withConnection { try await $0.query("SELECT * FROM t") }
        #expect(rows.isEmpty)
        let row = try await session.withConnection {
            try await $0.query(
                """
                SELECT current_setting('fsync') AS fsync, current_setting('listen_addresses') AS tcp,
                    current_setting('server_encoding') AS encoding,
                    current_setting('lc_collate') AS locale
                """
            ).only()
        }
        #expect(try row.string("fsync") == "on")
        #expect(try row.string("tcp") == "")
        #expect(try row.string("encoding") == "UTF8")
        #expect(try row.string("locale") == "C")
        await session.close()
        await cluster.stop()
        #expect(!FileManager.default.fileExists(atPath: cluster.folder))
    }

    @Test("is in a session of its own, out of reach of the terminal's Ctrl-C")
    func ownSession() async throws {
        try await PostgresFixture.withCluster { cluster in
            let pid = try #require(await cluster.pid)
            #expect(getsid(pid) != getsid(0))
        }
    }

    @Test("a folder too deep for a socket is refused in clear words")
    func longPath() async throws {
        try await withTemporaryFolder { parent in
            let deep = parent + "/" + String(repeating: "d", count: 90)
            try FileManager.default.createDirectory(
                atPath: deep, withIntermediateDirectories: false)
            let error = await #expect(throws: PrivateServerError.self) {
                _ = try await PrivatePostgres.start(in: deep)
            }
            #expect(error?.description.contains("107 bytes") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: deep).isEmpty)
        }
    }
}
