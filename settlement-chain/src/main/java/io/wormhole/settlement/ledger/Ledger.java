package io.wormhole.settlement.ledger;

import io.wormhole.protocol.block.BlockRoots;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.merkle.NodeCache;
import io.wormhole.protocol.merkle.NodeSink;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.CastVotes;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.oracle.Question;
import io.wormhole.protocol.state.AccountEntry;
import io.wormhole.protocol.state.AuctionEntry;
import io.wormhole.protocol.state.ChannelEntry;
import io.wormhole.protocol.state.CodeEntry;
import io.wormhole.protocol.state.ContractEntry;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.settlement.consensus.FinalityRules;
import io.wormhole.settlement.consensus.FinalityState;
import io.wormhole.settlement.genesis.Genesis;
import io.wormhole.settlement.governance.GovernanceState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of the settlement chain after some block: six authenticated maps. Immutable;
 * ledgers share what they have in common. Only the transitions of this package make a new one.
 */
public final class Ledger {
    private final Map<StateTree, AuthenticatedMap> maps;
    // Money that came into entries since the block began, counted at every write.
    private final long heldChange;

    // Notes what one transaction reads and writes; null when nobody asks.
    private final @Nullable AccessLog log;

    private Ledger(
            Map<StateTree, AuthenticatedMap> maps, long heldChange, @Nullable AccessLog log) {
        this.maps = maps;
        this.heldChange = heldChange;
        this.log = log;
    }

    /** The ledger of these maps. */
    public static Ledger of(Function<StateTree, AuthenticatedMap> maps) {
        EnumMap<StateTree, AuthenticatedMap> all = new EnumMap<>(StateTree.class);
        for (StateTree tree : StateTree.values()) {
            all.put(tree, maps.apply(tree));
        }
        return new Ledger(all, 0, null);
    }

    /** The ledger after the block with these roots, its maps opened by {@code opener}. */
    public static Ledger open(BlockRoots roots, Function<Hash, AuthenticatedMap> opener) {
        return of(tree -> opener.apply(tree.rootIn(roots)));
    }

    /**
     * The ledger of block 0. Its finality state stands on checkpoint hash zero, since no block can
     * hold its own hash; block 1 puts the hash of block 0 there.
     */
    public static Ledger atGenesis(Genesis genesis) {
        Ledger ledger = of(tree -> AuthenticatedMap.EMPTY);
        for (Map.Entry<Address, Amount> entry : genesis.allocations().entrySet()) {
            ledger =
                    ledger.withAccount(
                            entry.getKey(),
                            new AccountEntry(entry.getValue(), Nonce.ZERO, BlockHeight.ZERO));
        }
        return ledger.withFinality(FinalityState.atGenesis(genesis.stakes()))
                .withSupply(SupplyTotals.atGenesis(genesis.supply()))
                .put(StateTree.CONSENSUS, LedgerKeys.PARAMETERS, Optional.of(genesis.parameters()))
                .withoutHeldChange();
    }

    /** One of the six maps. */
    public AuthenticatedMap map(StateTree tree) {
        AuthenticatedMap map = maps.get(tree);
        if (map == null) {
            throw new IllegalStateException("a ledger has all six maps");
        }
        return map;
    }

    /** The roots of a header after this ledger, with those of transactions and witness. */
    public BlockRoots roots(Hash transactions, Hash witness) {
        return new BlockRoots(
                transactions,
                map(StateTree.ACCOUNTS).root(),
                map(StateTree.NAMES).root(),
                map(StateTree.WORMHOLES).root(),
                map(StateTree.OPEN_ORACLES).root(),
                map(StateTree.ANSWERED_ORACLES).root(),
                map(StateTree.CONSENSUS).root(),
                witness);
    }

    /** Writes all of the maps that is not known by hash alone. */
    public void commit(NodeSink sink) {
        maps.values().forEach(map -> map.commit(sink));
    }

    /** The same through a cache, which can keep at hand what was written. */
    public NodeCache.Written commit(NodeSink sink, NodeCache cache) {
        return cache.write(maps.values(), sink);
    }

    /** Lets go of what this ledger has at hand and {@code after} does not hold any more. */
    public void forgetIn(NodeCache cache, Ledger after) {
        maps.forEach((tree, map) -> cache.forget(map, after.map(tree)));
    }

    /** An account; its rent is paid up to the height in the entry. */
    public Optional<AccountEntry> account(Address address) {
        return accountAt(LedgerKeys.account(address));
    }

    Optional<AccountEntry> accountAt(Hash key) {
        return get(StateTree.ACCOUNTS, key, AccountEntry::readFrom);
    }

    Ledger withAccountAt(Hash key, Optional<AccountEntry> account) {
        return put(StateTree.ACCOUNTS, key, account);
    }

    /** A name that is claimed and not expired at height {@code at}. */
    public Optional<NameEntry> name(Name name, BlockHeight at) {
        return get(StateTree.NAMES, LedgerKeys.name(name), NameEntry::readFrom)
                .filter(entry -> at.isBefore(entry.expiresAt()));
    }

    /** The auction of a name that is not settled. */
    public Optional<AuctionEntry> auction(Name name) {
        return get(StateTree.NAMES, LedgerKeys.auction(name), AuctionEntry::readFrom);
    }

    /** The code and state of a contract account. */
    public Optional<ContractEntry> contract(Address address) {
        return get(StateTree.ACCOUNTS, LedgerKeys.contract(address), ContractEntry::readFrom);
    }

    /** The code of a contract that exists. */
    public Bytes code(Hash codeHash) {
        return get(StateTree.ACCOUNTS, LedgerKeys.code(codeHash), CodeEntry::readFrom)
                .orElseThrow(() -> new IllegalStateException("a contract has its code"))
                .code();
    }

    /** A channel, also when closed. */
    public Optional<ChannelEntry> channel(ChannelId channel) {
        return get(StateTree.WORMHOLES, LedgerKeys.channel(channel), ChannelEntry::readFrom);
    }

    /** A question that is not settled. */
    public Optional<Question> openOracle(OracleId oracle) {
        return get(StateTree.OPEN_ORACLES, LedgerKeys.oracle(oracle), Question::readFrom);
    }

    /** A settled question. */
    public Optional<AnsweredQuestion> answeredOracle(OracleId oracle) {
        return get(
                StateTree.ANSWERED_ORACLES, LedgerKeys.oracle(oracle), AnsweredQuestion::readFrom);
    }

    /** A settled question once it acts: when the block that settled it is final. */
    public Optional<AnsweredQuestion> actingOracle(OracleId oracle, FinalityRules rules) {
        long finalHeight =
                Math.multiplyExact(finality().finalised().epoch(), (long) rules.epochLength());
        return answeredOracle(oracle)
                .filter(answered -> answered.settledAt().value() <= finalHeight);
    }

    /** Roots of the answered oracles that are final, the newest first: what contracts go by. */
    public List<Hash> finalAnswers() {
        return answerRoots().finalRoots(finality().finalised().epoch());
    }

    AnswerRoots answerRoots() {
        return get(StateTree.CONSENSUS, LedgerKeys.ANSWER_ROOTS, AnswerRoots::readFrom)
                .orElse(AnswerRoots.NONE);
    }

    Ledger withAnswerRoots(AnswerRoots roots) {
        return put(StateTree.CONSENSUS, LedgerKeys.ANSWER_ROOTS, Optional.of(roots));
    }

    /** What was voted on a question in its present voting window. */
    public CastVotes castVotes(OracleId oracle) {
        return get(StateTree.CONSENSUS, LedgerKeys.castVotes(oracle), CastVotes::readFrom)
                .orElse(CastVotes.NONE);
    }

    /** The finality gadget's state: stakes, votes, what is justified and final. */
    public FinalityState finality() {
        return get(StateTree.CONSENSUS, LedgerKeys.FINALITY, FinalityState::readFrom)
                .orElseThrow(() -> new IllegalStateException("a ledger has a finality state"));
    }

    /** What the stake has changed and votes on. */
    public GovernanceState governance() {
        return get(StateTree.CONSENSUS, LedgerKeys.GOVERNANCE, GovernanceState::readFrom)
                .orElse(GovernanceState.NONE);
    }

    /** The totals of the supply equation. */
    public SupplyTotals supply() {
        return get(StateTree.CONSENSUS, LedgerKeys.SUPPLY, SupplyTotals::readFrom)
                .orElseThrow(() -> new IllegalStateException("a ledger has supply totals"));
    }

    /** What an account is, or that there is none, with its proof. */
    public StateProof proveAccount(Address address) {
        return prove(StateTree.ACCOUNTS, LedgerKeys.account(address));
    }

    /** What is stored for a name, also when expired, or that there is nothing, with its proof. */
    public StateProof proveName(Name name) {
        return prove(StateTree.NAMES, LedgerKeys.name(name));
    }

    /** What a channel is, or that there is none, with its proof. */
    public StateProof proveChannel(ChannelId channel) {
        return prove(StateTree.WORMHOLES, LedgerKeys.channel(channel));
    }

    /** The answer of a settled question, or that there is none, with its proof. */
    public StateProof proveAnswer(OracleId oracle) {
        return prove(StateTree.ANSWERED_ORACLES, LedgerKeys.oracle(oracle));
    }

    /** An open question, or that there is none, with its proof. */
    public StateProof proveQuestion(OracleId oracle) {
        return prove(StateTree.OPEN_ORACLES, LedgerKeys.oracle(oracle));
    }

    /** What stands at {@code key} of one map, or that there is nothing, with its proof. */
    public StateProof prove(StateTree tree, Hash key) {
        return new StateProof(tree, key, map(tree).prove(key));
    }

    /** The same content in other maps, for recording and its end. */
    public Ledger mapped(Function<StateTree, UnaryOperator<AuthenticatedMap>> change) {
        EnumMap<StateTree, AuthenticatedMap> changed = new EnumMap<>(StateTree.class);
        maps.forEach((tree, map) -> changed.put(tree, change.apply(tree).apply(map)));
        return new Ledger(changed, heldChange, log);
    }

    Optional<Preclaim> preclaim(Hash commitment) {
        return get(StateTree.NAMES, LedgerKeys.preclaim(commitment), Preclaim::readFrom);
    }

    Ledger withPreclaim(Hash commitment, Optional<Preclaim> preclaim) {
        return put(StateTree.NAMES, LedgerKeys.preclaim(commitment), preclaim);
    }

    Ledger withName(Name name, Optional<NameEntry> entry) {
        return put(StateTree.NAMES, LedgerKeys.name(name), entry);
    }

    Ledger withAccount(Address address, AccountEntry account) {
        return put(StateTree.ACCOUNTS, LedgerKeys.account(address), Optional.of(account));
    }

    Ledger withAuction(Name name, Optional<AuctionEntry> auction) {
        return put(StateTree.NAMES, LedgerKeys.auction(name), auction);
    }

    Ledger withContract(Address address, Optional<ContractEntry> contract) {
        return put(StateTree.ACCOUNTS, LedgerKeys.contract(address), contract);
    }

    Ledger withCode(Hash codeHash, Bytes code) {
        return put(StateTree.ACCOUNTS, LedgerKeys.code(codeHash), Optional.of(new CodeEntry(code)));
    }

    Ledger withChannel(ChannelId id, ChannelEntry channel) {
        return put(StateTree.WORMHOLES, LedgerKeys.channel(id), Optional.of(channel));
    }

    Ledger withOpenOracle(OracleId id, Optional<Question> question) {
        return put(StateTree.OPEN_ORACLES, LedgerKeys.oracle(id), question);
    }

    Ledger withAnsweredOracle(AnsweredQuestion question) {
        return put(
                StateTree.ANSWERED_ORACLES,
                LedgerKeys.oracle(question.id()),
                Optional.of(question));
    }

    Ledger withCastVotes(OracleId oracle, Optional<CastVotes> votes) {
        return put(StateTree.CONSENSUS, LedgerKeys.castVotes(oracle), votes);
    }

    Ledger withFinality(FinalityState finality) {
        return put(StateTree.CONSENSUS, LedgerKeys.FINALITY, Optional.of(finality));
    }

    Ledger withGovernance(GovernanceState governance) {
        return put(StateTree.CONSENSUS, LedgerKeys.GOVERNANCE, Optional.of(governance));
    }

    Ledger withSupply(SupplyTotals totals) {
        return put(StateTree.CONSENSUS, LedgerKeys.SUPPLY, Optional.of(totals));
    }

    /** Books what came into entries since the block began; what was booked is counted anew. */
    Ledger withHeldBooked() {
        SupplyTotals totals = supply();
        long held = Math.addExact(totals.held().baseUnits(), heldChange);
        return withSupply(totals.withHeld(Amount.of(held))).withoutHeldChange();
    }

    private Ledger withoutHeldChange() {
        return new Ledger(maps, 0, log);
    }

    /** The same ledger; what is read from it and written from here on is noted. */
    public Ledger logged(AccessLog notes) {
        return new Ledger(maps, heldChange, notes);
    }

    /** The same ledger, its accesses not noted any more. */
    public Ledger unlogged() {
        return new Ledger(maps, heldChange, null);
    }

    /** This ledger after the same reads and writes. */
    public Ledger repeated(AccessLog notes) {
        Ledger after = this;
        for (AccessLog.Step step : notes.steps()) {
            AccessLog.Entry entry = step.entry();
            if (step.isWrite()) {
                after = after.putEncoded(entry.tree(), entry.key(), step.written());
            } else {
                after.map(entry.tree()).get(entry.key());
            }
        }
        return after;
    }

    void noteUndone() {
        AccessLog notes = log;
        if (notes != null) {
            notes.undone();
        }
    }

    <T> Optional<T> get(StateTree tree, Hash key, Function<CanonicalReader, T> decoder) {
        AccessLog notes = log;
        if (notes != null) {
            notes.read(tree, key);
        }
        return map(tree).get(key).map(value -> CanonicalReader.decode(value, decoder));
    }

    Ledger put(StateTree tree, Hash key, Optional<? extends Canonical> entry) {
        return putEncoded(tree, key, entry.map(Canonical::encoded));
    }

    private Ledger putEncoded(StateTree tree, Hash key, Optional<Bytes> encoded) {
        AccessLog notes = log;
        if (notes != null) {
            notes.write(tree, key, encoded);
        }
        AuthenticatedMap before = map(tree);
        long change = heldChange;
        if (Money.canBeIn(tree, key)) {
            change = Math.subtractExact(change, moneyIn(tree, before.get(key)));
            change = Math.addExact(change, moneyIn(tree, encoded));
        }
        EnumMap<StateTree, AuthenticatedMap> changed = new EnumMap<>(maps);
        changed.put(
                tree, encoded.isPresent() ? before.put(key, encoded.get()) : before.remove(key));
        return new Ledger(changed, change, notes);
    }

    private static long moneyIn(StateTree tree, Optional<Bytes> entry) {
        return entry.map(value -> Money.in(tree, value)).orElse(Amount.ZERO).baseUnits();
    }
}
