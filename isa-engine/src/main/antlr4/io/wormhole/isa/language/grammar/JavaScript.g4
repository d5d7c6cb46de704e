// The functional subset of JavaScript. The token source tells apart what JavaScript itself tells
// apart only by looking far ahead: the bracket of an arrow's parameters, the brace of an object; it
// puts in the semicolons that the ends of lines stand for, and takes templates apart.
grammar JavaScript;

options { superClass = BoundedParser; }

tokens { ARROW_OPEN, ARROW_NAME, OBJECT_OPEN, TEXT_OPEN, TEXT_NEXT, TEXT_CLOSE }

program : item* EOF ;

item
    : EXPORT? DEFAULT? functionDeclaration
    | EXPORT? declaration
    | ';'
    ;

functionDeclaration : FUNCTION IDENT '(' parameters ')' block ;

parameters : (parameter (',' parameter)* ','?)? ;

parameter : target ('=' expression)? ;

target
    : IDENT                                            # nameTarget
    | '[' '...' IDENT ']'                              # arrayTarget
    | '[' slot (',' slot)* (',' '...' IDENT)? ']'      # arrayTarget
    | OBJECT_OPEN (keyTarget (',' keyTarget)* (',' '...' IDENT)? ','?)? '}'  # objectTarget
    ;

slot : target? ;

keyTarget : (IDENT | STRING) (':' target)? ('=' expression)? ;

block : '{' statement* '}' ;

declaration : (CONST | LET) binding (',' binding)* ';' ;

binding : target ('=' expression)? ;

statement
    : block                                                       # blockStatement
    | declaration                                                 # declareStatement
    | functionDeclaration                                         # functionStatement
    | IF '(' expression ')' statement (ELSE statement)?           # ifStatement
    | SWITCH '(' expression ')' '{' clause* '}'                   # switchStatement
    | FOR '(' (CONST | LET) target OF expression ')' statement    # forStatement
    | FOR '(' (LET binding (',' binding)* | change (',' change)*)? ';' expression? ';'
        (next+=change (',' next+=change)*)? ')' statement         # countStatement
    | WHILE '(' expression ')' statement                          # whileStatement
    | DO statement WHILE '(' expression ')' ';'?                  # doStatement
    | RETURN expression? ';'                                      # returnStatement
    | BREAK ';'                                                   # breakStatement
    | CONTINUE ';'                                                # continueStatement
    | change ';'                                                  # expressionStatement
    | ';'                                                         # emptyStatement
    ;

change : expression (assignment expression)? ;

clause : (CASE expression | DEFAULT) ':' statement* ;

assignment : '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '**=' | '||=' | '&&=' | '??=' ;

expression
    : expression '.' IDENT                                      # member
    | expression '?.' IDENT                                     # optionalMember
    | expression '[' expression ']'                             # index
    | expression '(' arguments ')'                              # call
    | expression op=('++' | '--')                               # step
    | op=('-' | '+' | '!' | '~' | '++' | '--') expression       # unary
    | <assoc=right> expression '**' expression                  # power
    | expression op=('*' | '/' | '%') expression                # binary
    | expression op=('+' | '-') expression                      # binary
    | expression op=('<<' | '>>' | '>>>') expression            # binary
    | expression op=('<' | '<=' | '>' | '>=' | IN) expression   # binary
    | expression op=('===' | '!==' | '==' | '!=') expression    # binary
    | expression op='&' expression                              # binary
    | expression op='^' expression                              # binary
    | expression op='|' expression                              # binary
    | expression op='&&' expression                             # binary
    | expression op='||' expression                             # binary
    | expression op='??' expression                             # binary
    | <assoc=right> expression '?' expression ':' expression    # conditional
    | ARROW_OPEN parameters ')' '=>' arrowBody                  # arrow
    | ARROW_NAME '=>' arrowBody                                    # arrow
    | FUNCTION IDENT? '(' parameters ')' block                  # functionExpression
    | INTEGER                                                   # integer
    | BIGINT                                                    # bigInteger
    | REAL                                                      # real
    | STRING                                                    # string
    | TEMPLATE                                                  # template
    | TEXT_OPEN expression (TEXT_NEXT expression)* TEXT_CLOSE   # filledTemplate
    | (TRUE | FALSE)                                            # boolean
    | IDENT                                                     # name
    | '[' (element (',' element)*)? ','? ']'                    # array
    | OBJECT_OPEN (property (',' property)*)? ','? '}'          # object
    | '(' expression ')'                                        # group
    ;

arrowBody : block | expression ;

arguments : (element (',' element)* ','?)? ;

element : '...'? expression ;

property
    : '...' expression                            # spreadProperty
    | IDENT                                       # shortProperty
    | (IDENT | STRING | INTEGER) ':' expression   # valueProperty
    | '[' expression ']' ':' expression           # computedProperty
    ;

EXPORT : 'export' ;
DEFAULT : 'default' ;
FUNCTION : 'function' ;
CONST : 'const' ;
LET : 'let' ;
IF : 'if' ;
ELSE : 'else' ;
SWITCH : 'switch' ;
CASE : 'case' ;
FOR : 'for' ;
OF : 'of' ;
WHILE : 'while' ;
DO : 'do' ;
IN : 'in' ;
RETURN : 'return' ;
BREAK : 'break' ;
CONTINUE : 'continue' ;
TRUE : 'true' ;
FALSE : 'false' ;

OPEN_PAREN : '(' ;
CLOSE_PAREN : ')' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
ARROW : '=>' ;
COLON : ':' ;
SEMICOLON : ';' ;
QUESTION : '?' ;
DOT : '.' ;

IDENT : [a-zA-Z_$] [a-zA-Z0-9_$]* ;
BIGINT : (DIGITS | '0' [xX] HEX+) 'n' ;
INTEGER : DIGITS | '0' [xX] HEX+ ;
REAL : DIGITS '.' [0-9_]* EXPONENT? | '.' DIGITS EXPONENT? | DIGITS EXPONENT ;
STRING : '"' (~["\\\r\n] | '\\' .)* '"' | '\'' (~['\\\r\n] | '\\' .)* '\'' ;
TEMPLATE : '`' (~[`\\] | '\\' .)* '`' ;
COMMENT : '/*' .*? '*/' -> skip ;
LINE_COMMENT : '//' ~[\r\n]* -> skip ;
SPACE : [ \t\r\n]+ -> skip ;

fragment DIGITS : [0-9] [0-9_]* ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;
fragment HEX : [0-9a-fA-F] ;
