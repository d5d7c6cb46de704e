package io.wormhole.channel.decider;

import io.wormhole.channel.update.ChannelPosition;
import io.wormhole.channel.update.Update;
import io.wormhole.channel.update.UpdateRules;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.Signature;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.List;
import java.util.Optional;

/**
 * What a decision is made with besides memory: the update rules and this side's key.
 *
 * @param height the chain's head as far as it is known; decides nothing but consent
 * @param answers roots of answered oracles that are known to be final; decide nothing but consent
 * @param ahead a signature that may be wanted and was made before; decides nothing
 */
public record Tools(
        UpdateRules rules,
        KeyPair key,
        Optional<BlockHeight> height,
        List<Hash> answers,
        Optional<SignedAhead> ahead) {
    /**
     * How far from the known head the height of a partner's step may be, in blocks. Whoever relies
     * on an expiry must leave twice as much room, since each side may claim as much.
     */
    public static final long HEIGHT_TOLERANCE_BLOCKS = 20;

    /** Tools of a side that knows no height. */
    public Tools(UpdateRules rules, KeyPair key) {
        this(rules, key, Optional.empty(), List.of(), Optional.empty());
    }

    /** The same tools at another height, and with what is final there. */
    public Tools at(Optional<BlockHeight> known, List<Hash> finalAnswers) {
        return new Tools(rules, key, known, finalAnswers, ahead);
    }

    /** The same tools with a signature that was made before. */
    public Tools with(Optional<SignedAhead> signed) {
        return new Tools(rules, key, height, answers, signed);
    }

    UpdateRules.Result apply(ChannelParty party, ChannelPosition from, Update update) {
        return rules.apply(party.terms(), from, update);
    }

    Signature sign(ChannelParty party, DomainTag tag, Canonical content) {
        Bytes encoded = content.encoded();
        return ahead.filter(it -> it.isOf(tag, party.network(), encoded))
                .map(SignedAhead::signature)
                .orElseGet(() -> key.sign(tag, party.network(), encoded));
    }

    static boolean partnerSigned(
            ChannelParty party, Signature signature, DomainTag tag, Canonical content) {
        return party.partnerKey().verifies(signature, tag, party.network(), content.encoded());
    }

    /** Both signatures in the participants' order. */
    static List<Signature> inOrder(ChannelParty party, Signature mine, Signature partners) {
        return party.me() == 0 ? List.of(mine, partners) : List.of(partners, mine);
    }
}
