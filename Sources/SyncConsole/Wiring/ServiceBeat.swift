import Synchronization

/// Tells systemd again and again that the engine still waits for its servers, or lives. Of one that is
/// stuck it says nothing more: systemd then starts it anew (`WatchdogSec=`).
final class ServiceBeat: Sendable {
    private enum Phase: UInt8 {
        case starting, ready, stopping
    }

    private let notifier: ServiceNotifier
    private let interval: Duration
    private let isAlive: @Sendable () -> Bool
    private let phase = Mutex(Phase.starting)

    /// - Parameter isAlive: whether a restart would not help.
    init(_ notifier: ServiceNotifier, isAlive: @escaping @Sendable () -> Bool) {
        self.notifier = notifier
        interval = notifier.beatInterval
        self.isAlive = isAlive
    }

    /// Until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            beat()
            try? await Task.sleep(for: interval)
        }
    }

    func beat() {
        switch phase.withLock({ $0 }) {
        // As long as it is waited for servers, systemd's patience is asked for anew.
        case .starting: notifier.waiting(atMost: interval * 3)
        case .ready: if isAlive() { notifier.alive() }
        case .stopping: break
        }
    }

    func ready() {
        phase.withLock { $0 = .ready }
        notifier.ready()
    }

    func stopping() {
        phase.withLock { $0 = .stopping }
        notifier.stopping()
    }
}
