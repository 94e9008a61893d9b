import Glibc

/// Sees to it that descriptors 0, 1 and 2 are taken.
///
/// A process that is started with one of them closed would give its number to the next socket, and
/// then write its output into the database's connection.
enum StandardDescriptors {
    static func occupy() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            guard fcntl(descriptor, F_GETFD) < 0, errno == EBADF else { continue }
            // The lowest free number is the one that is missing. For reading only: what is written
            // to it fails as it would have failed before.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
