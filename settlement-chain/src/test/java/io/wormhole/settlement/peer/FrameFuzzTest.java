package io.wormhole.settlement.peer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wormhole.settlement.peer.wire.PeerMessage;

/** Frames of strangers under a fuzzer that is guided by coverage. */
final class FrameFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void frameIsMisbehaviourOrAMessage(byte[] data) {
        try {
            PeerMessage message = Wire.decode(data);
            if (message.getContentCase() == PeerMessage.ContentCase.CONTENT_NOT_SET) {
                throw new AssertionError("a message without content was taken");
            }
        } catch (Misbehaviour malformed) {
            // As it should be.
        }
    }
}
