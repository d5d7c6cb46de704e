package io.wormhole.oracle.rules;

/** What the rules say to a step in a question's life. */
public sealed interface Ruling<T> {
    /** The step is made. */
    record Allowed<T>(T value) implements Ruling<T> {}

    /** The step is not made and nothing has changed. */
    record Refused<T>(QuestionRefusal refusal) implements Ruling<T> {}

    /** Wraps the result of a step. */
    static <T> Ruling<T> allow(T value) {
        return new Allowed<>(value);
    }

    /** Refuses a step. */
    static <T> Ruling<T> refuse(QuestionRefusal refusal) {
        return new Refused<>(refusal);
    }
}
