package io.wormhole.settlement.block;

import io.wormhole.isa.contract.ContractCall;
import io.wormhole.isa.contract.order.OrderContract;
import io.wormhole.isa.contract.order.OrderTerms;
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
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.Alice;
import io.wormhole.protocol.fixtures.Arbitrary;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.Mallory;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.ledger.Nonce;
import io.wormhole.protocol.transaction.ChannelTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import io.wormhole.settlement.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random channels between random people, and what is done to them, rightly and wrongly. */
final class RandomChannels {
    private final Arbitrary arbitrary;
    private final NetworkId network;
    private final List<KeyPair> people;
    private final List<ChannelTerms> channels = new ArrayList<>();
    private Ledger ledger;
    private Optional<KeyPair> party = Optional.empty();

    RandomChannels(Arbitrary arbitrary, NetworkId network, List<KeyPair> people, Ledger ledger) {
        this.arbitrary = arbitrary;
        this.network = network;
        this.people = people;
        this.ledger = ledger;
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** Who is allowed what was made last, if not everybody; asked once. */
    Optional<KeyPair> party() {
        Optional<KeyPair> allowed = party;
        party = Optional.empty();
        return allowed;
    }

    TransactionBody open(KeyPair who) {
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

    /** What somebody does to one of the channels; {@link #party} then says who may. */
    TransactionBody change(Ledger head) {
        ledger = head;
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
}
