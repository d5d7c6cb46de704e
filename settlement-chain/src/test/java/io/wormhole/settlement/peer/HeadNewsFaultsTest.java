package io.wormhole.settlement.peer;

import static io.wormhole.settlement.node.TestNetwork.eventually;
import static io.wormhole.settlement.peer.RawPeer.assertClosed;
import static io.wormhole.settlement.peer.RawPeer.awaitMessage;
import static io.wormhole.settlement.peer.RawPeer.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wormhole.cluster.link.Link;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.settlement.block.Block;
import io.wormhole.settlement.peer.wire.BlockBody;
import io.wormhole.settlement.peer.wire.PeerMessage;
import io.wormhole.settlement.peer.wire.ShortForm;
import io.wormhole.settlement.peer.wire.TransactionsWanted;
import io.wormhole.settlement.relay.CompactBlock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Short forms and votes that are lies, rubbish or of no use. */
@Timeout(60)
class HeadNewsFaultsTest extends HeadNewsCase {
    @Test
    void aShortFormThatLiesLeadsToTheWholeBlock() {
        startListener();
        Link link = relaying();
        Block block = first(payment());
        SignedTransaction other = vote(Mallory.KEYS, Mallory.KEYS);
        Block lie = new Block(block.header(), List.of(other), block.witness());

        send(
                link,
                pushed(
                        block.header(),
                        Messages.shortForm(CompactBlock.of(lie, 7), List.of(other))));
        awaitMessage(link, PeerMessage.ContentCase.BLOCKS_WANTED);
        send(
                link,
                PeerMessage.newBuilder()
                        .setBlock(BlockBody.newBuilder().setBlock(Wire.bytes(block)))
                        .build());

        eventually("it is the head", () -> node().status().headHash().equals(block.hash()));
    }

    @Test
    void aPushedHeadWithoutWorkIsPunished() {
        startListener();
        Link link = relaying();
        Block block = first(payment());

        send(
                link,
                pushed(
                        block.header().withWork(1, block.header().cycle()),
                        Messages.shortForm(CompactBlock.of(block, 7), block.transactions())));

        assertPunished(link);
    }

    @Test
    void moreAddedTransactionsThanAMessageHoldsArePunished() {
        startListener();
        Link link = relaying();
        SignedTransaction payment = payment();
        Block block = first(payment);
        List<SignedTransaction> many = Collections.nCopies(Wire.MAXIMUM_IDS + 1, payment);

        send(link, pushed(block.header(), Messages.shortForm(CompactBlock.of(block, 7), many)));

        assertPunished(link);
    }

    @Test
    void moreShortIdsThanABlockHasTransactionsArePunished() {
        startListener();
        Link link = relaying();
        Block block = first();
        ShortForm.Builder form = ShortForm.newBuilder();
        for (long id = 0; id <= Block.MAXIMUM_TRANSACTIONS; id++) {
            form.addIds(id);
        }

        send(link, pushed(block.header(), form.build()));

        assertPunished(link);
    }

    @Test
    void anAddedTransactionThatIsNoneIsPunished() {
        startListener();
        Link link = relaying();

        send(
                link,
                pushed(
                        first().header(),
                        ShortForm.newBuilder()
                                .addIds(1)
                                .addAdded(ByteString.copyFromUtf8("no transaction"))
                                .build()));

        assertPunished(link);
    }

    @Test
    void aVoteWithAWrongSignatureIsPunished() {
        startListener();
        Link link = relaying();

        send(link, Messages.transactions(List.of(vote(Alice.KEYS, Mallory.KEYS))));

        assertPunished(link);
    }

    @Test
    void aVoteOfSomebodyWithoutStakeIsNotPassedOn() {
        startListener();
        Link link = relaying();
        SignedTransaction strange = vote(Mallory.KEYS, Mallory.KEYS);
        SignedTransaction payment = payment();

        send(link, Messages.transactions(List.of(strange, payment)));

        send(link, wanted(strange, payment));
        assertThat(
                        awaitMessage(link, PeerMessage.ContentCase.TRANSACTIONS)
                                .getTransactions()
                                .getTransactionsList())
                .containsExactly(Wire.bytes(payment));
        assertThat(node().status().peers()).as("its sender is no villain").hasSize(1);
    }

    private static PeerMessage wanted(SignedTransaction... transactions) {
        TransactionsWanted.Builder wanted = TransactionsWanted.newBuilder();
        for (SignedTransaction transaction : transactions) {
            wanted.addIds(Wire.bytes(transaction.id()));
        }
        return PeerMessage.newBuilder().setTransactionsWanted(wanted).build();
    }

    private void assertPunished(Link link) {
        assertClosed(link);
        eventually(
                "it is counted", () -> node().metrics().getOrDefault("peers_misbehaved", 0L) >= 1);
    }
}
