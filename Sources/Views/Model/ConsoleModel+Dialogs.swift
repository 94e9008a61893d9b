import Probes

/// From a changing key to an action.
extension ConsoleModel {
    /// Opens the dialog of a changing command, or says why there is none.
    mutating func propose(_ command: Command) {
        let confirmation = Confirmation.of(command, self)
        switch confirmation {
        case .awaitsLetters(let cluster): read(cluster, for: command)
        default: show(confirmation)
        }
    }

    /// Opens what asks, or says why nothing does.
    mutating func show(_ confirmation: Confirmation) {
        switch confirmation {
        case .dialog(let dialog):
            overlay = .dialog(dialog)
            // What its keys do has to be seen.
            notice = nil
        case .obstacle(let sentence): say(sentence, .warning)
        case .asksSource(let isDryRun): openPrompt(.source(isDryRun: isDryRun))
        case .asksPlace(let choices): openPrompt(.seek(choices))
        case .awaitsLetters: break
        }
    }

    /// A cluster's letters have to be in hand before something is done to them.
    private mutating func read(_ cluster: LetterCluster, for command: Command) {
        showLetters(of: cluster)
        awaitedBulk = command
        if view(.dlq).isLoading {
            say("Reading the \(Count.of(cluster.letters, "letter")) of this cluster ...")
        } else {
            continueBulk(command)
        }
    }

    mutating func focusNextField() {
        guard case .dialog(var dialog) = overlay else { return }
        dialog.focusNext()
        overlay = .dialog(dialog)
    }

    /// Enter in a form: on to the next field that lacks something, or do it.
    mutating func confirm() -> ScreenDirective {
        guard case .dialog(var dialog) = overlay else { return .none }
        if dialog.findMissing() {
            overlay = .dialog(dialog)
            return .redraw
        }
        overlay = nil
        switch dialog.purpose {
        case .leave: return .leave
        case .act(let action):
            send(
                action.completed(
                    reason: dialog.reason, overridesStale: dialog.overridesStale,
                    isDryRun: dialog.isDryRun, inStages: dialog.inStages,
                    seconds: dialog.seconds, texts: dialog.texts))
            return .redraw
        }
    }
}
