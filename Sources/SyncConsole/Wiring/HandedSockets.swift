import Glibc

/// The sockets that were open before this process began, as sd_listen_fds(3) tells of them.
enum HandedSockets {
    private static let first: Int32 = 3

    /// The first that listens for TCP connections; nil where none was handed to this process.
    ///
    /// - Parameter processID: of this process; what was meant for another is none of its business.
    static func http(in variables: [String: String], processID: Int32 = getpid()) -> Int32? {
        guard variables["LISTEN_PID"] == "\(processID)",
            let count = variables["LISTEN_FDS"].flatMap(Int32.init), (1...64).contains(count)
        else { return nil }
        let sockets = (first..<first + count)
        // Programs that this one starts have no use for them.
        for socket in sockets { _ = fcntl(socket, F_SETFD, FD_CLOEXEC) }
        return sockets.first { socket in
            option(SO_ACCEPTCONN, of: socket) == 1
                && [AF_INET, AF_INET6].contains(option(SO_DOMAIN, of: socket))
        }
    }

    private static func option(_ name: Int32, of socket: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
