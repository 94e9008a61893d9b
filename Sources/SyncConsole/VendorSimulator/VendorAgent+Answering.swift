// What the agent answers, and what it calls back.
extension VendorAgent {
    func answer(_ question: AgentQuestion) async -> AgentReply {
        if let secret = options.secret, question.authorization != "Bearer \(secret)" {
            summary.unauthorized += 1
            tell("\(question.method) \(question.path): not the vendor's secret, answered 401")
            return .refusal(401, "unauthorized", "this is not the vendor's secret")
        }
        let call: AgentCall
        do {
            call = try AgentCall(question)
        } catch {
            tell("\(question.method) \(question.path): answered \(error.reply.status)")
            return error.reply
        }
        if case .order = call { summary.orders.calls += 1 }
        guard let fault = behaviour.fault(at: age, options.pace, &random) else {
            return await answer(call)
        }
        summary.faults[fault.rawValue, default: 0] += 1
        tell("\(call.words): \(Self.words(fault))")
        if fault.isTaken, case .order = call { _ = await answer(call) }
        if fault == .hang { try? await Task.sleep(for: options.pace.hangFor) }
        return .fault(fault)
    }

    private static func words(_ fault: VendorFault) -> String {
        switch fault {
        case .hang: "hangs"
        case .drop: "closes the connection"
        case .html: "answers an HTML page"
        case .garbage: "answers 200 with garbage"
        case .error: "answers 500"
        }
    }

    private func answer(_ call: AgentCall) async -> AgentReply {
        switch call {
        case .order(let kind, let request, let key):
            return await take(kind, request, key)
        case .checksum(let range):
            compare(ranges: 1, items: 0)
            return .json(erp.checksum(of: range))
        case .checksums(let ranges):
            compare(ranges: ranges.count, items: 0)
            tell("is asked for the checksums of \(ranges.count) ranges")
            return .json(["ranges": ranges.map { erp.checksum(of: $0) }])
        case .items(let request):
            let page = erp.page(
                of: request.ranges, after: request.after, limit: request.limit ?? 1_000)
            compare(ranges: request.ranges.count, items: page.items.count)
            tell("is asked for the items of \(request.ranges.count) ranges: \(page.items.count)")
            return .json(page)
        }
    }

    private func compare(ranges: Int, items: Int) {
        summary.compared.calls += 1
        summary.compared.ranges += ranges
        summary.compared.items += items
    }

    // MARK: Orders

    private struct Taken: Encodable {
        let accepted: Bool
        let erpReference: String?
    }

    private func take(
        _ kind: OrderKind, _ request: OrderRequest, _ key: String
    ) async -> AgentReply {
        let isRepeated: Bool
        let order: TakenOrder
        let taking = book.take(
            kind, job: request.jobId, order: request.orderId, attempt: request.attempt, key: key)
        switch taking {
        case .conflict:
            tell("\(kind.path) of order \(request.orderId): the key is another order's")
            return .refusal(409, "key_reused", "this Idempotency-Key belongs to another order")
        case .new(let taken): (order, isRepeated) = (taken, false)
        case .again(let taken): (order, isRepeated) = (taken, true)
        }
        let what = "\(kind == .createOrder ? "order" : "reservation for order") \(order.order)"
        tell(
            isRepeated
                ? "is asked again for \(what), job \(order.job): has it as \(order.reference)"
                : "takes \(what), job \(order.job), as \(order.reference)"
                    + Self.words(order.manner))
        if order.manner == .early, !isRepeated {
            // Lost like any other if the engine is away: it asks again.
            _ = try? await callBack(key)
        } else if let delay = options.callbacks.delay(of: order.manner, isRepeated: isRepeated) {
            let due = ContinuousClock.now + delay
            queue.add(CallbackQueue.Entry(key: key, due: due))
            if order.manner == .twice, !isRepeated {
                queue.add(CallbackQueue.Entry(key: key, due: due + .milliseconds(300)))
            }
        }
        return .json(
            Taken(accepted: true, erpReference: order.fails ? nil : order.reference), status: 202)
    }

    private static func words(_ manner: CallbackManner) -> String {
        switch manner {
        case .usual: ""
        case .early: "; calls back at once"
        case .late: "; will call back late"
        case .twice: "; will call back twice"
        case .forgotten: "; will forget to call back"
        case .never: "; will never call back"
        }
    }

    // MARK: Callbacks

    func keepCallingBack() async throws {
        while true {
            for entry in queue.takeDue(at: .now) {
                do {
                    try await callBack(entry.key)
                } catch EngineClient.Failure.unreachable(let why) {
                    var again = entry
                    again.failures += 1
                    again.due = .now + CallbackQueue.backoff(after: again.failures)
                    queue.add(again)
                    tell("callback of \(entry.key): \(why); again later")
                }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Tells how an order ended. What the engine refuses is not told again.
    private func callBack(_ key: String) async throws {
        guard let order = book.orders[key] else { return }
        let body = EngineBodies.Callback(
            jobId: order.job, attempt: order.attempt, status: order.fails ? "failed" : "completed",
            erpReference: order.fails ? nil : order.reference,
            error: order.fails ? "the ERP refuses: customer is blocked" : nil,
            metadata: ["kind": order.kind.rawValue])
        summary.callbacks.sent += 1
        do {
            try await client.call("POST", "/api/agents/callback", as: .agent, body: body)
            summary.callbacks.accepted += 1
            book.noteTold(key)
            tell("calls back for job \(order.job): \(body.status) (\(order.reference))")
        } catch EngineClient.Failure.refused(let status, let why) {
            summary.callbacks.refused += 1
            tell("callback for job \(order.job) is refused: \(status) \(why)")
        }
    }
}
