package io.wormhole.benchmarks.isa;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The peers' versions of the programs: one WebAssembly module of functions from i64 to i64. */
final class WasmPrograms {
    private static final int TYPES = 1;
    private static final int FUNCTIONS = 3;
    private static final int EXPORTS = 7;
    private static final int CODE = 10;

    /** local.get 0 < 2 ? local.get 0 : fib(n − 1) + fib(n − 2). */
    private static final String FIB =
            "00 20 00 42 02 53 04 7e 20 00 05"
                    + " 20 00 42 01 7d 10 00 20 00 42 02 7d 10 00 7c 0b 0b";

    /** A loop that adds n to a total and counts n down to zero. */
    private static final String SUM =
            "01 01 7e 03 40 20 01 20 00 7c 21 01"
                    + " 20 00 42 01 7d 22 00 42 00 52 0d 00 0b 20 01 0b";

    /** For each i from 2 below n: the least divisor d with d² ≤ i, or one more prime. */
    private static final String PRIMES =
            "01 03 7e 42 02 21 01 03 40 42 02 21 02 02 40 03 40"
                    + " 20 02 20 02 7e 20 01 55 04 40 20 03 42 01 7c 21 03 0c 02 0b"
                    + " 20 01 20 02 81 50 0d 01 20 02 42 01 7c 21 02 0c 00 0b 0b"
                    + " 20 01 42 01 7c 22 01 20 00 53 0d 00 0b 20 03 0b";

    /**
     * Numbers below n in words of 60 bits: for each word the multiples of each d with d² below its
     * end are struck out, then the bits that are left are counted.
     */
    private static final String SIEVE =
            "01 06 7e 02 40 03 40 20 01 20 00 59 0d 01 20 01 50 04 7e 42 03 05 42"
                    + " 00 0b 21 03 42 02 21 04 02 40 03 40 20 04 20 04 7e 20 01 42 3c 7c 59"
                    + " 0d 01 20 01 20 04 7c 42 01 7d 20 04 7f 20 04 7e 21 05 20 04 20 04 7e"
                    + " 21 06 20 05 20 06 53 04 7e 20 06 05 20 05 0b 20 01 7d 21 05 02 40 03"
                    + " 40 20 05 42 3c 59 0d 01 20 03 42 01 20 05 86 84 21 03 20 05 20 04 7c"
                    + " 21 05 0c 00 0b 0b 20 04 42 01 7c 21 04 0c 00 0b 0b 20 00 20 01 7d 21"
                    + " 06 20 06 42 3c 55 04 7e 42 3c 05 20 06 0b 21 06 42 00 21 05 02 40 03"
                    + " 40 20 05 20 06 59 0d 01 20 02 42 01 7c 20 03 20 05 87 42 01 83 7d 21"
                    + " 02 20 05 42 01 7c 21 05 0c 00 0b 0b 20 01 42 3c 7c 21 01 0c 00 0b 0b"
                    + " 20 02 0b";

    private WasmPrograms() {}

    /** The module's bytes; it exports {@code fib}, {@code sum}, {@code primes} and {@code sieve}. */
    static byte[] module() {
        List<String> names = List.of("fib", "sum", "primes", "sieve");
        List<String> bodies = List.of(FIB, SUM, PRIMES, SIEVE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("00 61 73 6d 01 00 00 00"));
        section(out, TYPES, hex("01 60 01 7e 01 7e"));
        section(out, FUNCTIONS, hex("04 00 00 00 00"));
        ByteArrayOutputStream exports = new ByteArrayOutputStream();
        exports.write(names.size());
        for (String name : names) {
            exports.write(name.length());
            exports.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            exports.write(0);
            exports.write(names.indexOf(name));
        }
        section(out, EXPORTS, exports.toByteArray());
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(bodies.size());
        for (String body : bodies) {
            byte[] bytes = hex(body);
            length(code, bytes.length);
            code.writeBytes(bytes);
        }
        section(out, CODE, code.toByteArray());
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        length(out, content.length);
        out.writeBytes(content);
    }

    /** Unsigned LEB128. */
    private static void length(ByteArrayOutputStream out, int length) {
        int rest = length;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }
}
