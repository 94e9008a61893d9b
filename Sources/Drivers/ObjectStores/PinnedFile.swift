import Glibc

/// One version of an object, open for reading. What is read through it is that version, even if the
/// name has been given to another file meanwhile; only rewriting the file in place can change the
/// bytes, and `verify` tells.
///
/// Closed when it is released; a copy of a bucket's object vanishes with it.
package final class PinnedFile: Sendable {
    package let version: ObjectVersion
    /// Open for reading, at no particular position: read with `pread`. It is closed with this value,
    /// which an optimised build may release after its last use: prefer `read`, or call `verify`
    /// after the last byte, as one should anyway.
    package let descriptor: Int32
    /// Opens the same bytes once more within this process, as long as this value lives:
    /// `/proc/self/fd/7`. For people there is `version.location`.
    package var path: String { "/proc/self/fd/\(descriptor)" }

    private let pinned: FileIdentity

    /// Takes the descriptor over, whatever comes of it.
    init(descriptor: Int32, version: ObjectVersion) throws(ObjectStoreError) {
        do throws(ObjectStoreError) {
            pinned = try FileIdentity(of: descriptor, location: version.location)
        } catch {
            close(descriptor)
            throw error
        }
        self.version = version
        self.descriptor = descriptor
    }

    /// The size of what there is to read.
    package var sizeBytes: Int64 { pinned.sizeBytes }

    /// Of the local file, which for a copy is not the version's.
    var localGeneration: String { pinned.generation }

    /// Reads from a position, in one call of the system. Blocks on the disk.
    ///
    /// - Returns: how many bytes; 0 at the end.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(ObjectStoreError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            guard errno == EINTR else { throw ObjectStoreError(errno, version.location) }
        }
    }

    /// Whether these are still the very same bytes. Call it after the last read: rewriting a file
    /// in place moves its time of modification, even where its size stays.
    ///
    /// - Throws: `changed`.
    package func verify() throws(ObjectStoreError) {
        let now = try FileIdentity(of: descriptor, location: version.location)
        guard now == pinned else {
            throw ObjectStoreError(
                .changed,
                "\(version.location) was written to while it was read: export it under another "
                    + "name and rename it when it is complete.")
        }
    }

    deinit {
        close(descriptor)
    }
}
