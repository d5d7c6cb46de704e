package io.wormhole.runtime.virtualprinter;

/**
 * How a virtual printer misbehaves, for tests and demonstrations. Line counts are of accepted
 * numbered lines since the process started; 0 means never. Each happens once, except where said.
 *
 * @param dropAtLine hangs up after this line; it can be called again at once
 * @param rebootAtLine forgets everything after this line as a power cut does, and greets again
 * @param silentAtLine answers nothing from this line on, for good
 * @param nonsenseAtLine answers noise from this line on, for good
 * @param resendPerMille share of numbered lines that arrive damaged
 * @param lostOkPerMille share of {@code ok} that never reach the host
 * @param seed of all random choices
 */
public record Misbehaviour(
        long dropAtLine,
        long rebootAtLine,
        long silentAtLine,
        long nonsenseAtLine,
        int resendPerMille,
        int lostOkPerMille,
        long seed) {

    /** Checks that shares are shares. */
    public Misbehaviour {
        if (resendPerMille < 0
                || resendPerMille > 900
                || lostOkPerMille < 0
                || lostOkPerMille > 900) {
            throw new IllegalArgumentException("shares must be 0 to 900 per mille");
        }
        if (dropAtLine < 0 || rebootAtLine < 0 || silentAtLine < 0 || nonsenseAtLine < 0) {
            throw new IllegalArgumentException("line counts must not be below zero");
        }
    }

    /** A printer that behaves. */
    public static Misbehaviour none() {
        return new Misbehaviour(0, 0, 0, 0, 0, 0, 0);
    }

    /** Hangs up once after so many lines. */
    public static Misbehaviour dropAt(long line) {
        return new Misbehaviour(line, 0, 0, 0, 0, 0, 0);
    }

    /** Loses power once after so many lines. */
    public static Misbehaviour rebootAt(long line) {
        return new Misbehaviour(0, line, 0, 0, 0, 0, 0);
    }

    /** Falls silent for good after so many lines. */
    public static Misbehaviour silentAt(long line) {
        return new Misbehaviour(0, 0, line, 0, 0, 0, 0);
    }

    /** Talks noise for good after so many lines. */
    public static Misbehaviour nonsenseAt(long line) {
        return new Misbehaviour(0, 0, 0, line, 0, 0, 0);
    }

    /** Damages lines and loses answers at random. */
    public static Misbehaviour noisyLine(int resendPerMille, int lostOkPerMille, long seed) {
        return new Misbehaviour(0, 0, 0, 0, resendPerMille, lostOkPerMille, seed);
    }
}
