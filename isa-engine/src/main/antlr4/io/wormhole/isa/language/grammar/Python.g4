// The functional subset of Python. Ends of lines, changes of indentation and texts with values inside
// come as tokens from a source in front of the parser.
grammar Python;

options { superClass = BoundedParser; }

tokens { NEWLINE, INDENT, DEDENT, TEXT_OPEN, TEXT_NEXT, TEXT_CLOSE }

program : (NEWLINE | item)* EOF ;

item
    : function                                # functionItem
    | IMPORT IDENT NEWLINE                    # importItem
    | IDENT (':' expression)? '=' expression NEWLINE    # constantItem
    | STRING NEWLINE                          # documentItem
    ;

function : DEF IDENT '(' parameters ')' ('->' expression)? ':' suite ;

parameters : (parameter (',' parameter)* ','?)? ;

parameter : IDENT (':' expression)? ('=' expression)? ;

suite : simples NEWLINE | NEWLINE INDENT statement+ DEDENT ;

statement
    : simples NEWLINE                                             # simpleStatement
    | function                                                    # functionStatement
    | IF expression ':' suite (ELIF expression ':' suite)* (ELSE ':' suite)?  # ifStatement
    | FOR target IN expressions ':' suite                         # forStatement
    | WHILE expression ':' suite                                  # whileStatement
    | MATCH expressions ':' NEWLINE INDENT branch+ DEDENT         # matchStatement
    ;

branch : CASE patterns (IF expression)? ':' suite ;

simples : simple (';' simple)* ';'? ;

simple
    : RETURN expressions?                                          # returnSimple
    | PASS                                                         # passSimple
    | BREAK                                                        # breakSimple
    | CONTINUE                                                     # continueSimple
    | expressions ((':' expression)? assignment expressions ('=' expressions)*)?      # expressionSimple
    ;

assignment : '=' | '+=' | '-=' | '*=' | '/=' | '//=' | '%=' | '**=' | '&=' | '|=' | '^=' ;

expressions : element (',' element)* ','? ;

target : targetPart (',' targetPart)* ','? ;

targetPart
    : '*' IDENT            # restTarget
    | IDENT                # nameTarget
    | '(' target ')'       # groupTarget
    | '[' target ']'       # listTarget
    ;

patterns : listPart (',' listPart)* ','? ;

pattern
    : pattern '|' pattern                                    # orPattern
    | pattern AS IDENT                                       # asPattern
    | '-'? (INTEGER | REAL)                                  # numberPattern
    | (STRING | BYTES)+                                      # textPattern
    | (TRUE | FALSE)                                         # booleanPattern
    | IDENT                                                  # namePattern
    | '(' (listPart (',' listPart)* ','?)? ')'               # tuplePattern
    | '[' (listPart (',' listPart)* ','?)? ']'               # listPattern
    | '{' (key ':' pattern (',' key ':' pattern)* (',' '**' IDENT)? ','?)? '}' # mapPattern
    | '{' '**' IDENT ','? '}'                                # mapPattern
    ;

listPart : '*' IDENT | pattern ;

key : STRING | BYTES | INTEGER ;

expression
    : expression '.' IDENT                                   # member
    | expression '[' subscript ']'                           # index
    | expression '(' arguments ')'                           # call
    | <assoc=right> expression '**' expression               # power
    | op=('-' | '+' | '~') expression                        # unary
    | expression op=('*' | '/' | '//' | '%' | '@') expression    # binary
    | expression op=('+' | '-') expression                   # binary
    | expression op=('<<' | '>>') expression                 # binary
    | expression op='&' expression                           # binary
    | expression op='^' expression                           # binary
    | expression op='|' expression                           # binary
    | expression comparison expression                       # compare
    | NOT expression                                         # not
    | expression AND expression                              # and
    | expression OR expression                               # or
    | <assoc=right> expression IF expression ELSE expression # conditional
    | LAMBDA parameters ':' expression                       # lambda
    | INTEGER                                                # integer
    | REAL                                                   # real
    | (STRING | BYTES)+                                      # text
    | STRING* filled (STRING | filled)*                      # filledText
    | (TRUE | FALSE)                                         # boolean
    | IDENT                                                  # name
    | '(' (expression (generator+ | (',' expression)* comma=','?))? ')'   # parentheses
    | '[' (element (generator+ | (',' element)* ','?))? ']'  # list
    | '{' (entry (generator+ | (',' entry)* ','?))? '}'      # map
    ;

filled : TEXT_OPEN (expression (TEXT_NEXT expression)*)? TEXT_CLOSE ;

comparison : '<' | '<=' | '>' | '>=' | '==' | '!=' | NOT? IN | IS NOT? ;

generator : FOR target IN expression | IF expression ;

element : '*'? expression ;

entry : expression ':' expression | '**' expression ;

subscript : expression | from=expression? colon=':' to=expression? ;

arguments : (argument (',' argument)* ','?)? ;

argument : (IDENT '=')? expression generator* | '*' expression | '**' expression ;

DEF : 'def' ;
RETURN : 'return' ;
IF : 'if' ;
ELIF : 'elif' ;
ELSE : 'else' ;
FOR : 'for' ;
IN : 'in' ;
WHILE : 'while' ;
IS : 'is' ;
NOT : 'not' ;
AND : 'and' ;
OR : 'or' ;
LAMBDA : 'lambda' ;
PASS : 'pass' ;
BREAK : 'break' ;
CONTINUE : 'continue' ;
MATCH : 'match' ;
CASE : 'case' ;
AS : 'as' ;
IMPORT : 'import' ;
TRUE : 'True' ;
FALSE : 'False' ;

OPEN_PAREN : '(' ;
CLOSE_PAREN : ')' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
COLON : ':' ;

INTEGER : [0-9] [0-9_]* | '0' [xX] [0-9a-fA-F_]+ ;
REAL : [0-9] [0-9_]* '.' [0-9_]* EXPONENT? | '.' [0-9] [0-9_]* EXPONENT? | [0-9] [0-9_]* EXPONENT ;
BYTES : [bB] (SINGLE | DOUBLE) ;
FILLED : [fF] (TRIPLE | SINGLE | DOUBLE) ;
STRING : TRIPLE | SINGLE | DOUBLE ;
IDENT : [a-zA-Z_] [a-zA-Z0-9_]* ;

JOINED : '\\' '\r'? '\n' -> skip ;
COMMENT : '#' ~[\r\n]* -> skip ;
LINE : '\r'? '\n' ;
SPACE : [ \t]+ -> skip ;

fragment EXPONENT : [eE] [+-]? [0-9]+ ;
fragment TRIPLE : '"""' .*? '"""' | '\'\'\'' .*? '\'\'\'' ;
fragment SINGLE : '\'' (~['\\\r\n] | '\\' .)* '\'' ;
fragment DOUBLE : '"' (~["\\\r\n] | '\\' .)* '"' ;
