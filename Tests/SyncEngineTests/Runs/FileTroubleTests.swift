import Foundation
import Glibc
import Testing

@testable import SyncEngine

@Suite("A file that makes trouble")
struct FileTroubleTests {
    /// The run's end, where it failed before it changed anything.
    private func failure(
        _ prepare: (RunFixture) throws -> Void
    ) async throws -> String {
        var failure = ""
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            try prepare(fixture)
            let contents = try await fixture.contents()
            let id = try await fixture.reconcile()
            failure = try await fixture.figures(id)
                .replacing(fixture.folder, with: "FOLDER")
            #expect(try await fixture.contents() == contents)
        }
        return failure
    }

    @Test("since it is a folder is not read")
    func folder() async throws {
        let end = try await failure { fixture in
            try FileManager.default.createDirectory(
                atPath: fixture.folder + "/services.csv", withIntermediateDirectories: false)
        }
        #expect(end == "FAILED FOLDER/services.csv is a folder: put a plain file there.")
    }

    @Test("since it is a pipe is not read, and nobody waits for it")
    func pipe() async throws {
        let end = try await failure { fixture in
            #expect(mkfifo(fixture.folder + "/services.csv", 0o644) == 0)
        }
        #expect(end == "FAILED FOLDER/services.csv is no regular file: put a plain file there.")
    }

    @Test("since it is a link out of its folder is not read")
    func link() async throws {
        let end = try await failure { fixture in
            try FileManager.default.createSymbolicLink(
                atPath: fixture.folder + "/services.csv", withDestinationPath: "/etc/passwd")
        }
        #expect(
            end == "FAILED FOLDER/services.csv is a symbolic link out of its folder: put the file "
                + "itself there.")
    }

    @Test("since it may not be read says so", .enabled(if: geteuid() != 0, "root may read all"))
    func unreadable() async throws {
        let end = try await failure { fixture in
            try fixture.write([RunFixture.row("A", duration: "90")])
            #expect(chmod(fixture.folder + "/services.csv", 0) == 0)
        }
        #expect(end.hasPrefix("FAILED FOLDER/services.csv may not be read"))
    }

    @Test("since its folder is not there says so")
    func noFolder() async throws {
        try await RunFixture.with(location: "/nowhere/at/all") { fixture async throws in
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "FAILED The folder /nowhere/at/all does not exist: create or mount it, or "
                    + "correct the source's location.")
        }
    }

    @Test("since its path is not there is not waited for")
    func noPath() async throws {
        try await RunFixture.with(patience: .seconds(3_600)) { fixture async throws in
            let id = try await fixture.reconcile("/nowhere/at/all.csv")
            #expect(
                try await fixture.figures(id)
                    == "FAILED there is no file /nowhere/at/all.csv on this engine's machine; a "
                    + "file that is named with its path is not waited for")
        }
    }

    /// Two hundred services that drift, and a run that stands before its second chunk.
    private func inMidst(
        _ change: (RunFixture) throws -> Void,
        _ check: (RunFixture, _ run: Int64, _ changed: Int) async throws -> Void
    ) async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 100)) { fixture async throws in
            let codes = (100..<300).map { "S\($0)" }
            try await fixture.events.apply(codes.map { RunFixture.event("e\($0)", $0) })
            try fixture.write(codes.map { RunFixture.row($0, duration: "90") })
            try await RunGate.with(recording: "S110", fixture) { gate async throws in
                let id = try await fixture.start()
                try await gate.isReached()
                try change(fixture)
                try await gate.open()
                try await fixture.settled(id)
                let changed = try await fixture.events.count(
                    "SELECT count(*) FROM service_catalog WHERE estimated_duration_minutes = 90")
                try await check(fixture, id, changed)
            }
        }
    }

    @Test("since another takes its place in mid-run is read to its end")
    func replaced() async throws {
        try await inMidst { fixture in
            try fixture.write([RunFixture.row("S100", duration: "5")], to: "next.csv")
            #expect(
                rename(fixture.folder + "/next.csv", fixture.folder + "/services.csv") == 0)
        } _: { fixture, id, changed async throws in
            #expect(changed == 200)
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=200 matched=200 drifted=200 updated=200")
        }
    }

    @Test("since it is cut short in mid-run fails the run; what is applied is told")
    func truncated() async throws {
        try await inMidst { fixture in
            #expect(truncate(fixture.folder + "/services.csv", 600) == 0)
        } _: { fixture, id, changed async throws in
            #expect(changed == 14)
            #expect(
                try await fixture.figures(id)
                    == "FAILED fetched=200 matched=14 drifted=14 updated=14 the file has changed "
                    + "while it was read, at line 16: start the run again")
            #expect(try await fixture.drift(id).count == 14)
            #expect(try await fixture.events.count("SELECT count(*) FROM file_marks") == 0)
        }
    }

    @Test("since it is written to before it is read changes nothing")
    func writtenTo() async throws {
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            try fixture.write([RunFixture.row("A", duration: "90")])
            let contents = try await fixture.contents()
            try await RunGate.with(table: "sync_bad_rows", fixture) { gate async throws in
                let id = try await fixture.start()
                // It is open, and not read yet.
                try await gate.isReached()
                let file = try #require(
                    FileHandle(forWritingAtPath: fixture.folder + "/services.csv"))
                try file.seekToEnd()
                try file.write(contentsOf: Data((RunFixture.row("B") + "\n").utf8))
                try file.close()
                try await gate.open()
                try await fixture.settled(id)
                let figures = try await fixture.figures(id)
                #expect(figures.contains("services.csv was written to while it was read"))
                #expect(try await fixture.contents() == contents)
            }
        }
    }
}
