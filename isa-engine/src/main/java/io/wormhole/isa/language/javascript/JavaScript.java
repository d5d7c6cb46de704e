package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptLexer;
import io.wormhole.isa.language.grammar.JavaScriptParser;
import io.wormhole.isa.language.grammar.JavaScriptParser.ItemContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.Pattern;
import io.wormhole.isa.language.surface.SourceModule;
import io.wormhole.isa.language.surface.SourceModule.Top;
import io.wormhole.isa.language.surface.SourceModule.TopConstant;
import io.wormhole.isa.language.surface.SourceModule.TopFunction;
import io.wormhole.isa.language.surface.Step;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/** Reads the functional subset of JavaScript. */
public final class JavaScript {
    private final JavaScriptSteps steps;

    private JavaScript(boolean bigIntegers) {
        this.steps = new JavaScriptSteps(bigIntegers);
    }

    /** What JavaScript has of its own. */
    public static Dialect dialect() {
        return new JavaScriptNames();
    }

    /**
     * The functions and constants of {@code source}.
     *
     * @throws RefusedSource with the first fault
     */
    public static SourceModule read(String source) {
        List<Token> tokens =
                JavaScriptTokens.prepare(
                        Reading.tokens(new JavaScriptLexer(CharStreams.fromString(source))));
        JavaScriptParser parser =
                new JavaScriptParser(new CommonTokenStream(new ListTokenSource(tokens)));
        Reading.refuseFaults(parser, JavaScript::advice);
        boolean bigIntegers =
                tokens.stream().anyMatch(token -> token.getType() == JavaScriptLexer.BIGINT);
        return new JavaScript(bigIntegers).module(parser.program());
    }

    private static String advice(Token token) {
        return switch (token.getType()) {
            case JavaScriptLexer.FOR -> "write for (const x of list) { … }";
            case JavaScriptLexer.LET, JavaScriptLexer.CONST ->
                    "the only loop is for (const x of list) { … }";
            case JavaScriptParser.OBJECT_OPEN, JavaScriptLexer.OPEN_BRACE ->
                    "an object is { name: value }, a block follows ) or =>";
            default -> signAdvice(token.getText());
        };
    }

    private static String signAdvice(String text) {
        return switch (text) {
            case "=" -> "write === to compare; a loop is for (const i of range(n)) { … }";
            case "..." -> "pass a list";
            case "in" -> "write for (const key of keys(object)) { … }";
            case "/" -> "there are no patterns of text: compare byte by byte";
            case ":" -> "a loop has no name: return from it, or make its body a function";
            case "," -> "in a list that is taken apart every part has a name";
            default -> text.matches("[bo][0-7]+") ? "write the number in decimal, or with 0x" : "";
        };
    }

    private SourceModule module(JavaScriptParser.ProgramContext program) {
        List<Top> tops = new ArrayList<>();
        for (ItemContext item : program.item()) {
            if (item.functionDeclaration() != null) {
                tops.add(function(item.functionDeclaration()));
            } else if (item.declaration() != null) {
                for (Step step : steps.declaration(item.declaration())) {
                    tops.add(top(step));
                }
            }
        }
        return new SourceModule(tops);
    }

    private TopFunction function(JavaScriptParser.FunctionDeclarationContext function) {
        return new TopFunction(
                function.IDENT().getText(),
                steps.parameters(function.parameters()),
                steps.functionBody(function.block()),
                Reading.at(function.start));
    }

    private static Top top(Step step) {
        Position at = step.at();
        if (step instanceof Step.Bind bind && bind.pattern() instanceof Pattern.Named named) {
            if (bind.value() instanceof Expression.Block) {
                throw new RefusedSource(
                        at, "a function of the file with two names", "write function name(…) {…}");
            }
            return bind.value() instanceof Expression.Function literal
                    ? new TopFunction(named.name(), literal.parameters(), literal.body(), at)
                    : new TopConstant(named.name(), bind.value(), at);
        }
        throw new RefusedSource(
                at, "at the top of a file a constant has one name", "write const name = value");
    }
}
