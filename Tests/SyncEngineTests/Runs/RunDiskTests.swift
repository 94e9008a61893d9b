import Foundation
import Glibc
import Testing

@testable import SyncEngine

/// A file system of its own that is soon full.
private struct SmallDisk {
    let path: String

    /// Nil where this process may not mount one.
    init?(bytes: Int) {
        path = NSTemporaryDirectory() + "syncconsole-disk-\(UInt64.random(in: 0 ... .max))"
        guard mkdir(path, 0o755) == 0 else { return nil }
        guard mount("none", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            rmdir(path)
            return nil
        }
    }

    static let canBeMade: Bool = {
        guard let disk = SmallDisk(bytes: 4_096) else { return false }
        disk.remove()
        return true
    }()

    func remove() {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    var isEmpty: Bool {
        var room = statvfs()
        return statvfs(path, &room) == 0 && room.f_bfree == room.f_blocks
            && (try? FileManager.default.contentsOfDirectory(atPath: path)) == []
    }
}

@Suite("A full disk")
struct RunDiskTests {
    /// Every block of digests goes to the disk.
    @Sendable private static func spilling(_ folder: String) -> StagingSettings {
        StagingSettings(folder: folder, memoryBudget: 0)
    }

    @Test(
        "fails the run, says what to do, changes nothing and leaves nothing behind",
        .enabled(if: SmallDisk.canBeMade, "needs the right to mount a file system"))
    func full() async throws {
        let disk = try #require(SmallDisk(bytes: 16_384))
        defer { disk.remove() }
        try await RunFixture.with(workFolder: disk.path, staging: Self.spilling) {
            fixture async throws in
            try await fixture.events.apply([RunFixture.event("e1", "A")])
            // So many that a block of digests is full.
            let rows = (0..<75_000).map { "S\($0)" }
            try fixture.write(rows, header: "external_service_code")
            let contents = try await fixture.contents()
            let id = try await fixture.reconcile()
            #expect(
                try await fixture.figures(id)
                    == "FAILED no space is left for temporary files in \(disk.path): free some, or "
                    + "name a folder with more as reconciliation.work_folder, and start the run again"
            )
            #expect(try await fixture.contents() == contents)
            #expect(disk.isEmpty)

            // With room it gets further.
            #expect(mount("none", disk.path, "tmpfs", UInt(MS_REMOUNT), "size=64m") == 0)
            let again = try await fixture.reconcile()
            try await fixture.reaches("AWAITING_DECISION", again)
            #expect(disk.isEmpty)
        }
    }

    @Test("is told from what else keeps a file from being written")
    func errors() throws {
        let full = open("/dev/full", O_RDWR | O_CLOEXEC)
        try #require(full >= 0)
        let file = SpillFile(descriptor: full, folder: "/work")
        #expect(throws: StagingError.diskFull(folder: "/work")) {
            try [UInt8](repeating: 1, count: 10).withUnsafeBytes { try file.write($0, at: 0) }
        }
        #expect(throws: StagingError.cannotWrite(folder: "/nowhere", errno: ENOENT)) {
            try SpillFile(in: "/nowhere")
        }
    }
}
