package io.wormhole.channel.watch;

import io.wormhole.channel.decider.ChannelAction;
import io.wormhole.channel.proto.WatchAccountEvent;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a watcher does for one client when the chain says something of a channel. */
record ClientDefence(PublicKey client, WatchOffice office, WatchRules rules) {
    ClientDefence(PublicKey client, WatchOffice office) {
        this(client, office, new WatchRules(office.network(), office.key().address()));
    }

    /**
     * Does it. What people are told of it is said before it is noted: a crash in between has it
     * told again, and never keeps it from them.
     *
     * @return what is to be noted in the client's book
     */
    List<WatchAccountEvent> seen(ClientBook book, ChannelId channel, ChannelAction.ChainSeen seen) {
        List<WatchAccountEvent> notes = new ArrayList<>();
        for (int participant = 0; participant < ChannelTerms.PARTICIPANTS; participant++) {
            Hash hint = WatchSeal.hint(channel, participant);
            WatchMessage.Hold held = book.held().get(hint);
            if (held != null) {
                answer(book, channel, seen, held, participant).ifPresent(notes::add);
            }
        }
        return notes;
    }

    private Optional<WatchAccountEvent> answer(
            ClientBook book,
            ChannelId channel,
            ChannelAction.ChainSeen seen,
            WatchMessage.Hold held,
            int participant) {
        WatchRules.Verdict verdict = judge(channel, seen, held, participant);
        if (verdict instanceof WatchRules.Over) {
            return Optional.of(ClientBook.dropped(held.hint()));
        }
        if (verdict instanceof WatchRules.Worthless worthless) {
            alarm("watch-worthless", "channel %s: %s".formatted(channel, worthless.reason()));
            return Optional.of(ClientBook.dropped(held.hint()));
        }
        return verdict instanceof WatchRules.Submit submit
                ? submit(book, held.hint(), submit)
                : Optional.empty();
    }

    private WatchRules.Verdict judge(
            ChannelId channel,
            ChannelAction.ChainSeen seen,
            WatchMessage.Hold held,
            int participant) {
        try {
            WatchCase opened = WatchSeal.open(channel, participant, held.sealed());
            return rules.judge(client, channel, opened, seen);
        } catch (IllegalArgumentException malformed) {
            return new WatchRules.Worthless(String.valueOf(malformed.getMessage()));
        }
    }

    private Optional<WatchAccountEvent> submit(
            ClientBook book, Hash hint, WatchRules.Submit submit) {
        if (!book.isServed(office.terms(), office.world().now())) {
            return tell(
                    book,
                    hint,
                    "watch-unpaid",
                    submit.purpose(),
                    "%s is due and not done: %s"
                            .formatted(submit.purpose(), book.unpaid(office.terms())));
        }
        Optional<WatchAccountEvent> told =
                tell(
                        book,
                        hint,
                        "watch-answer",
                        submit.purpose(),
                        "brings %s to the chain".formatted(submit.purpose()));
        office.world().bring(submit.purpose(), submit.body());
        return told;
    }

    // Once for each purpose, also across restarts.
    private Optional<WatchAccountEvent> tell(
            ClientBook book, Hash hint, String code, String purpose, String words) {
        String subject = code + " " + purpose;
        if (book.wasTold(hint, subject)) {
            return Optional.empty();
        }
        alarm(code, words);
        return Optional.of(ClientBook.told(hint, subject));
    }

    private void alarm(String code, String words) {
        office.world().alarm(code, "client %s: %s".formatted(client, words));
    }
}
