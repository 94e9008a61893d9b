import Glibc

extension ObjectStoreError {
    /// What the operating system says about a local file or folder.
    init(_ code: Int32, _ path: String) {
        let reason = String(cString: strerror(code))
        switch code {
        case EACCES, EPERM:
            self.init(.refused, "\(path) may not be read: give this user the right to (\(reason)).")
        case ENOENT:
            self.init(.notFound, "\(path) does not exist.")
        case ENOTDIR, ELOOP, ENAMETOOLONG, EISDIR, ENXIO, EINVAL:
            self.init(.invalidLocation, "\(path) is not a file that can be read (\(reason)).")
        case EMFILE, ENFILE:
            self.init(
                .unreachable,
                "\(path) cannot be opened, too many files are open already: raise "
                    + "the limit (ulimit -n).")
        default:
            self.init(.unreachable, "\(path) cannot be read: \(reason); check its disk or mount.")
        }
    }
}
