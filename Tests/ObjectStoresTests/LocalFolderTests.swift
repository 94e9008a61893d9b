import FoundationEssentials
import Glibc
import ObjectStores
import TestSupport
import Testing

@Suite("Local folder")
struct LocalFolderTests {
    @Test("finds a file, says its size and time, and reads it where it lies")
    func findsAndReads() async throws {
        try await withTemporaryFolder { folder in
            try write("a;b\n1;2\n", to: "\(folder)/services_ES_20250117.csv")
            setTime(
                "\(folder)/services_ES_20250117.csv", seconds: 1_737_100_800, nanoseconds: 5_000)
            let store = LocalFolder(path: folder)
            #expect(store.breakerKey == "file:\(folder)")

            let version = try #require(try await store.find("services_ES_20250117.csv"))
            #expect(version.name == "services_ES_20250117.csv")
            #expect(version.location == "\(folder)/services_ES_20250117.csv")
            #expect(version.sizeBytes == 8)
            #expect(version.updatedAt == 1_737_100_800_000_005)
            #expect(version.generation.hasSuffix(":8:1737100800000005000"))
            #expect(version.crc32c == nil)

            let reported = Recorder<Int64>()
            let file = try await store.fetch(version, workFolder: "/nowhere") {
                reported.append($0)
            }
            #expect(read(file) == "a;b\n1;2\n")
            #expect(try String(contentsOfFile: file.path, encoding: .utf8) == "a;b\n1;2\n")
            #expect(reported.values == [8])
            try file.verify()
        }
    }

    @Test("says nil for a file that is not there yet, and an error for a folder that is not")
    func missing() async throws {
        try await withTemporaryFolder { folder in
            for name in ["services_ES_20250117.csv", "below/services.csv"] {
                let version = try await LocalFolder(path: folder).find(name)
                #expect(version == nil)
            }
            let error = await error { try await LocalFolder(path: folder + "/x").find("a.csv") }
            #expect(error?.kind == .notFound)
            #expect(error?.message.contains("\(folder)/x does not exist") == true)
        }
    }

    @Test(
        "refuses names that lead out of the folder",
        arguments: [
            "../secret.csv", "below/../../secret.csv", "/etc/hostname", "", ".", "..", "a//b",
            "a/", "a\nb", "a\0b",
        ])
    func names(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            try write("secret", to: "\(folder)/secret.csv")
            mkdir(folder + "/exports", 0o755)
            mkdir(folder + "/exports/below", 0o755)
            let store = LocalFolder(path: folder + "/exports")
            #expect(await error { try await store.find(name) }?.kind == .invalidLocation)
            let version = ObjectVersion(
                name: name, location: name, generation: "1", sizeBytes: 1, updatedAt: 0)
            let fetch = await error { try await store.fetch(version, workFolder: "/tmp") { _ in } }
            #expect(fetch?.kind == .invalidLocation)
        }
    }

    @Test("follows a link that stays in the folder and refuses one that leaves it")
    func links() async throws {
        try await withTemporaryFolder { folder in
            mkdir(folder + "/exports", 0o755)
            mkdir(folder + "/exports-of-others", 0o755)
            try write("theirs", to: "\(folder)/exports-of-others/a.csv")
            try write("ours", to: "\(folder)/exports/real.csv")
            symlink("real.csv", "\(folder)/exports/stays.csv")
            symlink("../exports-of-others/a.csv", "\(folder)/exports/leaves.csv")
            symlink("../exports-of-others", "\(folder)/exports/below")
            symlink("exports", "\(folder)/current")

            for path in ["\(folder)/exports", "\(folder)/current"] {
                let store = LocalFolder(path: path)
                let version = try #require(try await store.find("stays.csv"))
                #expect(read(try await store.fetch(version, workFolder: "/tmp") { _ in }) == "ours")
                for name in ["leaves.csv", "below/a.csv"] {
                    let error = await error { try await store.find(name) }
                    #expect(error?.kind == .invalidLocation)
                    #expect(error?.message.contains("symbolic link out of its folder") == true)
                }
                #expect(try await store.list(prefix: "").map(\.name) == ["real.csv", "stays.csv"])
                #expect(try await store.list(prefix: "below/").isEmpty)
            }
        }
    }

    @Test("refuses what is no regular file, and does not hang on a FIFO", .timeLimit(.minutes(5)))
    func irregular() async throws {
        try await withTemporaryFolder { folder in
            mkfifo("\(folder)/fifo.csv", 0o644)
            mkdir("\(folder)/folder.csv", 0o755)
            let store = LocalFolder(path: folder)
            for name in ["fifo.csv", "folder.csv"] {
                #expect(await error { try await store.find(name) }?.kind == .invalidLocation)
            }
            let listed = try await store.list(prefix: "")
            #expect(listed.isEmpty)
            let device = await error { try await LocalFile(path: "/dev/zero").find("zero") }
            #expect(device?.kind == .invalidLocation)
        }
    }

    @Test("lists by beginning, sorted by bytes, and not what lies in folders below")
    func lists() async throws {
        try await withTemporaryFolder { folder in
            mkdir("\(folder)/archive", 0o755)
            for name in ["b_2.csv", "b_10.csv", "B_1.csv", "a.csv", "archive/b_1.csv"] {
                try write("x", to: "\(folder)/\(name)")
            }
            let store = LocalFolder(path: folder)
            #expect(try await store.list(prefix: "b_").map(\.name) == ["b_10.csv", "b_2.csv"])
            #expect(
                try await store.list(prefix: "").map(\.name) == [
                    "B_1.csv", "a.csv", "b_10.csv", "b_2.csv",
                ])
            #expect(try await store.list(prefix: "archive/b").map(\.name) == ["archive/b_1.csv"])
            #expect(try await store.list(prefix: "none/").isEmpty)
            #expect(await error { try await store.list(prefix: "../") }?.kind == .invalidLocation)
        }
    }

    @Test("fetches only the version that was found")
    func replaced() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/a.csv"
            try write("old", to: path)
            let store = LocalFolder(path: folder)
            let version = try #require(try await store.find("a.csv"))
            try write("new", to: "\(folder)/b.csv")
            rename("\(folder)/b.csv", path)
            let error = await error { try await store.fetch(version, workFolder: "/tmp") { _ in } }
            #expect(error?.kind == .changed)
            #expect(error?.isRetryable == true)
        }
    }

    @Test("keeps reading the old bytes when the name is given to another file")
    func renamedOver() async throws {
        try await withTemporaryFolder { folder in
            try write("old", to: "\(folder)/a.csv")
            let store = LocalFolder(path: folder)
            let version = try #require(try await store.find("a.csv"))
            let file = try await store.fetch(version, workFolder: "/tmp") { _ in }
            try write("new!", to: "\(folder)/b.csv")
            rename("\(folder)/b.csv", "\(folder)/a.csv")
            #expect(read(file) == "old")
            try file.verify()
        }
    }

    @Test("notices that a file is rewritten in place, even to the same size")
    func rewritten() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/a.csv"
            try write("old", to: path)
            setTime(path, seconds: 1_700_000_000, nanoseconds: 0)
            let store = LocalFolder(path: folder)
            let version = try #require(try await store.find("a.csv"))
            let file = try await store.fetch(version, workFolder: "/tmp") { _ in }
            try file.verify()
            let descriptor = open(path, O_WRONLY)
            #expect(pwrite(descriptor, "new", 3, 0) == 3)
            close(descriptor)
            #expect(await error { try file.verify() }?.kind == .changed)
        }
    }

    @Test("closes the file when it is released")
    func closes() async throws {
        try await withTemporaryFolder { folder in
            try write("old", to: "\(folder)/a.csv")
            let store = LocalFolder(path: folder)
            let version = try #require(try await store.find("a.csv"))
            var file: PinnedFile? = try await store.fetch(version, workFolder: "/tmp") { _ in }
            let path = try #require(file?.path)
            let real = FileManager.default.fileExists(atPath: path)
            file = nil
            #expect(real)
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
            #expect(target != "\(folder)/a.csv")
        }
    }
}

@Suite("Local file")
struct LocalFileTests {
    @Test("reads one file anywhere, links included, under its own name")
    func reads() async throws {
        try await withTemporaryFolder { folder in
            try write("x", to: "\(folder)/real.csv")
            symlink("real.csv", "\(folder)/link.csv")
            let file = try LocalFile(path: "\(folder)/link.csv")
            #expect(file.name == "link.csv")
            let version = try #require(try await file.find("link.csv"))
            #expect(read(try await file.fetch(version, workFolder: "/tmp") { _ in }) == "x")
            #expect(try await file.list(prefix: "li") == [version])
            #expect(try await file.list(prefix: "re").isEmpty)
            #expect(try await file.find("real.csv") == nil)
            #expect(try await LocalFile(path: "\(folder)/none.csv").find("none.csv") == nil)
        }
    }

    @Test("wants an absolute path", arguments: ["a.csv", "./a.csv", "/", "/a/", "", "/a/.."])
    func absolute(_ path: String) {
        #expect(throws: ObjectStoreError.self) { try LocalFile(path: path) }
    }
}
