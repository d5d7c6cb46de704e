package io.wormhole.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wormhole.runtime.http.Json;
import org.junit.jupiter.api.Test;

final class ReceiptTextTest {
    private static final JsonNode RECEIPT =
            Json.parse(
                    """
                    {"order": "a1", "line": "/acme/line7", "channel": "c1", "cups": 10, "paid": "15",
                     "payouts": ["85", "15"],
                     "balancesBefore": {"acme": 1025000000000, "bob": 1000000000000},
                     "balancesAfter": {"acme": 1065000000000, "bob": 984999992910},
                     "transactions": [
                       {"kind": "Open", "transaction": "t1", "height": 46, "feeBaseUnits": 3950,
                        "verifiedByCustomer": true},
                       {"kind": "CloseMutual", "transaction": "t2", "height": 72,
                        "feeBaseUnits": 3140, "verifiedByCustomer": false}],
                     "printer": {"partsCompleted": 10, "extrudedNm": 11156018600,
                       "linesReceived": 67244, "resendsAsked": 11,
                       "lastPart": {"layers": 70,
                         "boundsNm": [5000000, 20000000, 300000, 134400000, 134400000, 21000000]}}}
                    """);

    @Test
    void everyFactOfTheReceiptIsThere() {
        assertThat(ReceiptText.of(RECEIPT).lines().map(String::strip))
                .containsExactly(
                        "",
                        "Receipt",
                        "order    a1 at /acme/line7: 10 cups, 15 DSD",
                        "channel  c1: 85 DSD back to bob, 15 DSD to acme",
                        "bob      1000 DSD before, 984.99999291 DSD after",
                        "acme     1025 DSD before, 1065 DSD after (acme also mines)",
                        "block    46: Open t1, fee 0.00000395 DSD, its proof verified by bob's node",
                        "block    72: CloseMutual t2, fee 0.00000314 DSD, NOT proven to bob's node",
                        "printer  10 parts made of 11.16 m of filament from 67244 lines of G-code,"
                                + " 11 of them resent; the last has 70 layers and measures"
                                + " 129.4 × 114.4 × 20.7 mm");
    }
}
