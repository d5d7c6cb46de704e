package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.KeyPair;
import io.wormhole.protocol.crypto.NetworkId;
import io.wormhole.protocol.crypto.PublicKey;
import io.wormhole.protocol.crypto.Signature;
import java.util.List;
import java.util.Optional;

/**
 * Whose word on which question counts: those who attest final answers of the chain, such as the
 * oracle's operator and watchers that both parties trust.
 *
 * @param network the settlement network; attestations are bound to it
 * @param question the id of the question
 * @param keys who may attest
 * @param needed how many of them must
 */
public record AnswerTerms(NetworkId network, Hash question, List<PublicKey> keys, int needed) {
    /** Refuses a number of signatures that is not from 1 to the number of keys. */
    public AnswerTerms {
        keys = List.copyOf(keys);
        if (needed < 1 || needed > keys.size()) {
            throw new IllegalArgumentException(
                    needed + " signatures needed of " + keys.size() + " keys");
        }
    }

    /** The signature of {@code key} that the answer is {@code yes}. */
    public Signature attest(KeyPair key, boolean yes) {
        Bytes content = new CanonicalWriter().write(question).writeBoolean(yes).toBytes();
        return key.sign(DomainTag.ORACLE_ANSWER, network, content);
    }

    /** The payload that shows an answer; one signature or none for each key, in their order. */
    public Bytes answer(boolean yes, List<Optional<Signature>> signatures) {
        if (signatures.size() != keys.size()) {
            throw new IllegalArgumentException(
                    signatures.size() + " signatures for " + keys.size() + " keys");
        }
        Value[] given =
                signatures.stream()
                        .map(each -> Value.of(each.map(Signature::bytes).orElse(Bytes.EMPTY)))
                        .toArray(Value[]::new);
        return ValueCodec.encode(
                Value.tuple(Value.text("answer"), Value.of(yes), Value.list(given)));
    }

    Value encodedKeys() {
        return Value.list(keys.stream().map(key -> Value.of(key.bytes())).toArray(Value[]::new));
    }
}
