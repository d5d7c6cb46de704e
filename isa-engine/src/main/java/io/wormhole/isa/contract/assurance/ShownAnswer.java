package io.wormhole.isa.contract.assurance;

import io.wormhole.isa.value.ListValue;
import io.wormhole.isa.value.TupleValue;
import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.merkle.MapProof;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.protocol.oracle.AnswerProof;
import java.util.ArrayList;
import java.util.List;

/** The proof of an answer as contracts read it with {@code oracle_answer} of the library. */
public final class ShownAnswer {
    private ShownAnswer() {}

    /**
     * The message {@code {"answer", proof}}.
     *
     * @throws IllegalArgumentException when the proof shows no answered question
     */
    public static Bytes message(AnswerProof proof) {
        return ValueCodec.encode(Value.tuple(Value.text("answer"), of(proof)));
    }

    /**
     * The tuple {@code {settled, path}}.
     *
     * @throws IllegalArgumentException when the proof shows no answered question
     */
    public static TupleValue of(AnswerProof proof) {
        Hash key = proof.oracle().hash();
        MapVerdict verdict = proof.path().verify(root(proof), key);
        if (!(verdict instanceof MapVerdict.Present settled)) {
            throw new IllegalArgumentException(
                    "question %s is not answered in block %s"
                            .formatted(proof.oracle(), proof.header().height()));
        }
        return Value.tuple(Value.of(settled.value()), path(proof.path(), key));
    }

    /** The root that a host vouches for when it takes the answer. */
    public static Hash root(AnswerProof proof) {
        return proof.header().roots().answeredOracles();
    }

    /** From the leaf up, each sibling with whether it stands left. */
    private static ListValue path(MapProof proof, Hash key) {
        List<Hash> siblings = proof.siblings();
        List<Value> path = new ArrayList<>();
        for (int depth = siblings.size() - 1; depth >= 0; depth--) {
            path.add(
                    Value.tuple(
                            Value.of(key.bytes().bit(depth)),
                            Value.of(siblings.get(depth).bytes())));
        }
        return ListValue.of(path);
    }
}
