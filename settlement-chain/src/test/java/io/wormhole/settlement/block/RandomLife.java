package io.wormhole.settlement.block;

import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
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
    private final RandomChannels channels;
    private final List<OracleId> oracles = new ArrayList<>();
    private final List<Address> contracts = new ArrayList<>();
    private final List<SignedTransaction> past = new ArrayList<>();
    private final Map<Address, Nonce> nonces = new HashMap<>();
    private Ledger ledger;
    private long height;

    RandomLife(Arbitrary arbitrary, NetworkId network, Ledger ledger) {
        this.arbitrary = arbitrary;
        this.network = network;
        this.ledger = ledger;
        people.addAll(List.of(Alice.KEYS, Bob.KEYS, Mallory.KEYS));
        people.add(arbitrary.keys());
        people.add(arbitrary.keys());
        channels = new RandomChannels(arbitrary, network, people, ledger);
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
        KeyPair who = channels.party().filter(allowed -> !arbitrary.oneIn(6)).orElse(anyone);
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
                        () -> channels.open(who),
                        () -> channels.open(who),
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

    private TransactionBody onChannel() {
        return channels.isEmpty() ? new Transfer(someone(), amount()) : channels.change(ledger);
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
