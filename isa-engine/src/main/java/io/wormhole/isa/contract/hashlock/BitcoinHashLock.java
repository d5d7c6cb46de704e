package io.wormhole.isa.contract.hashlock;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import java.io.ByteArrayOutputStream;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;

/**
 * The leg of a swap on Bitcoin: the script of BIP-199 with a guard on the secret's length. Only the
 * script and what addresses commit to; no transaction is made here.
 *
 * @param hash SHA-256 of the secret
 * @param recipient HASH160 of the key that redeems with the secret
 * @param refund HASH160 of the key that takes the money back
 * @param lockTime from when it can be taken back: seconds since 1970, or a height below 500 000 000
 */
public record BitcoinHashLock(Hash hash, Bytes recipient, Bytes refund, long lockTime) {
    private static final int HASH160_SIZE = 20;
    private static final long MAX_LOCK_TIME = 0xffffffffL;

    private static final int OP_IF = 0x63;
    private static final int OP_ELSE = 0x67;
    private static final int OP_ENDIF = 0x68;
    private static final int OP_DROP = 0x75;
    private static final int OP_DUP = 0x76;
    private static final int OP_SIZE = 0x82;
    private static final int OP_EQUALVERIFY = 0x88;
    private static final int OP_SHA256 = 0xa8;
    private static final int OP_HASH160 = 0xa9;
    private static final int OP_CHECKSIG = 0xac;
    private static final int OP_CHECKLOCKTIMEVERIFY = 0xb1;

    /** Refuses key hashes of another length than 20 and lock times outside 1 to 2^32 - 1. */
    public BitcoinHashLock {
        if (recipient.size() != HASH160_SIZE || refund.size() != HASH160_SIZE) {
            throw new IllegalArgumentException("a key hash has 20 bytes");
        }
        if (lockTime < 1 || lockTime > MAX_LOCK_TIME) {
            throw new IllegalArgumentException(
                    "lock time " + lockTime + ", allowed 1 to " + MAX_LOCK_TIME);
        }
    }

    /** The script that the coins are locked with. */
    public Bytes script() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(OP_IF);
        out.write(OP_SIZE);
        push(out, number(HashTimeLock.SECRET_SIZE));
        out.write(OP_EQUALVERIFY);
        out.write(OP_SHA256);
        push(out, hash.bytes().toArray());
        out.write(OP_EQUALVERIFY);
        out.write(OP_DUP);
        out.write(OP_HASH160);
        push(out, recipient.toArray());
        out.write(OP_ELSE);
        push(out, number(lockTime));
        out.write(OP_CHECKLOCKTIMEVERIFY);
        out.write(OP_DROP);
        out.write(OP_DUP);
        out.write(OP_HASH160);
        push(out, refund.toArray());
        out.write(OP_ENDIF);
        out.write(OP_EQUALVERIFY);
        out.write(OP_CHECKSIG);
        return Bytes.of(out.toByteArray());
    }

    /** What a P2WSH address commits to: SHA-256 of the script. */
    public Hash witnessProgram() {
        return HashTimeLock.hashOf(script());
    }

    /** What a P2SH address commits to: HASH160 of the script, 20 bytes. */
    public Bytes scriptHash() {
        byte[] inner = witnessProgram().bytes().toArray();
        RIPEMD160Digest digest = new RIPEMD160Digest();
        digest.update(inner, 0, inner.length);
        byte[] hash160 = new byte[HASH160_SIZE];
        digest.doFinal(hash160, 0);
        return Bytes.of(hash160);
    }

    private static void push(ByteArrayOutputStream out, byte[] data) {
        out.write(data.length);
        out.writeBytes(data);
    }

    /**
     * Bitcoin's script number: little-endian, minimal, the top bit of the last byte is the sign.
     */
    private static byte[] number(long positive) {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        long rest = positive;
        int last = 0;
        while (rest > 0) {
            last = (int) (rest & 0xff);
            digits.write(last);
            rest >>>= 8;
        }
        if ((last & 0x80) != 0) {
            digits.write(0);
        }
        return digits.toByteArray();
    }
}
