/**
 * Proof of work by Cuckoo Cycle: the graph that a block header spans, checking of cycles, and
 * solvers that find them.
 *
 * <p>The one rule to keep: everything here is a pure function of the header bytes and the network's
 * {@link io.wormhole.settlement.cuckoo.CuckooParameters}; no clock, no randomness, and a solver
 * never returns a cycle that the verifier has not accepted.
 *
 * <p>Start reading at {@link io.wormhole.settlement.cuckoo.CuckooVerifier}.
 */
@NullMarked
package io.wormhole.settlement.cuckoo;

import org.jspecify.annotations.NullMarked;
