/// What a message of the demo is there for.
///
/// Only the generator and its tests know it: the model decides from the message itself.
package enum TrafficKind: Hashable, Sendable, CaseIterable {
    case creation, creationOfUnknownWords, updateBeforeCreation, lateCreation
    case fullUpdate, partialUpdate, unchangedUpdate, tie, stale
    case deprecation, returnAfterDeprecation
    case breaking(BreakingChange)
    case supersedingUpdate, withdrawnChange
    case duplicate, reusedEventID, correction
    case withoutEventID, withoutTimestamp
    case malformedJSON, notUTF8, emptyValue, notAnObject
    case missingField, wrongType, unknownEventType, inTheFuture, sourceMismatch
    case deprecationOfUnknown, deprecationBeforeCreation
    case refusedForAWhile, refusedForGood

    package static let allCases: [TrafficKind] =
        [
            .creation, .creationOfUnknownWords, .updateBeforeCreation, .lateCreation, .fullUpdate,
            .partialUpdate, .unchangedUpdate, .tie, .stale, .deprecation, .returnAfterDeprecation,
        ] + BreakingChange.allCases.map(TrafficKind.breaking) + [
            .supersedingUpdate, .withdrawnChange, .duplicate, .reusedEventID, .correction,
            .withoutEventID, .withoutTimestamp, .malformedJSON, .notUTF8, .emptyValue,
            .notAnObject, .missingField, .wrongType, .unknownEventType, .inTheFuture,
            .sourceMismatch, .deprecationOfUnknown, .deprecationBeforeCreation,
            .refusedForAWhile, .refusedForGood,
        ]
}
