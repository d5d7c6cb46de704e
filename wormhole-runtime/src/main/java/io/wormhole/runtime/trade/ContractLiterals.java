package io.wormhole.runtime.trade;

import io.wormhole.isa.value.Value;
import io.wormhole.isa.value.ValueText;
import io.wormhole.protocol.crypto.Address;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of contracts as people write them: those of assembly, such as <code>{"pledge", 5, #c0ffee}
 * </code>, and besides {@code me} and {@code dsd1…} for addresses, {@code 1.5DSD} for base units,
 * {@code now} and {@code now+300} for heights.
 *
 * @param me whose address {@code me} is
 * @param now the head of the chain
 */
public record ContractLiterals(Address me, BlockHeight now) {
    private static final Pattern WORD =
            Pattern.compile(
                    "\"[^\"]*\"|#[0-9a-fA-F]*"
                            + "|(?<address>\\bdsd1[0-9a-z]+\\b)|(?<me>\\bme\\b)"
                            + "|(?<dsd>\\b[0-9]+(?:\\.[0-9]+)?)DSD\\b"
                            + "|\\bnow\\b(?:\\+(?<later>[0-9]{1,12})\\b)?");
    private static final String NOW = "now";

    /**
     * The value that a text stands for.
     *
     * @param place what it is, for the message of a refusal
     */
    public Value read(String text, String place) {
        try {
            Matcher word = WORD.matcher(text);
            StringBuilder plain = new StringBuilder();
            while (word.find()) {
                word.appendReplacement(plain, Matcher.quoteReplacement(plain(word)));
            }
            return ValueText.parse(word.appendTail(plain).toString());
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw new IllegalArgumentException(place + ": " + malformed.getMessage(), malformed);
        }
    }

    private String plain(Matcher word) {
        if (word.group("address") != null) {
            return hex(Address.parse(word.group("address")));
        }
        if (word.group("me") != null) {
            return hex(me);
        }
        if (word.group("dsd") != null) {
            return Long.toString(Amount.parse(word.group("dsd")).baseUnits());
        }
        if (word.group().startsWith(NOW)) {
            String later = word.group("later");
            return Long.toString(now.plus(later == null ? 0 : Long.parseLong(later)).value());
        }
        return word.group();
    }

    private static String hex(Address address) {
        return "#" + address.hash().bytes().toHex();
    }
}
