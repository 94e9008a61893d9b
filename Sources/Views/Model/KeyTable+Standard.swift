extension KeyTable {
    static let standardBindings =
        placeBindings + movingBindings + choosingBindings + runBindings + scheduleBindings
        + alertBindings + vendorBindings + vendorChanges + changingBindings + overlayBindings

    private static let everywhere = "Everywhere"
    private static let lists = "In lists"
    private static let details = "In details"

    private static let placeBindings: [KeyBinding] = [
        show(.showOverview, "1", "what is wrong, where, since when, and what to do next"),
        show(.showLag, "2", "consumer lag of every group and partition"),
        show(.showEvents, "3", "events, live"),
        show(.showRuns, "4", "runs: files against the catalog"),
        show(.showDrift, "5", "what runs found different, row by row or in groups"),
        show(.showReview, "6", "breaking changes that wait for a decision"),
        show(.showDeadLetters, "7", "dead letters, in clusters or one by one"),
        show(.showBreakers, "8", "circuit breakers of every engine"),
        show(.showJobs, "9", "jobs: orders out to vendors' agents"),
        show(.showAlerts, "0", "alerts: what is wrong, who was told, what to do"),
        KeyBinding(
            .nextPane, [.tab],
            "the next pane; those without a digit come after the alerts",
            section: everywhere, in: .panes),
        KeyBinding(
            .previousPane, [.backtab], "the previous pane", section: everywhere, in: .panes),
        KeyBinding(
            .palette, [Key(":")], hint: "go to",
            "go to a pane, or do something, by its name", section: everywhere, in: .panes),
        KeyBinding(
            .theme, [Key("t")], "the next theme", section: everywhere, in: .panes),
        KeyBinding(
            .result, [Key("l")], "what came of the last action", section: everywhere, in: .panes,
            unless: { $0.lastReport == nil ? "Nothing has been done from here yet." : nil }),
        KeyBinding(
            .mouse, [Key("m")], "the mouse on or off; on, selecting text needs Shift",
            section: everywhere, in: .panes),
        KeyBinding(
            .repaint, [.ctrl("l")], "paint the screen anew", section: everywhere, in: .panes),
        KeyBinding(
            .suspend, [.ctrl("z")], "to the shell for a while, where no engine would freeze",
            section: everywhere, in: .panes, unless: \.suspendObstacle),
        KeyBinding(
            .help, [Key("?"), .function(1)], hint: "help", "what the keys do here",
            section: everywhere, in: .panes),
        KeyBinding(
            .leave, [Key("q"), .ctrl("c")], hint: "quit",
            "leave; asks first where an engine stops too",
            section: everywhere, in: .panes),
    ]

    private static let movingBindings: [KeyBinding] = [
        KeyBinding(
            .up, [.up, Key("k")], "up", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .down, [.down, Key("j")], "down", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .pageUp, [.pageUp, .ctrl("u"), .ctrl("b")], "a page up", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .pageDown, [.pageDown, .ctrl("d"), .ctrl("f")], "a page down", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .first, [.home, Key("g")], "to the beginning", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .last, [.end, Key("G")], "to the end; follows the live tail there", section: lists,
            in: [.lists, .details, .readers]),
        KeyBinding(
            .next, [Key("n")], hint: "next", "the next row's detail", section: details,
            in: [
                .eventDetail, .reviewDetail, .letterDetail, .lagDetail, .breakerDetail,
                .engineDetail, .auditDetail, .runDetail, .driftDetail, .scheduleDetail,
                .runbookDetail, .alertDetail, .logDetail, .jobDetail, .agentDetail,
                .mappingDetail,
            ], unless: { $0.neighbourObstacle(1) }),
        KeyBinding(
            .previous, [Key("N")], "the previous row's detail", section: details,
            in: [
                .eventDetail, .reviewDetail, .letterDetail, .lagDetail, .breakerDetail,
                .engineDetail, .auditDetail, .runDetail, .driftDetail, .scheduleDetail,
                .runbookDetail, .alertDetail, .logDetail, .jobDetail, .agentDetail,
                .mappingDetail,
            ], unless: { $0.neighbourObstacle(-1) }),
    ]

    private static let choosingBindings: [KeyBinding] = [
        KeyBinding(
            .follow, [Key("p")], hint: "pause", "pause the live tail, or follow it again",
            section: "Events and log", in: [.eventList, .logList]),
        KeyBinding(
            .toggleClusters, [Key("v")], hint: "view", "one by one, or in clusters of one cause",
            section: "Dead letters", in: [.letterList, .clusterList]),
        KeyBinding(
            .open, [.enter], hint: "open", "everything that is known of the row", section: lists,
            in: .lists, unless: \.rowObstacle),
        KeyBinding(
            .filter, [Key("/")], hint: "filter", "list only what matches, e.g. country:ES !word",
            section: lists, in: .lists),
        KeyBinding(
            .mark, [.space], "mark the row for a bulk action, or unmark it", section: lists,
            in: .lists, unless: \.markObstacle),
        KeyBinding(
            .markAll, [Key("*")], "mark all listed rows, or unmark all", section: lists,
            in: .lists, unless: \.markObstacle),
        KeyBinding(
            .sort, [Key("s")], "sort by the next column", section: lists, in: .lists,
            unless: \.sortObstacle),
        KeyBinding(
            .reverseSort, [Key("S")], "sort the other way round", section: lists, in: .lists,
            unless: \.reverseSortObstacle),
        KeyBinding(
            .blame, [Key("b")], hint: "blame", "who set each field of the service last",
            section: lists,
            in: [
                .eventList, .reviewList, .letterList, .auditList, .eventDetail, .reviewDetail,
                .letterDetail, .auditDetail, .driftList, .driftDetail,
            ], unless: \.blameObstacle),
        KeyBinding(
            .related, [Key("o")], hint: "origin",
            "what became of an event, a difference, a job; of a letter its job",
            section: details,
            in: [.eventDetail, .reviewDetail, .driftDetail, .jobDetail, .letterDetail],
            unless: \.relatedObstacle),
        KeyBinding(
            .copy, [Key("y")], "copy: an id or a code from a list, the content from a detail",
            section: lists, in: [.lists, .details], unless: \.copyObstacle),
        KeyBinding(
            .openRunbook, [Key("w")], hint: "runbook",
            "what to do: the runbook of the alert, or of the worst problem",
            section: everywhere, in: [.overview, .alertList, .alertGroupList, .alertDetail],
            unless: \.runbookObstacle),
        KeyBinding(
            .back, [.escape, .backspace], "back, or clear marks, then the filter",
            section: everywhere, in: .panes),
    ]

    private static let changingBindings: [KeyBinding] = [
        change(
            .replay, "r", "replay", "decide the event anew; as a dry run first",
            "Events", [.eventList, .eventDetail]),
        change(
            .approve, "a", "approve", "apply the held change", "Review",
            [.reviewList, .reviewDetail]),
        change(
            .reject, "x", "reject", "keep the current state and remember what was refused",
            "Review", [.reviewList, .reviewDetail]),
        change(
            .breakGlass, "f", "break glass",
            "apply alone what needs two people; everybody is told", "Review",
            [.reviewList, .reviewDetail]),
        change(
            .lookAgain, "c", "second look",
            "say that you have looked at what somebody applied alone",
            "Review", [.reviewList, .reviewDetail]),
        change(
            .reveal, "v", "reveal", "show what is masked as personal; it is written down", details,
            [
                .eventDetail, .reviewDetail, .letterDetail, .auditDetail, .runDetail, .driftDetail,
                .blameDetail, .jobDetail,
            ]),
        change(
            .retry, "r", "retry", "apply the letter again, or every letter of the cluster",
            "Dead letters", [.letterList, .clusterList, .letterDetail]),
        change(
            .resolve, "x", "resolve", "close the letter without applying it, or the cluster's",
            "Dead letters", [.letterList, .clusterList, .letterDetail]),
        change(
            .resetBreaker, "r", "reset", "close the breaker and let calls through",
            "Breakers", [.breakerList, .breakerDetail]),
        change(
            .openBreaker, "x", "open breaker", "hold the breaker open until it is reset",
            "Breakers", [.breakerList, .breakerDetail]),
        change(
            .resumePartition, "r", "resume", "consume the partition again",
            "Lag", [.lagList, .lagDetail]),
        change(
            .pausePartition, "x", "pause", "stop consuming the partition until it is resumed",
            "Lag", [.lagList, .lagDetail]),
        change(
            .seekPartition, "f", "seek", "read the partition from another place on",
            "Lag", [.lagList, .lagDetail]),
        change(
            .acknowledgeGaps, "a", "acknowledge", "acknowledge the partition's gaps",
            "Lag", [.lagList, .lagDetail]),
    ]

    private static let overlayBindings: [KeyBinding] = [
        KeyBinding(
            .cancel, [.escape, Key("q"), Key("?")], hint: "close", "close",
            section: "Help and results", in: .readers),
        KeyBinding(
            .accept, [.enter], hint: "apply", "apply what is typed or chosen",
            section: "Filter and palette", in: .prompts),
        KeyBinding(
            .complete, [.tab], hint: "complete", "take the suggestion into the line",
            section: "Filter and palette", in: .prompts),
        KeyBinding(
            .nextChoice, [.down], hint: "choose", "the next suggestion",
            section: "Filter and palette", in: .prompts),
        KeyBinding(
            .previousChoice, [.up], "the previous suggestion", section: "Filter and palette",
            in: .prompts),
        KeyBinding(
            .cancel, [.escape], hint: "leave as it was", "leave everything as it was",
            section: "Filter and palette", in: .prompts),
        KeyBinding(
            .confirm, [.enter], hint: "do it", "do it, once every field is filled in",
            section: "Dialogs", in: .form),
        KeyBinding(
            .nextField, [.tab, .backtab], hint: "next field", "the next field",
            section: "Dialogs", in: .form),
        KeyBinding(
            .confirm, [Key("y")], hint: "do it", "do it, where nothing is to be filled in",
            section: "Dialogs", in: .question),
        KeyBinding(
            .cancel, [.escape], hint: "cancel", "cancel; nothing is changed", section: "Dialogs",
            in: .dialogs),
    ]

    private static func show(_ command: Command, _ key: Unicode.Scalar, _ words: String)
        -> KeyBinding
    {
        KeyBinding(command, [Key(key)], words, section: everywhere, in: .panes)
    }

    static func change(
        _ command: Command, _ key: Unicode.Scalar, _ hint: String, _ words: String,
        _ section: String, _ places: Place
    ) -> KeyBinding {
        KeyBinding(
            command, [Key(key)], hint: hint, words, section: section, in: places, isChange: true,
            unless: { $0.changeObstacle(command) })
    }
}
