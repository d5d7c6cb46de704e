package io.wormhole.isa.language.r;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.RLexer;
import io.wormhole.isa.language.grammar.RParser;
import io.wormhole.isa.language.grammar.RParser.AssignContext;
import io.wormhole.isa.language.grammar.RParser.ExpressionContext;
import io.wormhole.isa.language.grammar.RParser.NameContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.SourceModule;
import io.wormhole.isa.language.surface.SourceModule.Top;
import io.wormhole.isa.language.surface.SourceModule.TopConstant;
import io.wormhole.isa.language.surface.SourceModule.TopFunction;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/** Reads the functional subset of R. */
public final class RLanguage {
    private static final RExpressions EXPRESSIONS = new RExpressions();

    private RLanguage() {}

    /** What R has of its own. */
    public static Dialect dialect() {
        return new RNames();
    }

    /**
     * The functions and constants of {@code source}.
     *
     * @throws RefusedSource with the first fault
     */
    public static SourceModule read(String source) {
        List<Token> tokens =
                RTokens.prepare(Reading.tokens(new RLexer(CharStreams.fromString(source))));
        RParser parser = new RParser(new CommonTokenStream(new ListTokenSource(tokens)));
        Reading.refuseFaults(parser, RLanguage::advice);
        List<Top> tops = new ArrayList<>();
        for (ExpressionContext line : parser.program().lines().expression()) {
            tops.add(top(line));
        }
        return new SourceModule(tops);
    }

    private static String advice(Token token) {
        return token.getText().matches("x[0-9A-Fa-f]+") ? "write the number in decimal" : "";
    }

    private static Top top(ExpressionContext line) {
        Position at = Reading.at(line.start);
        if (line instanceof AssignContext assign
                && assign.expression(0) instanceof NameContext name
                && !assign.op.getText().equals("<<-")) {
            Expression value = EXPRESSIONS.expression(assign.expression(1));
            String text = name.IDENT().getText();
            return value instanceof Expression.Function function
                    ? new TopFunction(text, function.parameters(), function.body(), at)
                    : new TopConstant(text, value, at);
        }
        throw new RefusedSource(
                at,
                "at the top of a file stand functions and constants",
                "write name <- function(…) …");
    }
}
