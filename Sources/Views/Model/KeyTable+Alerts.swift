/// The keys of alerts.
extension KeyTable {
    private static let alerts: Place = [.alertList, .alertGroupList, .alertDetail]

    static let alertBindings: [KeyBinding] = [
        change(
            .acknowledgeAlert, "a", "acknowledge", "say that you look after it: it is not repeated",
            "Alerts", alerts),
        change(
            .silenceAlert, "x", "silence", "tell nobody of it for a while, with a reason",
            "Alerts", alerts),
        change(
            .unsilenceAlert, "u", "end silence", "let it speak again", "Alerts", alerts),
        KeyBinding(
            .toggleAlertGroups, [Key("v")], hint: "view", "by rule, or one by one",
            section: "Alerts", in: [.alertList, .alertGroupList]),
    ]
}
