package io.wormhole.oracle.rules;

import io.wormhole.protocol.oracle.Question;

/** What happens to a question when its time is over. */
public sealed interface NextStep {
    /** It is settled for ever. */
    record Ended(Resolution resolution) implements NextStep {}

    /** The chambers did not agree: the vote on it begins once more, with no vote cast. */
    record Extended(Question question) implements NextStep {}
}
