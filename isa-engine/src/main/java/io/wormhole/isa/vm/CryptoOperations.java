package io.wormhole.isa.vm;

import io.wormhole.isa.bytecode.Opcode;
import io.wormhole.isa.value.Value;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.crypto.SignatureCheck;
import java.util.Map;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Hashes and signatures. They see exactly the bytes given: tags are the program's own matter. */
final class CryptoOperations {
    private static final int BLAKE2B_BITS = 256;

    private CryptoOperations() {}

    static void addTo(Map<Opcode, Operation> table) {
        table.put(Opcode.SHA256, (machine, operand) -> sha256(machine));
        table.put(Opcode.BLAKE2B, (machine, operand) -> blake2b(machine));
        table.put(Opcode.ED25519, (machine, operand) -> ed25519(machine));
    }

    private static void sha256(Machine machine) {
        Bytes content = machine.popBytes();
        BytesOperations.chargeWords(machine, Opcode.SHA256, content.size());
        machine.push(Value.of(Bytes.of(Hash.sha256().digest(content.toArray()))));
    }

    private static void blake2b(Machine machine) {
        Bytes content = machine.popBytes();
        BytesOperations.chargeWords(machine, Opcode.BLAKE2B, content.size());
        Blake2bDigest digest = new Blake2bDigest(BLAKE2B_BITS);
        digest.update(content.toArray(), 0, content.size());
        byte[] hash = new byte[BLAKE2B_BITS / 8];
        digest.doFinal(hash, 0);
        machine.push(Value.of(Bytes.of(hash)));
    }

    private static void ed25519(Machine machine) {
        Bytes signature = machine.popBytes();
        byte[] message = machine.popBytes().toArray();
        Bytes key = machine.popBytes();
        BytesOperations.chargeWords(machine, Opcode.ED25519, message.length);
        machine.push(SignatureCheck.isValid(key, message, signature));
    }
}
