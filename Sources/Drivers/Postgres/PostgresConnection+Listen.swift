import CPostgres
import Glibc

extension PostgresConnection {
    package func listen(_ channel: String) async throws(PostgresError) {
        try await script("LISTEN " + PostgresIdentifier.quoted(channel))
    }

    package func unlisten(_ channel: String) async throws(PostgresError) {
        try await script("UNLISTEN " + PostgresIdentifier.quoted(channel))
    }

    /// Waits for notifications. Other calls on this connection go first meanwhile.
    ///
    /// - Returns: those that have arrived, in order; empty when the time is over.
    package func notifications(
        timeout: Duration
    ) async throws(PostgresError) -> [PostgresNotification] {
        let end = ContinuousClock.now + min(timeout, PostgresSettings.noDeadline)
        while true {
            let step = try await perform(deadline: PostgresSettings.noDeadline) {
                (libpq, call) throws(PostgresError) in
                try libpq.waitForNotifications(
                    until: end, makingWayFor: executor.pendingJobs, &call)
            }
            switch step {
            case .arrived(let notifications): return notifications
            case .timedOut: return []
            case .makeWay: await Task.yield()
            }
        }
    }

    /// Notifications one by one, until the connection is lost or the reading task is cancelled.
    package nonisolated func notificationStream()
        -> AsyncThrowingStream<PostgresNotification, any Error>
    {
        let inbox = Inbox()
        return AsyncThrowingStream {
            while true {
                if let next = await inbox.take() { return next }
                let arrived: [PostgresNotification]
                do {
                    arrived = try await self.notifications(timeout: PostgresSettings.noDeadline)
                } catch let error as PostgresError where error.kind == .cancelled {
                    return nil
                }
                await inbox.add(arrived)
            }
        }
    }

    private actor Inbox {
        private var waiting: ArraySlice<PostgresNotification> = []

        func take() -> PostgresNotification? { waiting.popFirst() }

        func add(_ arrived: [PostgresNotification]) { waiting += arrived }
    }
}

extension LibpqConnection {
    enum NotificationStep {
        case arrived([PostgresNotification])
        case timedOut
        /// Somebody else wants the thread.
        case makeWay
    }

    func waitForNotifications(
        until end: ContinuousClock.Instant, makingWayFor jobs: EventDescriptor, _ call: inout Call
    ) throws(PostgresError) -> NotificationStep {
        while true {
            let pointer = try connection()
            try consumeInput()
            collectNotifications(pointer)
            if !notifications.isEmpty {
                defer { notifications = [] }
                return .arrived(notifications)
            }
            let timeout = Call(deadline: end - .now).remainingMilliseconds()
            if timeout == 0 { return .timedOut }
            var entries = [PQsocket(pointer), interrupt.number, jobs.number].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            _ = Glibc.poll(&entries, 3, timeout)
            if entries[1].revents != 0 {
                throw PostgresError(.cancelled, "cancelled while waiting for notifications")
            }
            if entries[0].revents == 0 && entries[2].revents != 0 { return .makeWay }
        }
    }
}
