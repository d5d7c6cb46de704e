package io.wormhole.runtime.naming;

import io.wormhole.channel.node.ChannelService;
import io.wormhole.channel.wallet.Payment;
import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.naming.Name;
import io.wormhole.protocol.naming.Pointer;
import io.wormhole.protocol.naming.WormholeAddress;
import io.wormhole.protocol.settlement.Certainty;
import io.wormhole.protocol.settlement.Settlement;
import io.wormhole.protocol.state.NameEntry;
import io.wormhole.protocol.transaction.NameTransaction;
import io.wormhole.protocol.transaction.TransactionBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Claims and resolves names for one operator. */
public final class NameService {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KeyPair owner;
    private final Settlement settlement;
    private final ChannelService wallet;
    private final HostPort session;

    /** A service that points names to wormholes reached at {@code session}. */
    public NameService(
            KeyPair owner, Settlement settlement, ChannelService wallet, HostPort session) {
        this.owner = owner;
        this.settlement = settlement;
        this.wallet = wallet;
        this.session = session;
    }

    /** A claim was refused; the message names the step and the reason. */
    public static final class NameRefused extends RuntimeException {
        NameRefused(String message) {
            super(message);
        }
    }

    /** The wormhole id of a line of {@code owner}. */
    public static Hash wormholeId(KeyPair owner, Name line) {
        return Hash.of(
                DomainTag.WORMHOLE_ID,
                new CanonicalWriter().write(owner.publicKey()).write(line).toBytes());
    }

    /**
     * Claims a line's name and all names above it that are free, and points it to this node.
     * Repeating it goes on where it stopped.
     *
     * @return the final entry; fails with {@link NameRefused}
     */
    public CompletionStage<NameEntry> claimLine(Name line) {
        return claim(line).thenCompose(claimed -> point(line));
    }

    private CompletionStage<NameEntry> claim(Name name) {
        return settlement
                .name(name, Certainty.FINAL)
                .thenCompose(
                        entry ->
                                entry.isPresent()
                                        ? CompletableFuture.completedFuture(
                                                requireOwned(entry.get()))
                                        : claimFree(name));
    }

    private NameEntry requireOwned(NameEntry entry) {
        if (!entry.owner().equals(owner.address())) {
            throw new NameRefused(
                    "the name %s belongs to %s until block %s"
                            .formatted(entry.name(), entry.owner(), entry.expiresAt()));
        }
        return entry;
    }

    private CompletionStage<NameEntry> claimFree(Name name) {
        Optional<Name> parent = name.parent();
        // Deterministic, so that a repeated claim after a crash fits the preclaim of the first.
        Hash salt = parent.isPresent() ? Hash.ZERO : salt(name);
        CompletionStage<?> before = parent.isPresent() ? claim(parent.get()) : preclaim(name, salt);
        return before.thenCompose(
                        ready -> bring("claim", name, new NameTransaction.Claim(name, salt)))
                .thenCompose(claimed -> settlement.name(name, Certainty.FINAL))
                .thenApply(
                        entry ->
                                requireOwned(
                                        entry.orElseThrow(
                                                () -> new NameRefused(name + " has expired"))));
    }

    private Hash salt(Name name) {
        return Hash.of(
                DomainTag.NAME_COMMITMENT,
                new CanonicalWriter().writeFixed(owner.seed()).write(name).toBytes());
    }

    private CompletionStage<Payment> preclaim(Name name, Hash salt) {
        Hash commitment = NameTransaction.Preclaim.commitment(name, owner.address(), salt);
        return bring("preclaim", name, new NameTransaction.Preclaim(commitment));
    }

    private CompletionStage<NameEntry> point(Name line) {
        WormholeAddress here =
                new WormholeAddress(
                        wormholeId(owner, line), owner.publicKey(), session.host(), session.port());
        return settlement
                .name(line, Certainty.FINAL)
                .thenCompose(
                        entry -> {
                            boolean points =
                                    entry.flatMap(NameEntry::wormhole).equals(Optional.of(here));
                            return points
                                    ? CompletableFuture.completedFuture(entry)
                                    : update(line, here);
                        })
                .thenApply(
                        entry -> entry.orElseThrow(() -> new NameRefused(line + " has expired")));
    }

    private CompletionStage<Optional<NameEntry>> update(Name line, WormholeAddress here) {
        return bring(
                        "point-" + here.host() + ":" + here.port(),
                        line,
                        new NameTransaction.Update(line, List.of(Pointer.to(here)), 0))
                .thenCompose(done -> settlement.name(line, Certainty.FINAL));
    }

    private CompletionStage<Payment> bring(String step, Name name, TransactionBody body) {
        return wallet.bring("name" + name + "/" + step, body, PATIENCE)
                .thenApply(
                        payment -> {
                            if (payment instanceof Payment.Abandoned refused) {
                                throw new NameRefused(
                                        "%s of %s: %s".formatted(step, name, refused.reason()));
                            }
                            return payment;
                        });
    }
}
