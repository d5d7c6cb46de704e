package io.wormhole.isa.language.grammar;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** A parser whose trees are never deeper than what the code that walks them can bear. */
public abstract class BoundedParser extends Parser {
    private static final int DEEPEST = 400;

    private final Deque<Integer> outerPushes = new ArrayDeque<>();
    private int depth;
    private int pushes;

    /** Reads from {@code input}. */
    protected BoundedParser(TokenStream input) {
        super(input);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        deeper();
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        depth--;
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        deeper();
        outerPushes.push(pushes);
        pushes = 0;
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void pushNewRecursionContext(ParserRuleContext context, int state, int rule) {
        deeper();
        pushes++;
        super.pushNewRecursionContext(context, state, rule);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        depth -= pushes + 1;
        pushes = outerPushes.pop();
        super.unrollRecursionContexts(parent);
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            Token token = getCurrentToken();
            throw new RefusedSource(
                    new Position(token.getLine(), token.getCharPositionInLine() + 1),
                    "too deep inside each other",
                    "name the parts, or make functions of them");
        }
    }
}
