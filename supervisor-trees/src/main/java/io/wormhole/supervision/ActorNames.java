package io.wormhole.supervision;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Child ids as Pekko actor names, one to one. */
final class ActorNames {

    private ActorNames() {}

    static String ofId(String id) {
        return isPlain(id) ? id : URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    static String toId(String actorName) {
        return isPlain(actorName) || actorName.startsWith("$")
                ? actorName
                : URLDecoder.decode(actorName, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_'
                            || c == '.';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
