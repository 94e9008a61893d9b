import FoundationEssentials
import Glibc
import HTTPClient
import Threads

/// A folder of this machine, or mounted on it.
///
/// No name leads out of it: `..` is refused, and so is a symbolic link whose target lies outside.
/// Only regular files are read; a FIFO or a device is refused without being opened.
package struct LocalFolder: ObjectStore {
    /// As configured, without a slash at its end; it may be a symbolic link itself.
    package let path: String

    package var breakerKey: String { "file:\(path)" }

    package init(path: String) {
        self.path = path
    }

    package func find(_ name: String) async throws(ObjectStoreError) -> ObjectVersion? {
        try ObjectName.check(name)
        return try await OwnThread.run(named: "folder") { () throws(ObjectStoreError) in
            try findNow(name)
        }
    }

    package func list(prefix: String) async throws(ObjectStoreError) -> [ObjectVersion] {
        try ObjectName.check(prefix: prefix)
        return try await OwnThread.run(named: "folder") { () throws(ObjectStoreError) in
            try listNow(prefix)
        }
    }

    package func fetch(
        _ version: ObjectVersion, workFolder: String, progress: @escaping @Sendable (Int64) -> Void
    ) async throws(ObjectStoreError) -> PinnedFile {
        try ObjectName.check(version.name)
        let file = try await OwnThread.run(named: "folder") { () throws(ObjectStoreError) in
            let named = try RegularFile(version.name, in: openFolder(), location: version.location)
            return try named.pin(version)
        }
        progress(file.sizeBytes)
        return file
    }
}

// MARK: On the thread that may block

extension LocalFolder {
    private func openFolder() throws(ObjectStoreError) -> OpenFile {
        do throws(ObjectStoreError) {
            return try OpenFile(path, flags: OpenFile.nameOnly | O_DIRECTORY)
        } catch {
            guard error.kind == .notFound else { throw error }
            throw ObjectStoreError(
                .notFound,
                "The folder \(path) does not exist: create or mount it, or correct the source's "
                    + "location.")
        }
    }

    private func findNow(_ name: String) throws(ObjectStoreError) -> ObjectVersion? {
        let folder = try openFolder()
        do throws(ObjectStoreError) {
            return try RegularFile(name, in: folder, location: location(name)).version(name)
        } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
    }

    private func listNow(_ prefix: String) throws(ObjectStoreError) -> [ObjectVersion] {
        let folder = try openFolder()
        let below = prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(prefix[...$0]) } ?? ""
        let beginning = prefix.utf8.dropFirst(below.utf8.count)
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(below)")
        } catch {
            guard access("\(path)/\(below)", F_OK) == 0 else { return [] }
            throw ObjectStoreError(EACCES, "\(path)/\(below)")
        }
        let wanted = names.filter { $0.utf8.starts(with: beginning) && ObjectName.isValid($0) }
            .map { below + $0 }
        guard wanted.count <= ObjectName.mostListed else {
            throw ObjectStoreError(
                .misconfigured,
                "\(path) has more than \(ObjectName.mostListed) files that begin "
                    + "with `\(prefix)`: move the old ones elsewhere.")
        }
        return wanted.compactMap { name in
            // What is no regular file, leads out or has gone meanwhile is not part of the listing.
            try? RegularFile(name, in: folder, location: location(name)).version(name)
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func location(_ name: String) -> String {
        path == "/" ? "/\(name)" : "\(path)/\(name)"
    }
}
