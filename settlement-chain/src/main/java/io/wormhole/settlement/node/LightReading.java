package io.wormhole.settlement.node;

import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.QuestionBook.Standing;
import io.wormhole.protocol.settlement.TransactionStatus;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.settlement.governance.GovernanceState;
import io.wormhole.settlement.ledger.AnswerRoots;
import io.wormhole.settlement.ledger.LedgerKeys;
import io.wormhole.settlement.ledger.StateTree;
import io.wormhole.settlement.light.LightClient;
import io.wormhole.settlement.light.TrustedCheckpoint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Typed reads of a light client, final or at the head; for that client's thread. */
record LightReading(LightClient client) {
    /** A value, and the header after whose block it stood in the state. */
    private record At<T>(BlockHeader header, Optional<T> value) {}

    Optional<AccountEntry> account(Address address, Certainty certainty) {
        return read(
                        certainty,
                        StateTree.ACCOUNTS,
                        LedgerKeys.account(address),
                        AccountEntry::readFrom)
                .value();
    }

    Optional<ChannelEntry> channel(ChannelId channel, Certainty certainty) {
        return read(
                        certainty,
                        StateTree.WORMHOLES,
                        LedgerKeys.channel(channel),
                        ChannelEntry::readFrom)
                .value();
    }

    Optional<NameEntry> name(Name name, Certainty certainty) {
        At<NameEntry> found =
                read(certainty, StateTree.NAMES, LedgerKeys.name(name), NameEntry::readFrom);
        return found.value().filter(entry -> found.header().height().isBefore(entry.expiresAt()));
    }

    /**
     * The checkpoint is final, so the root in its header is; older ones are in the state there. A
     * map without any answer has no root.
     */
    List<Hash> finalAnswers() {
        TrustedCheckpoint last = client.checkpoint();
        AnswerRoots roots =
                decode(
                                last.header(),
                                StateTree.CONSENSUS,
                                LedgerKeys.ANSWER_ROOTS,
                                AnswerRoots::readFrom)
                        .orElse(AnswerRoots.NONE);
        Set<Hash> newestFirst = new LinkedHashSet<>();
        newestFirst.add(last.header().roots().answeredOracles());
        newestFirst.addAll(roots.finalRoots(last.finality().finalised().epoch()));
        newestFirst.remove(Hash.ZERO);
        return List.copyOf(newestFirst);
    }

    GovernanceState governance() {
        return read(
                        Certainty.FINAL,
                        StateTree.CONSENSUS,
                        LedgerKeys.GOVERNANCE,
                        GovernanceState::readFrom)
                .value()
                .orElse(GovernanceState.NONE);
    }

    Optional<Standing> question(OracleId oracle, Certainty certainty) {
        Hash key = LedgerKeys.oracle(oracle);
        At<Question> open = read(certainty, StateTree.OPEN_ORACLES, key, Question::readFrom);
        if (open.value().isEmpty()) {
            return decode(
                            open.header(),
                            StateTree.ANSWERED_ORACLES,
                            key,
                            AnsweredQuestion::readFrom)
                    .map(Standing.Settled::new);
        }
        CastVotes votes =
                decode(
                                open.header(),
                                StateTree.CONSENSUS,
                                LedgerKeys.castVotes(oracle),
                                CastVotes::readFrom)
                        .orElse(CastVotes.NONE);
        return open.value()
                .map(question -> new Standing.Open(question, votes, open.header().height()));
    }

    TransactionStatus transaction(Hash id, OwnTransactions own) {
        return client.inclusion(id)
                .<TransactionStatus>map(proof -> included(proof.header()))
                .orElseGet(
                        () ->
                                own.contains(id)
                                        ? new TransactionStatus.Pending()
                                        : new TransactionStatus.Unknown());
    }

    private TransactionStatus included(BlockHeader header) {
        boolean isFinal = header.height().value() <= client.checkpoint().height();
        return new TransactionStatus.Included(
                header.height(), header.hash(), isFinal ? Certainty.FINAL : Certainty.TENTATIVE);
    }

    /** At the head where a server has proven that; else what is final, which is true as well. */
    private <T> At<T> read(
            Certainty certainty, StateTree tree, Hash key, Function<CanonicalReader, T> decoder) {
        BlockHeader tip = client.tip();
        if (certainty == Certainty.TENTATIVE) {
            try {
                return new At<>(tip, decode(tip, tree, key, decoder));
            } catch (LightClient.NoAnswer notThere) {
                // The servers follow another head by now.
                return atFinal(tree, key, decoder);
            }
        }
        return atFinal(tree, key, decoder);
    }

    private <T> At<T> atFinal(StateTree tree, Hash key, Function<CanonicalReader, T> decoder) {
        BlockHeader last = client.checkpoint().header();
        return new At<>(last, decode(last, tree, key, decoder));
    }

    private <T> Optional<T> decode(
            BlockHeader after, StateTree tree, Hash key, Function<CanonicalReader, T> decoder) {
        return client.read(after, tree, key).map(bytes -> CanonicalReader.decode(bytes, decoder));
    }
}
