package io.wormhole.supervision;

import java.util.function.BiConsumer;

/**
 * What a stable reference does with messages while its child is down.
 *
 * @param queueBound messages kept for the next incarnation, oldest first; zero keeps none
 * @param refusal told of every message that is not kept: the message, and a sentence saying why
 */
public record WhileDown(int queueBound, BiConsumer<Object, String> refusal) {

    /** Most messages that a reference may be told to keep. */
    public static final int MAX_QUEUE_BOUND = 1_000_000;

    private static final WhileDown DEFAULT = queue(1000);

    public WhileDown {
        if (queueBound < 0 || queueBound > MAX_QUEUE_BOUND) {
            throw new IllegalArgumentException(
                    "queue bound is 0 to " + MAX_QUEUE_BOUND + ", got " + queueBound);
        }
    }

    /**
     * Keeps up to so many messages; those beyond are refused: reported as {@link
     * SupervisionEvent.MessageRefused}.
     */
    public static WhileDown queue(int bound) {
        return new WhileDown(bound, WhileDown::reportOnly);
    }

    /**
     * Keeps none; every message is answered at once.
     *
     * @param type the child's message type; the refusal is called with messages of this type only
     * @param refusal sends the answer, usually to a {@code replyTo} inside the message
     */
    public static <T> WhileDown refuse(Class<T> type, BiConsumer<T, String> refusal) {
        return new WhileDown(0, typed(type, refusal));
    }

    /** The same bound, with an answer for messages beyond it. */
    public <T> WhileDown orRefuse(Class<T> type, BiConsumer<T, String> answer) {
        return new WhileDown(queueBound, typed(type, answer));
    }

    /** Keeps up to 1000 messages. */
    public static WhileDown standard() {
        return DEFAULT;
    }

    private static void reportOnly(Object message, String why) {
        // The event and the log line that every refusal makes are enough.
    }

    private static <T> BiConsumer<Object, String> typed(
            Class<T> type, BiConsumer<T, String> refusal) {
        return (message, why) -> {
            if (type.isInstance(message)) {
                refusal.accept(type.cast(message), why);
            }
        };
    }
}
