import Dispatch
import Glibc

/// The signals that ask a process without a screen to end, as a stream.
struct TerminationSignals {
    let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    /// From here on these signals no longer end the process by themselves.
    init(_ signals: [Int32] = [SIGTERM, SIGINT, SIGHUP]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.stream = stream
        sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(
                signal: number, queue: .global(qos: .userInitiated))
            source.setEventHandler { continuation.yield(number) }
            source.activate()
            return source
        }
    }

    /// Waits for the next one; nil if the task is cancelled.
    func next() async -> Int32? {
        for await number in stream { return number }
        return nil
    }
}
