package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.node.TestNetwork.get;
import static io.wormhole.settlement.peer.RawPeer.announced;
import static io.wormhole.settlement.peer.RawPeer.awaitMessage;
import static io.wormhole.settlement.peer.RawPeer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.wormhole.cluster.link.Link;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.peer.wire.HeadAnnounced;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** New heads with their short forms, and votes, as they go to and come from a node's peers. */
@Timeout(60)
class HeadNewsTest extends HeadNewsCase {
    // --- what a node tells -----------------------------------------------------------------------

    @Test
    void whoPassesBlocksOnGetsTheShortFormWithTheHeadAndTheVotesThatAreInTheBlock() {
        startMiner();
        Link link = relaying();

        boolean hasVotes = false;
        for (int told = 0; told < 12; told++) {
            HeadAnnounced head =
                    awaitMessage(link, PeerMessage.ContentCase.HEAD_ANNOUNCED).getHeadAnnounced();
            BlockHeader header = Messages.header(head.getHeader());
            if (!head.hasShortForm()) {
                continue;
            }
            SyncStep.Pushed pushed = Messages.pushed(head, header).orElseThrow();
            Block block = get(node().block(header.hash())).orElseThrow();
            assertThat(pushed.compact())
                    .isEqualTo(CompactBlock.of(block, head.getShortForm().getSalt()));
            assertThat(pushed.added())
                    .as("all that the peer was not given before, and votes in any case")
                    .containsAll(
                            block.transactions().stream()
                                    .filter(
                                            each ->
                                                    each.transaction().body()
                                                            instanceof FinalityTransaction.Vote)
                                    .toList());
            hasVotes |= !pushed.added().isEmpty();
        }

        assertThat(hasVotes).isTrue();
    }

    @Test
    void whoOnlyListensGetsHeadsAloneAndVotesByTheirIds() {
        startMiner();
        Link link = greeted();

        for (int told = 0; told < 6; told++) {
            assertThat(
                            awaitMessage(link, PeerMessage.ContentCase.HEAD_ANNOUNCED)
                                    .getHeadAnnounced()
                                    .hasShortForm())
                    .isFalse();
        }
        awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS_ANNOUNCED);
    }

    @Test
    void aVoteIsGivenAtOnceToWhoPassesBlocksOn() {
        startMiner();
        Link link = relaying();

        ByteString given =
                awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS)
                        .getTransactions()
                        .getTransactions(0);

        SignedTransaction vote = SignedTransaction.decode(Wire.bytes(given));
        assertThat(vote.transaction().body()).isInstanceOf(FinalityTransaction.Vote.class);
        assertThat(vote.transaction().sender().address()).isEqualTo(Alice.ADDRESS);
    }

    // --- what a node is told ---------------------------------------------------------------------

    @Test
    void aPushedBlockIsTakenInWithoutAQuestion() {
        startListener();
        Link link = relaying();
        SignedTransaction payment = payment();
        Block block = first(payment);

        send(
                link,
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(block, 7), List.of(payment))));

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPeerOfBeforeThatPushesNothingIsAskedForTheShortForm() {
        startListener();
        Link link = relaying();
        Block block = first();

        send(link, announced(block.header()));
        awaitMessage(link, PeerMessage.ContentCase.COMPACT_WANTED);
        send(link, Messages.compact(CompactBlock.of(block, 1)));

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPeerOfBeforeReadsTheSameHeadAsFromANodeOfBefore() throws Exception {
        Block block = first(payment());
        PeerMessage now =
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(block, 7), block.transactions()));
        HeadAnnounced before = now.getHeadAnnounced().toBuilder().clearShortForm().build();

        // What it does not know, it keeps apart: fields 1 to 3 are all that it looks at.
        UnknownFieldSet read = UnknownFieldSet.parseFrom(now.getHeadAnnounced().toByteString());
        UnknownFieldSet known = read.toBuilder().clearField(4).build();

        assertThat(read.hasField(4)).isTrue();
        assertThat(known.toByteString()).isEqualTo(before.toByteString());
        assertThat(HeadAnnounced.parseFrom(before.toByteString()).hasShortForm()).isFalse();
        assertThat(Messages.pushed(before, block.header())).isEmpty();
    }
}
