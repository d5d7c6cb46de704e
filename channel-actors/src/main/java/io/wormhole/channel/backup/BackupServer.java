package io.wormhole.channel.backup;

import io.wormhole.protocol.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A web server that takes PUT, GET and DELETE of names below an address, as WebDAV servers and
 * object stores do.
 *
 * @param token sent as bearer token where one is given
 */
public record BackupServer(HttpClient client, URI address, Optional<String> token)
        implements BackupPlace {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int NOT_FOUND = 404;

    @Override
    public void put(String name, Bytes content) throws IOException {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(content.toArray());
        requireSuccess(name, send(request(name).PUT(body)));
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        HttpResponse<InputStream> answer = send(request(name).GET());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            requireStatus(name, answer.statusCode());
            byte[] content = body.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new IOException(uri(name) + " is larger than " + MOST_BYTES + " bytes");
            }
            return Optional.of(Bytes.of(content));
        }
    }

    @Override
    public void remove(String name) throws IOException {
        HttpResponse<InputStream> answer = send(request(name).DELETE());
        if (answer.statusCode() == NOT_FOUND) {
            answer.body().close();
        } else {
            requireSuccess(name, answer);
        }
    }

    private URI uri(String name) {
        String base = address.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + name);
    }

    private HttpRequest.Builder request(String name) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(name)).timeout(TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        }
    }

    private void requireSuccess(String name, HttpResponse<InputStream> answer) throws IOException {
        answer.body().close();
        requireStatus(name, answer.statusCode());
    }

    private void requireStatus(String name, int status) throws IOException {
        if (status / 100 != 2) {
            throw new IOException("status " + status + " of " + uri(name));
        }
    }

    @Override
    public String toString() {
        return "server " + address;
    }
}
