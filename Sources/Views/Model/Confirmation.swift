import Probes

/// What a changing key leads to: a dialog that says what will happen to how many, or a sentence
/// that says why it cannot.
///
/// The dialog holds the very action that will be sent: what it counts is what is touched, whatever
/// comes in meanwhile.
enum Confirmation {
    case dialog(Dialog)
    case obstacle(String)
    /// The letters of this cluster have to be read first.
    case awaitsLetters(LetterCluster)
    /// The source of the run has to be chosen first.
    case asksSource(isDryRun: Bool)
    /// The place to read these partitions from has to be chosen first.
    case asksPlace([PartitionChoice])

    static func of(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        switch command {
        case .approve, .reject, .breakGlass: review(command, model)
        case .lookAgain: secondLook(model)
        case .reveal: reveal(model)
        case .retry, .resolve: letters(command, model)
        case .replay: events(model)
        case .resetBreaker, .openBreaker: breaker(command, model)
        case .pausePartition, .resumePartition: partitions(command, model)
        case .seekPartition: seek(model)
        case .acknowledgeGaps: gaps(model)
        case .acknowledgeAlert, .silenceAlert, .unsilenceAlert: alerts(command, model)
        case .startRun, .dryRun: start(isDryRun: command == .dryRun, model)
        case .cancelRun, .acceptRun, .abandonRun, .useFileBefore: runs(command, model)
        case .revertRun: revert(model)
        case .runSchedule, .pauseSchedule, .resumeSchedule: schedule(command, model)
        case .retryJob, .cancelJob: jobs(command, model)
        case .removeAgent: removal(model)
        case .mapCode: map(model)
        case .changeMapping: change(model)
        case .deactivateMapping, .activateMapping: switching(command, model)
        default: .obstacle("Nothing happens here.")
        }
    }

    static func leaving(_ model: ConsoleModel) -> Dialog {
        Dialog(
            purpose: .leave, title: "Leave, and stop the engine?",
            lines: [
                Span("The engine of this process stops with the console."),
                Span(
                    model.facts.role == .demo
                        ? "The demo's servers go too, with everything in them."
                        : "It finishes its batch and hands its partitions over. If no other "
                            + "engine is running, events wait until one is started."),
            ], verb: "leaves")
    }

    /// Puts together a dialog: the fields are the same for every action.
    ///
    /// - Parameter word: what has to be typed where production is touched by one action that
    ///   touches many services; several things ask for their number anyway.
    static func dialog(
        _ action: Action, lines: [Span], reason: ReasonField, others: [Dialog.Field] = [],
        word: String? = nil, _ model: ConsoleModel
    ) -> Confirmation {
        var fields = others
        switch reason {
        case .needed: fields.append(.reason(TextField(), isRequired: true))
        case .optional: fields.append(.reason(TextField(), isRequired: false))
        case .none: break
        }
        var lines = lines
        if model.facts.isProduction, let word = action.count > 1 ? "\(action.count)" : word {
            fields.append(.word(TextField(), expected: word))
            lines.append(
                Span(
                    model.facts.environment.lowercased().hasPrefix("prod")
                        ? "This is production."
                        : "\(model.facts.environment) is marked as production.", Style(.warning)))
        }
        let verb = action.words.verb
        let title = "\(verb.prefix(1).uppercased())\(verb.dropFirst()) \(action.things)"
        return .dialog(
            Dialog(
                purpose: .act(action), title: title, lines: lines, verb: verb, fields: fields))
    }

    enum ReasonField { case needed, optional, none }

    /// Says so where more rows match than are listed.
    static func extent(of count: Int, _ noun: Noun, _ model: ConsoleModel) -> [Span] {
        let loaded = model.view(noun).state.ids.count
        guard count == loaded, count > 1, model.view(noun).state.hasMarks,
            let matching = model.matching(noun), matching > loaded
        else { return [] }
        return [
            Span(
                "\(Count.full(matching)) match, of which \(Count.full(loaded)) are listed: only "
                    + "these are touched. The command line takes all: --where.",
                Style(.warning))
        ]
    }

    /// `1, 2, 3 and 9 more`
    static func names(_ names: [String], most: Int = 4) -> String {
        let shown = names.prefix(most).joined(separator: ", ")
        return names.count > most ? "\(shown) and \(Count.full(names.count - most)) more" : shown
    }
}
