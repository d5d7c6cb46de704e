package io.wormhole.runtime.oracle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.runtime.notice.Webhook;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Tells people, in the log and at an address of theirs, that they have to decide a question. */
record OpenDecision(Optional<Webhook> webhook, Logger log) implements Consumer<Question> {
    @Override
    public void accept(Question question) {
        log.info(
                "question {} waits for somebody to decide it: `wormhole oracle vote` or `answer`",
                question.id());
        webhook.ifPresent(
                to ->
                        to.tell(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("oracle", question.id().toString())
                                        .put("text", question.subject().text())));
    }
}
