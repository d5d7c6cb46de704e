package io.wormhole.channel.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Bech32m;
import io.wormhole.protocol.crypto.DomainTag;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.protocol.fixtures.Bob;
import io.wormhole.protocol.fixtures.TestNetwork;
import io.wormhole.protocol.ledger.Amount;
import io.wormhole.protocol.ledger.BlockHeight;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class InvoiceTest {
    private static final Invoice INVOICE = invoice(Amount.of(2_500), "Sechs Tassen, weiß");

    private static Invoice invoice(Amount amount, String description) {
        return Invoice.of(
                new Invoice.Terms(
                        TestNetwork.ID,
                        amount,
                        Hash.of(DomainTag.GENESIS, Bytes.of((byte) 1)),
                        new BlockHeight(900),
                        40,
                        description),
                Bob.KEYS);
    }

    @Test
    void itsTextIsReadBack() {
        assertThat(INVOICE.toText()).startsWith("dsdinv1");
        assertThat(Invoice.parse(INVOICE.toText(), TestNetwork.ID)).isEqualTo(INVOICE);
        assertThat(Invoice.parse(INVOICE.toText().toUpperCase(Locale.ROOT), TestNetwork.ID))
                .isEqualTo(INVOICE);
    }

    @Test
    void everyMistypedCharacterIsFound() {
        String text = INVOICE.toText();
        for (int i = 7; i < text.length(); i++) {
            char other = text.charAt(i) == 'q' ? 'p' : 'q';
            String mistyped = text.substring(0, i) + other + text.substring(i + 1);
            assertThatThrownBy(() -> Invoice.parse(mistyped, TestNetwork.ID))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyChangedByteIsFoundBehindARightChecksum() {
        byte[] bytes = INVOICE.encoded().toArray();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            String forged = Bech32m.encode(Invoice.PREFIX, Bytes.of(changed));
            assertThatThrownBy(() -> Invoice.parse(forged, TestNetwork.ID))
                    .as("byte " + i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInvoiceOfAnotherNetworkIsRefused() {
        assertThatThrownBy(() -> Invoice.parse(INVOICE.toText(), TestNetwork.OTHER))
                .hasMessageContaining("another network");
    }

    @Test
    void aLongDescriptionFitsAndALongerOneIsRefused() {
        String longest = "x".repeat(Invoice.MOST_DESCRIPTION_BYTES);
        Invoice invoice = invoice(Amount.of(Long.MAX_VALUE), longest);

        assertThat(Invoice.parse(invoice.toText(), TestNetwork.ID)).isEqualTo(invoice);
        assertThatThrownBy(() -> invoice(Amount.of(1), longest + "x"))
                .hasMessageContaining("at most 128 bytes");
    }

    @Test
    void nothingCannotBeAskedFor() {
        assertThatThrownBy(() -> invoice(Amount.ZERO, "free"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itExpiresAtItsHeight() {
        assertThat(INVOICE.isOpenAt(new BlockHeight(899))).isTrue();
        assertThat(INVOICE.isOpenAt(new BlockHeight(900))).isFalse();
    }
}
