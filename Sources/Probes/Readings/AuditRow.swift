/// One entry of the audit trail.
package struct AuditRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var at: Timestamp
    package var operatorName: String
    package var actingFor: String?
    package var role: String
    package var action: String
    package var targetType: String
    package var targetID: String
    package var entityID: String?
    package var result: String
    package var reason: String?
    package var detailsJSON: String

    package init(
        id: Int64, at: Timestamp, operatorName: String, actingFor: String?, role: String,
        action: String, targetType: String, targetID: String, entityID: String?, result: String,
        reason: String?, detailsJSON: String
    ) {
        self.id = id
        self.at = at
        self.operatorName = operatorName
        self.actingFor = actingFor
        self.role = role
        self.action = action
        self.targetType = targetType
        self.targetID = targetID
        self.entityID = entityID
        self.result = result
        self.reason = reason
        self.detailsJSON = detailsJSON
    }
}
