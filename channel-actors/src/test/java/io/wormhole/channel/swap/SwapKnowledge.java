package io.wormhole.channel.swap;

import io.wormhole.channel.decider.ChannelMessage;
import io.wormhole.channel.decider.HeardStep;
import io.wormhole.channel.decider.Open;
import io.wormhole.channel.decider.Side;
import io.wormhole.channel.decider.SignedUpdate;
import io.wormhole.channel.update.ChannelOperation;
import io.wormhole.isa.contract.hashlock.HashTimeLock;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.channel.CoSignedState;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.fixtures.TestNetwork;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a party of a swap that breaks the rules knows: every state that the other has signed, also
 * those that only it can complete, and the secret once it was shown anywhere.
 */
final class SwapKnowledge {
    private final SplittableRandom random;
    private final List<SwapChain> chains;
    private final SwapDriver honest;
    private final SwapDriver rogue;
    private final List<Set<CoSignedState>> known =
            List.of(new LinkedHashSet<>(), new LinkedHashSet<>());
    private Optional<Bytes> secret = Optional.empty();

    SwapKnowledge(
            SplittableRandom random, List<SwapChain> chains, SwapDriver honest, SwapDriver rogue) {
        this.random = random;
        this.chains = chains;
        this.honest = honest;
        this.rogue = rogue;
    }

    List<CoSignedState> of(int channel) {
        return List.copyOf(known.get(channel));
    }

    // Whatever the honest side signs the other can sign too, and keep to itself.
    void notice(int channel, ChannelMessage message) {
        Side good = honest.sides.get(channel);
        if (message instanceof ChannelMessage.Countersign signed && good.memory() instanceof Open) {
            good.standing()
                    .pending()
                    .filter(it -> it.nonce().equals(signed.nonce()))
                    .ifPresent(it -> known.get(channel).add(coSigned(it)));
        }
        if (message instanceof ChannelMessage.Propose propose) {
            propose.update().operations().stream()
                    .filter(ChannelOperation.Step.class::isInstance)
                    .map(ChannelOperation.Step.class::cast)
                    .flatMap(step -> new HeardStep(0, step.payload()).secret().stream())
                    .forEach(this::consider);
        }
    }

    CoSignedState coSigned(SignedUpdate pending) {
        Signature theirs =
                rogue.key.sign(
                        DomainTag.CHANNEL_STATE,
                        TestNetwork.ID,
                        pending.position().state().encoded());
        return new CoSignedState(
                pending.position().state(),
                rogue.me == 0 ? List.of(theirs, pending.mine()) : List.of(pending.mine(), theirs));
    }

    void consider(Bytes candidate) {
        if (HashTimeLock.hashOf(candidate).equals(honest.swap.hash())) {
            secret = Optional.of(candidate);
        }
    }

    void learn() {
        for (int i = 0; i < 2; i++) {
            chains.get(i).waitingSecrets().forEach(this::consider);
            Side good = honest.sides.get(i);
            if (good.memory() instanceof Open) {
                good.proof().ifPresent(known.get(i)::add);
            }
        }
    }

    Bytes payload() {
        if (secret.isEmpty() || random.nextInt(3) == 0) {
            return random.nextBoolean()
                    ? HashTimeLock.refund()
                    : ValueCodec.encode(
                            Value.tuple(Value.text("refund"), Value.of(random.nextInt())));
        }
        Value junk = Value.of(Bytes.of(new byte[random.nextInt(200)]));
        return random.nextBoolean()
                ? HashTimeLock.redeem(secret.get())
                : ValueCodec.encode(
                        Value.tuple(Value.text("redeem"), Value.of(secret.get()), junk));
    }

    CoSignedState newest(int channel) {
        return known.get(channel).stream()
                .reduce((one, other) -> other.nonce().isAfter(one.nonce()) ? other : one)
                .orElseThrow();
    }
}
