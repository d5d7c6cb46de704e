package io.wormhole.settlement.block;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.channel.ChannelId;
import io.wormhole.protocol.channel.ChannelResize;
import io.wormhole.protocol.channel.ChannelState;
import io.wormhole.protocol.channel.ChannelTerms;
import io.wormhole.protocol.channel.CloseRule;
import io.wormhole.protocol.channel.ClosingBalances;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.channel.ContractLock;
import io.wormhole.protocol.channel.Delegation;
import io.wormhole.protocol.channel.Participant;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Checkpoint;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.protocol.transaction.AccountTransaction;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.ContractTransaction;
import io.wormhole.protocol.transaction.FinalityTransaction;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.OracleTransaction;
import io.wormhole.protocol.transaction.SignedTransaction;
import io.wormhole.protocol.transaction.StakeTransaction;
import io.wormhole.protocol.transaction.Transaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.protocol.transaction.Transfer;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.Puppet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Random people who do anything a network allows, and Mallory who does the rest. */
final class RandomLife {
    private static final List<Name> NAMES =
            List.of(
                    new Name("/acme"),
                    new Name("/acme/line7"),
                    new Name("/acme/line7/print"),
                    new Name("/robert"));
    private static final Name SHORT = new Name("/bob");

    private final Arbitrary arbitrary;
    private final NetworkId network;
    private final List<KeyPair> people = new ArrayList<>();
    private final List<ChannelTerms> channels = new ArrayList<>();
    private final List<OracleId> oracles = new ArrayList<>();
    private final List<Address> contracts = new ArrayList<>();
    private final List<SignedTransaction> past = new ArrayList<>();
    private final Map<Address, Nonce> nonces = new HashMap<>();
    private Ledger ledger;
    private long height;
    private Optional<KeyPair> party = Optional.empty();

    RandomLife(Arbitrary arbitrary, NetworkId network, Ledger ledger) {
        this.arbitrary = arbitrary;
        this.network = network;
        this.ledger = ledger;
        people.addAll(List.of(Alice.KEYS, Bob.KEYS, Mallory.KEYS));
        people.add(arbitrary.keys());
        people.add(arbitrary.keys());
    }

    /** What is sent towards the block at {@code nextHeight} on {@code head}. */
    List<SignedTransaction> transactions(Ledger head, long nextHeight) {
        ledger = head;
        height = nextHeight;
        nonces.clear();
        List<SignedTransaction> sent = new ArrayList<>(votes());
        if (nextHeight == 1) {
            for (KeyPair poor : people.subList(3, people.size())) {
                sent.add(
                        signed(
                                Alice.KEYS,
                                new Transfer(poor.address(), Amount.of(20 * BlockTrial.DSD))));
            }
        }
        for (int count = arbitrary.below(8); count > 0; count--) {
            sent.add(arbitrary.oneIn(5) ? attack() : honest());
        }
        past.addAll(sent);
        oracles.stream().filter(oracle -> arbitrary.oneIn(3)).map(this::work).forEach(sent::add);
        return sent;
    }

    /** The producer is one of the people; most of its votes are about what nobody disputes. */
    private SignedTransaction work(OracleId oracle) {
        return Transaction.of(
                        Mallory.KEYS.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new OracleTransaction.WorkVote(
                                new BlockHeight(height),
                                List.of(
                                        new OracleTransaction.Say(
                                                oracle,
                                                arbitrary.oneOf(List.of(Answer.values()))))))
                .signedBy(Mallory.KEYS, network);
    }

    private List<SignedTransaction> votes() {
        List<SignedTransaction> votes = new ArrayList<>();
        for (KeyPair person : people) {
            ledger.finality()
                    .voteFor(person.address())
                    .filter(vote -> !arbitrary.oneIn(3))
                    .ifPresent(
                            vote -> votes.add(vote(person, vote.source(), vote.target(), network)));
        }
        return votes;
    }

    private static SignedTransaction vote(
            KeyPair who, Checkpoint source, Checkpoint target, NetworkId network) {
        return Transaction.of(
                        who.publicKey(),
                        Nonce.ZERO,
                        Amount.ZERO,
                        new FinalityTransaction.Vote(source, target))
                .signedBy(who, network);
    }

    private SignedTransaction honest() {
        KeyPair anyone = arbitrary.oneOf(people);
        TransactionBody body = body(anyone);
        KeyPair who = party.filter(participant -> !arbitrary.oneIn(6)).orElse(anyone);
        party = Optional.empty();
        return signed(who, body);
    }

    private SignedTransaction signed(KeyPair who, TransactionBody body) {
        Nonce nonce = nextNonce(who);
        if (body instanceof OracleTransaction.Ask) {
            oracles.add(OracleId.of(who.address(), nonce));
        }
        if (body instanceof ContractTransaction.Create) {
            contracts.add(ContractTransaction.Create.address(who.address(), nonce));
        }
        boolean forces =
                body instanceof ChannelTransaction.ForceProgress
                        || body instanceof ContractTransaction.Call;
        nonces.put(who.address(), nonce);
        return new Transaction(
                        who.publicKey(),
                        nonce,
                        Amount.of(10L + arbitrary.below(5)),
                        forces ? OrderContract.GAS.time() : 0,
                        forces ? OrderContract.GAS.space() : 0,
                        arbitrary.oneIn(4) ? Optional.of(arbitrary.hash()) : Optional.empty(),
                        body)
                .signedBy(who, network);
    }

    private Nonce nextNonce(KeyPair who) {
        Nonce last =
                nonces.getOrDefault(
                        who.address(),
                        ledger.account(who.address())
                                .map(account -> account.nonce())
                                .orElse(Nonce.ZERO));
        return last.next();
    }

    private SignedTransaction attack() {
        if (past.isEmpty()) {
            return honest();
        }
        SignedTransaction victim = arbitrary.oneOf(past);
        Transaction stolen = victim.transaction();
        return switch (arbitrary.below(5)) {
            case 0 -> victim;
            case 1 -> new SignedTransaction(stolen, new Signature(arbitrary.bytes(64)));
            case 2 -> ownVersion(stolen, network);
            case 3 -> ownVersion(stolen, TestNetwork.OTHER);
            default -> flipped(victim);
        };
    }

    private SignedTransaction ownVersion(Transaction stolen, NetworkId target) {
        return new Transaction(
                        Mallory.KEYS.publicKey(),
                        nextNonce(Mallory.KEYS),
                        Amount.of(10),
                        stolen.timeGasLimit(),
                        stolen.spaceGasLimit(),
                        stolen.dataHash(),
                        stolen.body())
                .signedBy(Mallory.KEYS, target);
    }

    private SignedTransaction flipped(SignedTransaction victim) {
        for (int i = 0; i < 20; i++) {
            Bytes bytes = arbitrary.withOneBitFlipped(victim.encoded());
            try {
                return SignedTransaction.decode(bytes);
            } catch (IllegalArgumentException malformed) {
                assert malformed.getMessage() != null; // The decoder refuses it: another bit.
            }
        }
        return victim;
    }

    private TransactionBody body(KeyPair who) {
        List<Supplier<TransactionBody>> kinds =
                List.of(
                        () -> new Transfer(someone(), amount()),
                        () -> new Transfer(who.address(), Amount.ZERO),
                        () -> preclaim(who),
                        () -> preclaim(who),
                        () -> new NameTransaction.Claim(name(), Hash.ZERO),
                        () -> new NameTransaction.Claim(name(), Hash.ZERO),
                        () -> new NameTransaction.Update(name(), List.of(), arbitrary.below(50)),
                        () -> new NameTransaction.Transfer(name(), someone()),
                        () -> new NameTransaction.Revoke(name()),
                        () -> new NameTransaction.Bid(SHORT, amount()),
                        () -> new NameTransaction.Claim(SHORT, Hash.ZERO),
                        this::delete,
                        () -> Puppet.create(amount()),
                        () -> Puppet.create(Amount.of(arbitrary.below(1000))),
                        this::callContract,
                        this::callContract,
                        this::delete,
                        () -> open(who),
                        () -> open(who),
                        this::onChannel,
                        this::onChannel,
                        this::onChannel,
                        this::onChannel,
                        this::onChannel,
                        () -> new StakeTransaction.Deposit(Amount.of(BlockTrial.DSD)),
                        StakeTransaction.Logout::new,
                        StakeTransaction.Withdraw::new,
                        this::evidence,
                        this::ask,
                        this::ask,
                        this::onOracle,
                        this::onOracle);
        return arbitrary.oneOf(kinds).get();
    }

    private TransactionBody delete() {
        return new AccountTransaction.Delete(
                contracts.isEmpty() ? someone() : arbitrary.oneOf(contracts));
    }

    private TransactionBody callContract() {
        if (contracts.isEmpty()) {
            return Puppet.create(Amount.of(arbitrary.below(1000)));
        }
        return Puppet.call(
                arbitrary.oneIn(20) ? someone() : arbitrary.oneOf(contracts),
                arbitrary.below(500),
                order(3));
    }

    /** Orders within orders, right and wrong ones. */
    private Value order(int depth) {
        if (depth == 0 || arbitrary.oneIn(5)) {
            return Puppet.refuse();
        }
        List<Value> payments = new ArrayList<>();
        for (int i = arbitrary.below(3); i > 0; i--) {
            payments.add(Puppet.pay(someone(), arbitrary.below(300) - 5));
        }
        List<Value> messages = new ArrayList<>();
        for (int i = arbitrary.below(3); i > 0; i--) {
            messages.add(
                    Puppet.send(
                            arbitrary.oneIn(6) ? someone() : arbitrary.oneOf(contracts),
                            arbitrary.below(100),
                            arbitrary.below(4_000),
                            order(depth - 1)));
        }
        return Puppet.order(Value.of(arbitrary.below(9)), payments, messages);
    }

    private Address someone() {
        return arbitrary.oneIn(10) ? arbitrary.address() : arbitrary.oneOf(people).address();
    }

    private Amount amount() {
        return arbitrary.oneIn(10)
                ? Amount.of(Long.MAX_VALUE)
                : arbitrary.amountUpTo(Amount.of(5 * BlockTrial.DSD));
    }

    private Name name() {
        return arbitrary.oneOf(NAMES);
    }

    private TransactionBody preclaim(KeyPair who) {
        return new NameTransaction.Preclaim(
                NameTransaction.Preclaim.commitment(
                        arbitrary.oneIn(2) ? new Name("/acme") : new Name("/robert"),
                        who.address(),
                        Hash.ZERO));
    }

    private TransactionBody open(KeyPair who) {
        KeyPair partner = who.equals(Bob.KEYS) ? Alice.KEYS : Bob.KEYS;
        if (who.equals(Mallory.KEYS) && arbitrary.oneIn(2)) {
            partner = Alice.KEYS;
        }
        ChannelTerms terms =
                new ChannelTerms(
                        List.of(
                                new Participant(who.publicKey(), Amount.of(arbitrary.below(1000))),
                                new Participant(
                                        partner.publicKey(), Amount.of(arbitrary.below(1000)))),
                        1L + arbitrary.below(4),
                        arbitrary.oneOf(List.of(CloseRule.values())),
                        Amount.of(arbitrary.below(3)),
                        arbitrary.hash());
        channels.add(terms);
        return new ChannelTransaction.Open(
                terms, signatures(terms, DomainTag.CHANNEL_TERMS, terms));
    }

    private List<Signature> signatures(ChannelTerms terms, DomainTag tag, Canonical content) {
        return terms.participants().stream()
                .map(participant -> keys(participant).sign(tag, network, content.encoded()))
                .toList();
    }

    private KeyPair keys(Participant participant) {
        return people.stream()
                .filter(person -> person.publicKey().equals(participant.key()))
                .findFirst()
                .orElseThrow();
    }

    private TransactionBody onChannel() {
        if (channels.isEmpty()) {
            return new Transfer(someone(), amount());
        }
        List<ChannelTerms> live =
                channels.stream()
                        .filter(terms -> ledger.channel(terms.id(network)).isPresent())
                        .toList();
        ChannelTerms terms =
                arbitrary.oneOf(live.isEmpty() || arbitrary.oneIn(8) ? channels : live);
        ChannelId id = terms.id(network);
        party = Optional.of(keys(arbitrary.oneOf(terms.participants())));
        return switch (arbitrary.below(10)) {
            case 0 -> closeMutual(terms, id);
            case 6 -> deposit(terms, id);
            case 7 -> withdraw(terms, id);
            case 8 -> new ChannelTransaction.Snapshot(id, state(terms, id));
            case 9 -> challengeFor(terms, id);
            case 1 -> new ChannelTransaction.CloseSolo(id, Optional.empty());
            case 2 -> new ChannelTransaction.CloseSolo(id, Optional.of(state(terms, id)));
            case 3 -> new ChannelTransaction.Challenge(id, state(terms, id));
            case 4 -> force(terms, id);
            default -> new ChannelTransaction.Settle(id);
        };
    }

    /** A step of a real contract, rightly or wrongly attested, or of no contract at all. */
    private TransactionBody force(ChannelTerms terms, ChannelId id) {
        Optional<CoSignedState> base =
                arbitrary.oneIn(3) ? Optional.empty() : Optional.of(state(terms, id));
        if (arbitrary.oneIn(4)) {
            return new ChannelTransaction.ForceProgress(
                    id,
                    base,
                    0,
                    arbitrary.bytesUpTo(100),
                    arbitrary.bytesUpTo(50),
                    arbitrary.bytesUpTo(50));
        }
        int cup = arbitrary.oneIn(3) ? 2 : 1;
        KeyPair attester = arbitrary.oneIn(3) ? Mallory.KEYS : Alice.KEYS;
        return new ChannelTransaction.ForceProgress(
                id,
                base,
                0,
                OrderContract.code(),
                order(),
                OrderContract.deliver(
                        cup, OrderContract.attest(attester, network, Hash.ZERO, cup)));
    }

    private Bytes order() {
        return OrderContract.initialState(
                new OrderTerms(
                        network,
                        Hash.ZERO,
                        Amount.of(7),
                        3,
                        Alice.KEYS.publicKey(),
                        0,
                        1,
                        new BlockHeight(1000)));
    }

    /** What the channel holds, now and then one too many. */
    private long total(ChannelTerms terms, ChannelId id) {
        return ledger.channel(id)
                        .map(entry -> entry.recorded().total())
                        .orElse(terms.totalDeposit())
                        .baseUnits()
                + (arbitrary.oneIn(6) ? 1 : 0);
    }

    private TransactionBody deposit(ChannelTerms terms, ChannelId id) {
        long more = arbitrary.below(200);
        long kept = total(terms, id) + more;
        ChannelResize resize = resize(id, kept, more);
        return new ChannelTransaction.Deposit(
                resize, signatures(terms, DomainTag.CHANNEL_DEPOSIT, resize));
    }

    private TransactionBody withdraw(ChannelTerms terms, ChannelId id) {
        long total = total(terms, id);
        long less = arbitrary.random().nextLong(total + 1);
        ChannelResize resize = resize(id, total - less, less);
        return new ChannelTransaction.Withdraw(
                resize, signatures(terms, DomainTag.CHANNEL_WITHDRAWAL, resize));
    }

    private ChannelResize resize(ChannelId id, long kept, long change) {
        long first = arbitrary.random().nextLong(kept + 1);
        long part = arbitrary.random().nextLong(change + 1);
        return new ChannelResize(
                new ChannelState(
                        id,
                        new Nonce(arbitrary.below(12)),
                        List.of(Amount.of(first), Amount.of(kept - first)),
                        List.of()),
                List.of(Amount.of(part), Amount.of(change - part)));
    }

    private TransactionBody challengeFor(ChannelTerms terms, ChannelId id) {
        KeyPair delegate = arbitrary.oneOf(people);
        party = Optional.of(delegate);
        int place = arbitrary.below(2);
        KeyPair by = keys(terms.participants().get(arbitrary.oneIn(6) ? 1 - place : place));
        return new ChannelTransaction.ChallengeFor(
                id,
                state(terms, id),
                place,
                by.sign(
                        DomainTag.CHANNEL_DELEGATE,
                        network,
                        new Delegation(id, delegate.address()).encoded()));
    }

    private TransactionBody closeMutual(ChannelTerms terms, ChannelId id) {
        long total = total(terms, id);
        long first = arbitrary.random().nextLong(total + 1);
        ClosingBalances balances =
                new ClosingBalances(id, List.of(Amount.of(first), Amount.of(total - first)));
        return new ChannelTransaction.CloseMutual(
                balances, signatures(terms, DomainTag.CHANNEL_CLOSE, balances));
    }

    private CoSignedState state(ChannelTerms terms, ChannelId id) {
        long total = total(terms, id);
        long first = arbitrary.random().nextLong(total + 1);
        long locked = arbitrary.oneIn(2) ? arbitrary.random().nextLong(first + 1) : 0;
        List<ContractLock> locks =
                locked == 0
                        ? List.of()
                        : List.of(
                                new ContractLock(
                                        0,
                                        OrderContract.codeHash(),
                                        ContractCall.stateHash(order()),
                                        Amount.of(locked),
                                        arbitrary.below(2),
                                        OrderContract.GAS.time(),
                                        OrderContract.GAS.space()));
        ChannelState state =
                new ChannelState(
                        id,
                        new Nonce(arbitrary.below(12)),
                        List.of(Amount.of(first - locked), Amount.of(total - first)),
                        locks);
        return new CoSignedState(state, signatures(terms, DomainTag.CHANNEL_STATE, state));
    }

    private TransactionBody evidence() {
        KeyPair who = arbitrary.oneIn(20) ? Bob.KEYS : Mallory.KEYS;
        Checkpoint source = new Checkpoint(0, Hash.ZERO);
        long target = 1L + arbitrary.below(2);
        return new FinalityTransaction.Evidence(
                vote(who, source, new Checkpoint(1, arbitrary.hash()), network),
                vote(who, source, new Checkpoint(target, arbitrary.hash()), network));
    }

    private TransactionBody ask() {
        return new OracleTransaction.Ask(
                arbitrary.oneIn(10) ? " " : "Is it so?",
                new BlockHeight(height + arbitrary.below(3)),
                arbitrary.below(6));
    }

    private TransactionBody onOracle() {
        if (oracles.isEmpty()) {
            return ask();
        }
        OracleId id = arbitrary.oneOf(oracles);
        Answer answer = arbitrary.oneOf(List.of(Answer.values()));
        return switch (arbitrary.below(4)) {
            case 0 -> new OracleTransaction.Give(id, answer);
            case 3 -> new OracleTransaction.StakeVote(id, answer);
            case 1 ->
                    new OracleTransaction.Counterclaim(
                            id,
                            answer,
                            ledger.openOracle(id)
                                    .map(question -> question.deposit())
                                    .orElse(Amount.of(1)));
            default -> new OracleTransaction.Settle(id);
        };
    }
}
