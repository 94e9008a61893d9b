import Glibc
import ObjectStores
import Synchronization

/// Collects what a callback on another thread is given.
final class Recorder<Value: Sendable>: Sendable {
    private let recorded = Mutex<[Value]>([])

    func append(_ value: Value) { recorded.withLock { $0.append(value) } }

    var values: [Value] { recorded.withLock { $0 } }
}

/// What a call threw; nil if it threw nothing, or something else.
func error<Value>(_ body: () async throws -> Value) async -> ObjectStoreError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ObjectStoreError
    }
}

func bytes(of file: PinnedFile) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(file.sizeBytes)) { buffer, count in
        count = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)) ?? 0
    }
}

func read(_ file: PinnedFile) -> String {
    String(decoding: bytes(of: file), as: UTF8.self)
}

func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0, Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count else {
        throw ObjectStoreError(.unreachable, path)
    }
    close(descriptor)
}

func setTime(_ path: String, seconds: Int, nanoseconds: Int) {
    let time = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
    utimensat(AT_FDCWD, path, [time, time], 0)
}

/// True a number of times, then false.
final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func next() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

/// 1, 2, 3 and so on.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
