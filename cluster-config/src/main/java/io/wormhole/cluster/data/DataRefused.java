package io.wormhole.cluster.data;

/** Carries a {@link DataRefusal} out of {@link DataDirectory#open}. */
public final class DataRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DataRefusal refusal;

    DataRefused(DataRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** What is wrong with the directory. */
    public DataRefusal refusal() {
        return refusal;
    }
}
