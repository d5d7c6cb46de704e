package io.wormhole.protocol.settlement;

import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.SignedTransaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The settlement chain as its users see it. Every stage may fail when the node is stopping; a
 * refusal by the rules is a value, never a failure.
 */
public interface Settlement {
    /** The network that this chain belongs to. */
    NetworkId network();

    /** Gas price in base units with which a transaction is taken into the next blocks. */
    Amount gasPrice();

    /** Head and last final block. */
    CompletionStage<SettlementHead> head();

    /** Checks a transaction and spreads it; idempotent. */
    CompletionStage<Submission> submit(SignedTransaction transaction);

    /** Where a transaction is. */
    CompletionStage<TransactionStatus> transaction(Hash id);

    /** The transaction with proof that its block holds it; empty while it is in no block. */
    CompletionStage<Optional<InclusionProof>> inclusionProof(Hash id);

    /** An account, if there is one. */
    CompletionStage<Optional<AccountEntry>> account(Address address, Certainty certainty);

    /** The nonce for the next transaction, counting those that wait for a block. */
    CompletionStage<Nonce> nextNonce(Address address);

    /** A channel, also when closed. */
    CompletionStage<Optional<ChannelEntry>> channel(ChannelId channel, Certainty certainty);

    /**
     * Roots of the answered oracles in the last final states, the newest first: with a proof that
     * leads to one of them a contract takes an answer.
     */
    CompletionStage<List<Hash>> finalAnswers();

    /** A name that is claimed and not expired. */
    CompletionStage<Optional<NameEntry>> name(Name name, Certainty certainty);

    /**
     * Follows the chain: all blocks above {@code after}, then what comes, each exactly once and in
     * order. {@code after} must be final, e.g. the height of the last {@link LedgerEvent.Finalised}
     * that the follower has stored.
     */
    Following follow(BlockHeight after, LedgerObserver observer);
}
