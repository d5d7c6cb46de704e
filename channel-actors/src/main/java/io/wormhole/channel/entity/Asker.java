package io.wormhole.channel.entity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Whoever waits for what comes of one request. */
@FunctionalInterface
interface Asker {
    /** Is told once. */
    void hear(ChannelEntity.Answer answer);

    /** Waits for several requests, and answers when what came of each is known. */
    final class Together {
        private final List<Optional<ChannelEntity.Answer>> heard;
        private final ActorRef<ChannelEntity.Answers> replyTo;
        private int missing;

        Together(int count, ActorRef<ChannelEntity.Answers> replyTo) {
            this.heard = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
            this.replyTo = replyTo;
            this.missing = count;
        }

        /** Who waits for one of them. */
        Asker at(int index) {
            return answer -> hear(index, answer);
        }

        private void hear(int index, ChannelEntity.Answer answer) {
            if (heard.set(index, Optional.of(answer)).isEmpty()) {
                missing--;
            }
            if (missing == 0) {
                replyTo.tell(
                        new ChannelEntity.Answers(
                                heard.stream().map(Optional::orElseThrow).toList()));
            }
        }
    }
}
