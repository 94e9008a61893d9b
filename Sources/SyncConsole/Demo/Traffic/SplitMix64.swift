import VendorSimulator

/// The simulated vendors' randomness is the traffic's too.
package typealias SplitMix64 = VendorSimulator.SplitMix64
