import Probes
import SyncEngine
import Views

/// The console of a process, from the first paint to the terminal given back.
///
/// Readings flow up (sampler → box → screen), actions flow down (screen → stream → operations →
/// ring → screen). Nothing of it waits for a server before the first frame is painted.
struct ConsoleSession: Sendable {
    let configuration: Configuration
    let facts: ConsoleFacts
    let person: Operator
    let suspendPolicy: SuspendPolicy
    let log: EngineLog
    let options: ConsoleLook
    /// The log of an engine in this process.
    var logRing: LogRing?

    /// Shows the console until the person leaves, a signal comes or `companion` fails.
    ///
    /// - Throws: `CommandError` where there is no usable terminal, and what `companion` threw.
    @discardableResult
    func run(beside companion: ConsoleCompanion) async throws -> ScreenEnd {
        let waker = try ScreenWaker()
        let door = ConsoleApplication.Door(waker: waker)
        let now = Timestamp.now
        let sources = ConsoleScreen.Sources(
            readings: LatestBox(
                ConsoleReadings(database: .connecting(since: now), kafka: .connecting(since: now))))
        let interest = InterestBox()
        let (actions, actionInput) = AsyncStream.makeStream(of: Action.self)
        let model = ConsoleModel(
            facts: facts, readings: sources.readings.value, now: now, keys: options.keys,
            themes: options.themes, themeIndex: options.themeIndex)

        let sampling = Task {
            await sample(interest, into: sources, waker: waker)
        }
        let performing = Task {
            await perform(actions, reports: sources.reports, waker: waker)
        }
        let beside = Task {
            do {
                try await companion.run()
            } catch {
                door.leave()
                throw error
            }
        }
        let outcome: ScreenOutcome
        do {
            outcome = try await Screen.run(screenConfiguration, waker: waker) {
                ConsoleApplication(
                    ConsoleScreen(
                        model: model, sources: sources, wallClock: { .now },
                        onInterest: { interest.set($0) },
                        onAction: { actionInput.yield($0) }),
                    door: door)
            }
        } catch {
            actionInput.finish()
            sampling.cancel()
            performing.cancel()
            companion.stop()
            _ = await beside.result
            throw CommandError(.failed, "\(error)")
        }
        sampling.cancel()
        // What was confirmed before leaving is still carried out.
        actionInput.finish()
        await performing.value
        companion.stop()
        try await beside.value
        return outcome.end
    }

    private var screenConfiguration: ScreenConfiguration {
        var screen = ScreenConfiguration(
            theme: options.themes[options.themeIndex], glyphs: options.glyphs,
            suspendPolicy: suspendPolicy, environment: options.variables)
        screen.escapeDelay = .milliseconds(configuration.console.escapeDelayMilliseconds)
        return screen
    }

    private func perform(
        _ actions: AsyncStream<Action>, reports: BoundedRing<ActionReport>, waker: ScreenWaker
    ) async {
        guard let settings = try? configuration.postgresSettings,
            let context = try? configuration.applyContext
        else { return }
        let operations = Operations(
            settings: settings, operator: person, context: context,
            erp: configuration.erpSettings, log: log)
        let observer = KafkaObservation.start(configuration, log: log)
        let performer = ActionPerformer(
            operations: operations, group: configuration.kafka.group,
            broker: observer.map { BrokerOffsets($0) } ?? .none, log: log)
        for await action in actions {
            reports.append(await performer.perform(action))
            waker.wake()
        }
        await operations.close()
        await observer?.close(deadline: .seconds(1))
    }

    /// Readings go to the box and new events to the ring, where the newest win; the screen is only
    /// ever woken.
    private func sample(
        _ interest: InterestBox, into sources: ConsoleScreen.Sources, waker: ScreenWaker
    ) async {
        guard let database = try? configuration.postgresSettings else { return }
        let observer = KafkaObservation.start(configuration, log: log)
        let sampler = Sampler(
            .init(
                database: database, lag: configuration.lagSettings,
                neighbours: configuration.neighbours, logRing: logRing,
                walk: configuration.healthWalk), observer: observer,
            interest: interest,
            publish: { readings in
                sources.readings.put(readings)
                waker.wake()
            },
            tail: { batch in
                sources.tail.noteDropped(batch.leftOut)
                sources.tail.append(contentsOf: batch.rows)
                waker.wake()
            })
        await sampler.run()
        await observer?.close(deadline: .seconds(2))
    }
}
