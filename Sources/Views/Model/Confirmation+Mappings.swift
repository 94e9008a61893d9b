import Probes

extension Confirmation {
    /// Says what a code is called here: the unmapped one in view, or any other.
    static func map(_ model: ConsoleModel) -> Confirmation {
        let typed = { (name: String, text: String) in
            Dialog.Field.text(name, TextField(text), isRequired: name != "label")
        }
        guard let row = model.mappingInView, row.state == .unmapped else {
            return dialog(
                .addMapping(MappingChoice(), reason: ""),
                lines: [
                    Span("What one of a vendor's codes is called here, for every engine at once."),
                    Span(
                        "The type is one of "
                            + CodeType.allCases.map(\.rawValue).joined(separator: ", ") + "."),
                ], reason: .optional,
                others: [
                    typed("vendor", model.vendor ?? ""), typed("type", ""),
                    typed("their code", ""), typed("our code", ""), typed("label", ""),
                ], model)
        }
        let seen = row.seen.map { "It was met \(Count.of($0, "time")). " } ?? ""
        return dialog(
            .addMapping(
                MappingChoice(vendor: row.vendor, type: row.type.rawValue, erpCode: row.erpCode),
                reason: ""),
            lines: [
                Span("\(row.vendor) \(row.type.rawValue) \(row.erpCode)", Style(.title)),
                Span(
                    seen
                        + (row.type.isRequired
                            ? "Its items are taken once the vendor sends them again."
                            : "Items in the catalog that have it get ours once the vendor changes "
                                + "them: sent again as they are, they are skipped.")),
            ], reason: .optional, others: [typed("our code", ""), typed("label", "")], model)
    }

    /// Changes what a code is called here.
    static func change(_ model: ConsoleModel) -> Confirmation {
        guard let row = model.mappingInView else { return .obstacle("No code is selected.") }
        guard let id = row.mappingID else {
            return .obstacle(
                "This code has no word of ours yet: \(model.keys.name(of: .mapCode)) maps it.")
        }
        let (code, label) = (row.ourCode ?? "", row.label ?? "")
        return dialog(
            .changeMapping(id, code: code, label: label, reason: ""),
            lines: [
                Span("\(row.vendor) \(row.type.rawValue) \(row.erpCode)", Style(.title)),
                Span(
                    "Items that come from now on get the new code, in every engine. Those in the "
                        + "catalog keep \(code.isEmpty ? "theirs" : code) until the vendor changes "
                        + "them: sent again as they are, they are skipped."),
            ], reason: .needed,
            others: [
                .text("our code", TextField(code), isRequired: true),
                .text("label", TextField(label), isRequired: false),
            ], model)
    }

    /// Switches mappings off and on.
    static func switching(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let all = model.mappingsInView
        guard let first = all.first else { return .obstacle("No code is selected.") }
        let isOn = command == .activateMapping
        let rows = all.filter { $0.state == (isOn ? .inactive : .active) }
        guard !rows.isEmpty else {
            return .obstacle(
                first.state == .unmapped
                    ? "This code has no word of ours yet."
                    : isOn ? "This mapping is active." : "This mapping is inactive already.")
        }
        let required = rows.count { $0.type.isRequired }
        var lines = [Span(names(rows.map { "\($0.vendor) \($0.erpCode)" }), Style(.title))]
        if isOn {
            lines.append(Span("Every engine applies it from its next item on."))
        } else if required > 0 {
            lines.append(
                Span(
                    "Items with \(required == 1 ? "this code" : "these codes") are refused from "
                        + "now on.", Style(.warning)))
        } else {
            lines.append(Span("Items with this code are taken; ours stays empty."))
        }
        lines += leftOut(all.count - rows.count, "not in a state for it")
        return dialog(
            .switchMappings(rows.compactMap(\.mappingID), on: isOn, reason: ""), lines: lines,
            reason: isOn ? .optional : .needed, model)
    }
}

extension ConsoleModel {
    /// The code whose detail is open, or the one under the cursor.
    var mappingInView: MappingRow? {
        if case .mapping(let id) = detail?.subject { return row(MappingList.self, id: id) }
        return noun == .mappings && detail == nil ? cursorRow(MappingList.self) : nil
    }

    var mappingsInView: [MappingRow] {
        if case .mapping = detail?.subject { return mappingInView.map { [$0] } ?? [] }
        return targetRows(MappingList.self)
    }
}
