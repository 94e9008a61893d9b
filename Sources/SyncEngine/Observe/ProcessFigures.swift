#if canImport(Glibc)
    import Glibc
#endif

/// What this process takes of the machine, from `/proc`; nil where it does not tell.
struct ProcessFigures: Sendable {
    var residentBytes: Int64?
    var virtualBytes: Int64?
    var cpuSeconds: Double?
    /// Seconds since the epoch.
    var startedSeconds: Double?
    var openFiles: Int?
    var largestOpenFiles: Int?

    static func now() -> ProcessFigures {
        var figures = ProcessFigures()
        (figures.virtualBytes, figures.residentBytes) = memory()
        var usage = rusage()
        if getrusage(__rusage_who_t(truncatingIfNeeded: RUSAGE_SELF.rawValue), &usage) == 0 {
            figures.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        }
        figures.startedSeconds = startTime()
        figures.openFiles = openFileCount()
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(truncatingIfNeeded: RLIMIT_NOFILE.rawValue), &limit) == 0,
            limit.rlim_cur < 1 << 40
        {
            figures.largestOpenFiles = Int(limit.rlim_cur)
        }
        return figures
    }

    /// In bytes.
    static func memory() -> (virtual: Int64?, resident: Int64?) {
        let pages = contents(of: "/proc/self/statm").split(whereSeparator: \.isWhitespace)
        guard pages.count > 1 else { return (nil, nil) }
        let pageBytes = Int64(sysconf(Int32(_SC_PAGESIZE)))
        return (Int64(pages[0]).map { $0 * pageBytes }, Int64(pages[1]).map { $0 * pageBytes })
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }

    /// The 22nd field of `/proc/self/stat` counts ticks since the boot, whose time is in `/proc/stat`.
    private static func startTime() -> Double? {
        // The second field is the program's name, in brackets, and may hold spaces.
        let text = contents(of: "/proc/self/stat")
        guard let bracket = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, let ticks = Double(fields[19]) else { return nil }
        let boot = contents(of: "/proc/stat").split(separator: "\n")
            .first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst(6)) }
        return boot.map { $0 + ticks / Double(sysconf(Int32(_SC_CLK_TCK))) }
    }

    private static func openFileCount() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Not `.`, `..`, nor the descriptor that looks.
        return max(0, count - 3)
    }

    private static func contents(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8_192)
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
