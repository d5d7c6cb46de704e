package io.wormhole.isa.pkg;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of a manifest and what each may hold; the published form is isa-manifest.schema.json.
 */
final class ManifestSchema {
    static final String FORMAT = "wormhole-isa/1";
    static final int MAX_JSON_CHARS = 256 * 1024;
    static final int MAX_INPUTS = 64;
    static final int MAX_NEEDS = 64;
    static final int MAX_MATERIALS = 32;
    static final int MAX_ATTACHMENTS = 64;
    static final int MAX_ROLES = 16;
    static final int MAX_DEPENDENCIES = 32;

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    static final Pattern VERSION = Pattern.compile("[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}");
    static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    static final Pattern LICENCE = Pattern.compile("[A-Za-z0-9 .()+-]{1,100}");
    // No control characters, no separators of lines, nothing that turns the direction of writing
    // or is half of a character: what a terminal shows is what stands there.
    static final Pattern TEXT =
            Pattern.compile(
                    "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069"
                            + "\\ud800-\\udfff]{0,1000}");
    static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    static final Pattern MATERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+ -]{0,39}");
    static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9/%]{1,8}");
    static final Pattern MONEY = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,9})?");

    static final Set<String> MANIFEST =
            Set.of(
                    "format",
                    "name",
                    "version",
                    "author",
                    "licence",
                    "description",
                    "inputs",
                    "process",
                    "needs",
                    "price",
                    "constraints",
                    "entryPoints",
                    "attachments",
                    "dependencies");
    static final Set<String> INPUT = Set.of("name", "unit", "minimum", "maximum", "standard");
    static final Set<String> RANGE = Set.of("unit", "minimum", "maximum");
    static final Set<String> PRICE = Set.of("perUnit", "unit");
    static final Set<String> CONSTRAINTS = Set.of("materials", "timePerUnit", "yield");
    static final Set<String> ATTACHMENT = Set.of("name", "sha256", "size");

    private ManifestSchema() {}
}
