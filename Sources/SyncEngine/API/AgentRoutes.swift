/// Vendors' agents register, say that they live, and are looked at.
enum AgentRoutes {
    static func routes(_ context: APIContext) -> [HTTPRoute] {
        []
    }
}
