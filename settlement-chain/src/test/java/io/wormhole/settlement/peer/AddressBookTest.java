package io.wormhole.settlement.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wormhole.cluster.link.LinkIdentity;
import io.wormhole.cluster.link.LinkKey;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final LinkKey TELLER = LinkIdentity.of(new byte[32]).key();

    private final AddressBook book = new AddressBook();

    private static PeerEndpoint endpoint(int number) {
        return PeerEndpoint.of("10.0.0." + number, 9701);
    }

    @Test
    void anAddressIsTriedOnceUntilItHasLedNowhere() {
        book.learn(endpoint(1), TELLER);
        assertThat(book.take(5)).containsExactly(endpoint(1));
        book.learn(endpoint(1), TELLER);
        assertThat(book.take(5)).isEmpty();

        book.forget(endpoint(1));
        book.learn(endpoint(1), TELLER);

        assertThat(book.take(5)).containsExactly(endpoint(1));
    }

    @Test
    void onePeerPlacesOnlyAFew() {
        for (int number = 1; number < 200; number++) {
            book.learn(endpoint(number), TELLER);
        }

        assertThat(book.size()).isEqualTo(16);
    }
}
