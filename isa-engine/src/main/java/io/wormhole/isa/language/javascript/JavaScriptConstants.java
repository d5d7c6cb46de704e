package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.JavaScriptParser.ArrowContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.BindingContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ChangeContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.CountStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.DeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.ForStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionDeclarationContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionExpressionContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.NameContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StepContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.UnaryContext;
import io.wormhole.isa.language.grammar.Reading;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;

/** Refuses new values for what one function declares as a constant and nowhere as a variable. */
final class JavaScriptConstants {
    private final Set<String> constants = new TreeSet<>();
    private final Set<String> variables = new TreeSet<>();
    private final Map<String, Token> changed = new TreeMap<>();

    private JavaScriptConstants() {}

    /** Looks through the body of one function; those inside of it are looked through apart. */
    static void check(ParseTree body) {
        JavaScriptConstants found = new JavaScriptConstants();
        found.visitParts(body);
        found.constants.removeAll(found.variables);
        found.changed.forEach(found::requireVariable);
    }

    private void requireVariable(String name, Token at) {
        if (constants.contains(name)) {
            throw new RefusedSource(
                    Reading.at(at), name + " is a constant", "write let where it is declared");
        }
    }

    private void visit(ParseTree tree) {
        if (tree instanceof FunctionDeclarationContext
                || tree instanceof FunctionExpressionContext
                || tree instanceof ArrowContext) {
            return;
        }
        if (tree instanceof DeclarationContext declaration) {
            Set<String> names = declaration.CONST() == null ? variables : constants;
            for (BindingContext binding : declaration.binding()) {
                names.add(binding.target().getText());
            }
        } else if (tree instanceof ForStatementContext loop) {
            (loop.CONST() == null ? variables : constants).add(loop.target().getText());
        } else if (tree instanceof CountStatementContext loop) {
            loop.binding().forEach(each -> variables.add(each.target().getText()));
        } else if (tree instanceof ChangeContext change
                && change.assignment() != null
                && change.expression(0) instanceof NameContext name) {
            changed.putIfAbsent(name.getText(), name.start);
        } else if (tree instanceof StepContext step) {
            changed.putIfAbsent(step.expression().getText(), step.start);
        } else if (tree instanceof UnaryContext unary && unary.op.getText().length() == 2) {
            changed.putIfAbsent(unary.expression().getText(), unary.start);
        }
        visitParts(tree);
    }

    private void visitParts(ParseTree tree) {
        for (int i = 0; i < tree.getChildCount(); i++) {
            visit(tree.getChild(i));
        }
    }
}
