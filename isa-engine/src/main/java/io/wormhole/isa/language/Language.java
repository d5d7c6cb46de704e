package io.wormhole.isa.language;

import java.util.List;
import java.util.Optional;

/** What a program may be written in. */
public enum Language {
    /** A functional subset of JavaScript. */
    JAVASCRIPT("JavaScript", List.of(".js", ".mjs")),
    /** A functional subset of Python 3. */
    PYTHON("Python", List.of(".py")),
    /** A functional subset of Erlang. */
    ERLANG("Erlang", List.of(".erl")),
    /** A functional subset of R. */
    R("R", List.of(".R", ".r")),
    /** The machine's own assembly. */
    ASSEMBLY("assembly", List.of(".wha"));

    private final String title;
    private final List<String> endings;

    Language(String title, List<String> endings) {
        this.title = title;
        this.endings = endings;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** How names of its files end. */
    public List<String> endings() {
        return endings;
    }

    /** The language of a file, by the end of its name. */
    public static Optional<Language> ofFile(String name) {
        for (Language language : values()) {
            if (language.endings.stream().anyMatch(name::endsWith)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
