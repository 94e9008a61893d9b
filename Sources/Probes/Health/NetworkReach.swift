import Glibc
import Threads

/// The first two steps to a server: what its name stands for, and whether anybody listens there.
enum NetworkReach {
    /// Where a name leads.
    struct Address: Sendable, Equatable {
        /// Numbers, not names.
        var text: String
        fileprivate var family: Int32
        fileprivate var bytes: [UInt8]
    }

    /// What the system said against it.
    struct Trouble: Error, Sendable, Equatable {
        var words: String
    }

    /// Asks the system's resolver, which may take its time.
    static func resolve(host: String, port: String) async -> Result<[Address], Trouble> {
        await OwnThread.run(named: "resolver") { () throws(Never) in lookUp(host, port) }
    }

    /// Connects to the first address that takes it, and hangs up. Takes `timeout` for each at most.
    static func connect(
        to addresses: [Address], timeout: Duration
    ) async -> Result<Address, Trouble> {
        await OwnThread.run(named: "reach") { () throws(Never) in
            var trouble = Trouble(words: "there is no address")
            for address in addresses.prefix(4) {
                if let words = refusal(of: address, timeout) {
                    trouble = Trouble(words: "\(address.text): \(words)")
                } else {
                    return .success(address)
                }
            }
            return .failure(trouble)
        }
    }

    private static func lookUp(_ host: String, _ port: String) -> Result<[Address], Trouble> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, port, &hints, &found)
        guard status == 0 else {
            return .failure(Trouble(words: String(cString: gai_strerror(status))))
        }
        defer { freeaddrinfo(found) }
        var addresses: [Address] = []
        var entry = found
        while let info = entry?.pointee {
            entry = info.ai_next
            guard let address = info.ai_addr else { continue }
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let isNamed =
                getnameinfo(
                    address, info.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
                == 0
            let text = String(
                decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            addresses.append(
                Address(
                    text: isNamed ? text : host, family: info.ai_family,
                    bytes: Array(
                        UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))))
        }
        return .success(addresses)
    }

    /// Why a connection was not made; nil if it was.
    private static func refusal(of address: Address, _ timeout: Duration) -> String? {
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.family, kind, 0)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        let result = address.bytes.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { pointer in
                pointer.baseAddress.map {
                    Glibc.connect(descriptor, $0, socklen_t(address.bytes.count))
                } ?? -1
            }
        }
        if result == 0 { return nil }
        guard errno == EINPROGRESS else { return String(cString: strerror(errno)) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let end = ContinuousClock.now + timeout
        var ready: Int32
        repeat {
            let left = max(.zero, ContinuousClock.now.duration(to: end))
            ready = poll(&entry, 1, Int32(clamping: Int64((left / .milliseconds(1)).rounded(.up))))
            // A signal, such as that the terminal has another size, says nothing of the other side.
        } while ready < 0 && errno == EINTR
        guard ready > 0 else { return "no answer in time" }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        return error == 0 ? nil : String(cString: strerror(error))
    }
}

extension HealthRecorder {
    /// Walks to the first of several places that can be reached; false if none can.
    mutating func reach(
        _ places: [(host: String, port: String)], timeout: Duration
    ) async -> Bool {
        var resolved: [(name: String, addresses: [NetworkReach.Address])] = []
        var troubles: [String] = []
        for (host, port) in places {
            switch await NetworkReach.resolve(host: host, port: port) {
            case .success(let addresses): resolved.append(("\(host):\(port)", addresses))
            case .failure(let trouble): troubles.append("\(host): \(trouble.words)")
            }
        }
        guard !resolved.isEmpty else {
            failed("resolve", "\(troubles.joined(separator: "; ")): is the name right, and DNS up?")
            return false
        }
        let names = resolved.flatMap { $0.addresses.map(\.text) }
        ok("resolve", Set(names).sorted().joined(separator: ", "))
        troubles = []
        for (name, addresses) in resolved {
            switch await NetworkReach.connect(to: addresses, timeout: timeout) {
            case .success:
                ok("connect", name)
                return true
            case .failure(let trouble): troubles.append("\(name): \(trouble.words)")
            }
        }
        failed(
            "connect",
            "\(troubles.joined(separator: "; ")): is it running, and do address and firewall fit?")
        return false
    }
}
