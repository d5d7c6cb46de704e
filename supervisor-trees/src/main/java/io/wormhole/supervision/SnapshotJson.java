package io.wormhole.supervision;

/** Writes snapshots as JSON; a tree is at most as deep as its specs are nested. */
final class SnapshotJson {

    private SnapshotJson() {}

    static String write(TreeSnapshot snapshot) {
        StringBuilder out = new StringBuilder(256);
        append(out, snapshot);
        return out.toString();
    }

    private static void append(StringBuilder out, TreeSnapshot node) {
        out.append("{\"id\":");
        string(out, node.id());
        out.append(",\"path\":");
        string(out, node.path());
        out.append(",\"type\":\"").append(node.type().word());
        out.append("\",\"status\":\"").append(node.status().word());
        out.append("\",\"restarts\":").append(node.restarts());
        out.append(",\"uptimeMillis\":").append(node.uptimeMillis());
        out.append(",\"mailboxSize\":").append(node.mailboxSize());
        out.append(",\"strategy\":");
        string(out, node.strategy());
        out.append(",\"omitted\":").append(node.omitted());
        out.append(",\"children\":[");
        String separator = "";
        for (TreeSnapshot child : node.children()) {
            out.append(separator);
            append(out, child);
            separator = ",";
        }
        out.append("]}");
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
