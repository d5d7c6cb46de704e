package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.node.WormholeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** ISA packages that the customer sends with its orders. */
final class PackageApi extends AllDirectives {
    private final WormholeNode node;

    PackageApi(WormholeNode node) {
        this.node = node;
    }

    Route route() {
        return path(
                "packages",
                () ->
                        post(
                                () ->
                                        withSizeLimit(
                                                IsaPackage.MAX_BYTES,
                                                () ->
                                                        entity(
                                                                Unmarshaller.entityToByteArray(),
                                                                this::store))));
    }

    private Route store(byte[] content) {
        return ApiServer.json(
                this, CompletableFuture.supplyAsync(() -> stored(Bytes.of(content))));
    }

    private ObjectNode stored(Bytes content) {
        IsaPackageCodec.Decoded decoded =
                IsaPackageCodec.decode(content, node.settlement().network());
        if (decoded instanceof IsaPackageCodec.Decoded.Faulty faulty) {
            throw new IllegalArgumentException(String.join("\n", faulty.faults()));
        }
        IsaPackage isa = ((IsaPackageCodec.Decoded.Valid) decoded).isaPackage();
        try {
            Hash hash = node.packages().put(content);
            return Json.object()
                    .put("package", hash.toHex())
                    .put("isa", isa.id().toHex())
                    .put("name", isa.manifest().name())
                    .put("version", isa.manifest().version())
                    .put("bytes", content.size());
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
