package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.merkle.MapVerdict;
import io.wormhole.runtime.proof.ShownEntry;
import io.wormhole.settlement.archive.ProofFile;
import java.util.Optional;

/** Proofs of the state as JSON. */
public final class ProofJson {
    private ProofJson() {}

    /** What a proof shows, and the proof itself. */
    public static ObjectNode of(ProofFile file) {
        MapVerdict verdict = file.verdict();
        ObjectNode view =
                Json.object()
                        .put("height", file.header().height().value())
                        .put("header", file.header().hash().toHex())
                        .put("map", file.proof().tree().name())
                        .put("key", file.proof().key().toHex())
                        .put("holds", !(verdict instanceof MapVerdict.Unproven));
        if (verdict instanceof MapVerdict.Unproven unproven) {
            view.put("fault", unproven.fault());
        } else {
            Optional<Bytes> value = verdict.proven();
            view.put("present", value.isPresent());
            value.ifPresent(
                    bytes ->
                            view.put("value", bytes.toHex())
                                    .put("shown", ShownEntry.of(file, bytes)));
        }
        return view.put("proof", file.encoded().toHex());
    }
}
