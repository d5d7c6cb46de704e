package io.wormhole.settlement.cuckoo;

import java.util.Objects;

/**
 * Checks whether edge indices form a cycle of the required length in the graph of a header;
 * stateless, thread-safe.
 */
public final class CuckooVerifier {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final CuckooParameters parameters;

    /** Creates a verifier for the parameters of one network. */
    public CuckooVerifier(CuckooParameters parameters) {
        this.parameters = Objects.requireNonNull(parameters, "parameters");
    }

    /**
     * Judges a proof for the complete header bytes, the miner's nonce included and the proof itself
     * not.
     *
     * @return {@link Verdict#OK}, or the first check that fails
     */
    public Verdict verify(byte[] header, CuckooProof proof) {
        Verdict form = checkForm(proof);
        return form.isOk() ? checkCycle(SipHash24.ofHeader(header), proof) : form;
    }

    /** Judges a proof for a graph whose keys are known already. */
    public Verdict verify(SipHash24 keys, CuckooProof proof) {
        Verdict form = checkForm(proof);
        return form.isOk() ? checkCycle(keys, proof) : form;
    }

    private Verdict checkForm(CuckooProof proof) {
        if (proof.size() != parameters.proofSize()) {
            return Verdict.WRONG_LENGTH;
        }
        long previous = -1;
        for (int n = 0; n < proof.size(); n++) {
            long edge = proof.edge(n);
            if (edge < 0 || edge >= parameters.edges()) {
                return Verdict.TOO_BIG;
            }
            if (edge <= previous) {
                return Verdict.NOT_ASCENDING;
            }
            previous = edge;
        }
        return Verdict.OK;
    }

    private Verdict checkCycle(SipHash24 keys, CuckooProof proof) {
        CuckooGraph graph = new CuckooGraph(parameters, keys);
        int size = proof.size();
        long[][] nodes = new long[2][size];
        // Each node of a cycle is met twice, so the exclusive-or of a side cancels; in a pair only
        // the lowest bit stays.
        long expected = parameters.variant().nodePairs() ? (size / 2) & 1 : 0;
        for (int side = 0; side < 2; side++) {
            long xor = 0;
            for (int n = 0; n < size; n++) {
                nodes[side][n] = graph.node(proof.edge(n), side);
                xor ^= nodes[side][n];
            }
            if (xor != expected) {
                return Verdict.NON_MATCHING;
            }
        }
        return walk(nodes, size);
    }

    private Verdict walk(long[][] nodes, int size) {
        int at = 0;
        int side = 0;
        for (int steps = 1; steps <= size; steps++) {
            int next = continuation(nodes[side], at);
            if (next == SEVERAL) {
                return Verdict.BRANCH;
            }
            if (next == NONE || samePairMember(nodes[side], at, next)) {
                return Verdict.DEAD_END;
            }
            at = next;
            side = 1 - side;
            if (at == 0 && side == 0) {
                return steps == size ? Verdict.OK : Verdict.SHORT_CYCLE;
            }
        }
        // Each step leads to a new (edge, side) unless it is a branch, so this is not reached by
        // any input.
        throw new IllegalStateException("cuckoo walk did not end after " + size + " steps");
    }

    private int continuation(long[] nodes, int at) {
        int shift = parameters.variant().nodePairs() ? 1 : 0;
        long node = nodes[at] >>> shift;
        int found = NONE;
        for (int n = 0; n < nodes.length; n++) {
            if (n != at && nodes[n] >>> shift == node) {
                if (found != NONE) {
                    return SEVERAL;
                }
                found = n;
            }
        }
        return found;
    }

    private boolean samePairMember(long[] nodes, int at, int next) {
        return parameters.variant().nodePairs() && nodes[at] == nodes[next];
    }
}
