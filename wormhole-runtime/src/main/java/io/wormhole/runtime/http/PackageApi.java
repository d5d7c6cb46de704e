package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.isa.pkg.IsaPackage;
import io.wormhole.isa.pkg.IsaPackageCodec;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.Hash;
import io.wormhole.runtime.line.OrderCheck;
import io.wormhole.runtime.node.WormholeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;

/** ISA packages that the customer sends with its orders. */
final class PackageApi extends JsonRoutes {
    private final WormholeNode node;
    private final Executor blocking;

    PackageApi(WormholeNode node) {
        this.node = node;
        this.blocking = node.system().dispatchers().lookup(DispatcherSelector.blocking());
    }

    Route route() {
        return path(
                "packages", () -> post(() -> withSizeLimit(IsaPackage.MAX_BYTES, this::received)));
    }

    private Route received() {
        return entity(
                Unmarshaller.entityToByteArray(),
                content ->
                        answer(
                                CompletableFuture.supplyAsync(
                                        () -> stored(Bytes.of(content)), blocking)));
    }

    private ObjectNode stored(Bytes content) {
        IsaPackageCodec.Decoded decoded =
                IsaPackageCodec.decode(content, node.settlement().network());
        if (decoded instanceof IsaPackageCodec.Decoded.Faulty faulty) {
            throw new ApiProblem(400, "package-refused", String.join("\n", faulty.faults()))
                    .raised();
        }
        IsaPackage isa = ((IsaPackageCodec.Decoded.Valid) decoded).isaPackage();
        try {
            Hash hash = node.packages().put(content);
            if (OrderCheck.missing(isa.manifest(), node.packages()).isEmpty()) {
                node.packages().hold(isa.id(), node.packages().file(hash));
            }
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
