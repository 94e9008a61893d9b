import Glibc

extension PtyProcess {
    /// The path of an executable of this package, beside the running test binary.
    package static func builtExecutable(_ name: String) -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(folder)/\(name)"
    }
}
