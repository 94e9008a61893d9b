import Glibc

/// A part of a file as memory that the kernel fetches when it is read, and gives up when it needs it.
///
/// Safe to share: the memory is never written, and stays until the last owner has gone.
final class MappedBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// - Parameter descriptor: of a file that is at least as long, and does not become shorter.
    init(descriptor: Int32, byteCount: Int) throws(StagingError) {
        guard byteCount > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let address = mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let address, address != MAP_FAILED else {
            throw StagingError.cannotRead(errno: errno)
        }
        bytes = UnsafeRawBufferPointer(start: address, count: byteCount)
    }

    deinit {
        if let start = bytes.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }
}
