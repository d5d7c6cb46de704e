package io.wormhole.benchmarks.oracle;

import io.wormhole.isa.contract.assurance.ShownAnswer;
import io.wormhole.protocol.block.BlockHeader;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.ledger.BlockHeight;
import io.wormhole.protocol.merkle.AuthenticatedMap;
import io.wormhole.protocol.oracle.Answer;
import io.wormhole.protocol.oracle.AnswerProof;
import io.wormhole.protocol.oracle.AnsweredQuestion;
import io.wormhole.protocol.oracle.OracleId;
import io.wormhole.settlement.genesis.NetworkParameters;
import io.wormhole.settlement.ledger.Ledger;
import io.wormhole.settlement.ledger.StateTree;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** How large the proof of one of many answers is. */
final class ProofSize {
    private static final int SAMPLES = 10_000;

    private ProofSize() {}

    static void measure(int answered) {
        SplittableRandom random = new SplittableRandom(1);
        Hash[] ids = new Hash[answered];
        AuthenticatedMap map = AuthenticatedMap.EMPTY;
        long begun = System.nanoTime();
        for (int i = 0; i < answered; i++) {
            ids[i] = hash(random);
            map = map.put(ids[i], settled(new OracleId(ids[i]), random).encoded());
            if (i % 1_000 == 0) {
                map.root();
            }
        }
        AuthenticatedMap full = map;
        map.root();
        System.out.printf("%,d answered, put in %.1f s%n", answered, seconds(begun));
        Ledger ledger =
                Ledger.of(
                        tree ->
                                tree == StateTree.ANSWERED_ORACLES
                                        ? full
                                        : AuthenticatedMap.EMPTY);
        BlockHeader header = header(ledger, random);
        long[] state = new long[SAMPLES];
        long[] whole = new long[SAMPLES];
        long[] message = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            OracleId id = new OracleId(ids[random.nextInt(answered)]);
            AnswerProof proof =
                    new AnswerProof(header, id, ledger.proveAnswer(id).proof());
            if (proof.settled().isEmpty()) {
                throw new IllegalStateException("the proof shows nothing: " + id);
            }
            state[i] = ledger.proveAnswer(id).encoded().size();
            whole[i] = proof.encoded().size();
            message[i] = ShownAnswer.message(proof).size();
        }
        print("path and settled question, by a header that one has", state);
        print("with the header of " + header.cycle().size() + " edges", whole);
        print("as a contract is shown it", message);
    }

    private static AnsweredQuestion settled(OracleId id, SplittableRandom random) {
        return new AnsweredQuestion(
                id,
                new Address(hash(random)),
                hash(random),
                AnsweredQuestion.Ending.VOTED,
                Optional.of(Answer.YES),
                Optional.of(hash(random)),
                new BlockHeight(random.nextInt(1_000_000)));
    }

    /** As large as on a public network. */
    private static BlockHeader header(Ledger ledger, SplittableRandom random) {
        int edges = NetworkParameters.standard().cuckoo().proofSize();
        return new BlockHeader(
                BlockHeader.VERSION,
                hash(random),
                new BlockHeight(1_000_000),
                1_000_000_000_000L,
                new Address(hash(random)),
                ledger.roots(hash(random), hash(random)),
                hash(random),
                1,
                1,
                LongStream.range(0, edges).boxed().toList());
    }

    private static Hash hash(SplittableRandom random) {
        byte[] bytes = new byte[Hash.SIZE];
        random.nextBytes(bytes);
        return new Hash(Bytes.of(bytes));
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void print(String what, long[] bytes) {
        Arrays.sort(bytes);
        System.out.printf(
                "  %s: median %d, most %d bytes%n",
                what, bytes[bytes.length / 2], bytes[bytes.length - 1]);
    }
}
