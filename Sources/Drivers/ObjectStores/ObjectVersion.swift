/// One version of one object: the name may carry other bytes tomorrow, this value does not.
package struct ObjectVersion: Sendable, Equatable {
    /// Without the place's prefix.
    package let name: String
    /// In full, for people and logs: `gs://bucket/prefix/name`, `/srv/exports/name`.
    package let location: String
    /// What tells two versions of one name apart: a bucket's generation, an ETag, or a file's
    /// `inode:size:mtime` with the time in nanoseconds.
    package let generation: String
    package let sizeBytes: Int64
    /// When these bytes were written, in microseconds since 1970.
    package let updatedAt: Int64
    /// Castagnoli's checksum of the whole, where the place knows it.
    package let crc32c: UInt32?

    package init(
        name: String, location: String, generation: String, sizeBytes: Int64, updatedAt: Int64,
        crc32c: UInt32? = nil
    ) {
        self.name = name
        self.location = location
        self.generation = generation
        self.sizeBytes = sizeBytes
        self.updatedAt = updatedAt
        self.crc32c = crc32c
    }
}
