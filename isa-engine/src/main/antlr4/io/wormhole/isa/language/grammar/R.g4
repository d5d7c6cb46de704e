// The functional subset of R. Ends of lines that do not end an expression are taken away by a
// source in front of the parser.
grammar R;

options { superClass = BoundedParser; }

tokens { END_OF_LINE }

program : lines EOF ;

lines : expression? (separator expression?)* ;

separator : END_OF_LINE | ';' ;

expression
    : expression op=('$' | '@') IDENT                              # member
    | expression '[[' expression ']' ']'                           # index
    | expression '[' arguments ']'                                 # subset
    | expression '(' arguments ')'                                 # call
    | <assoc=right> expression '^' expression                      # power
    | op=('-' | '+') expression                                    # sign
    | expression op=':' expression                                 # range
    | expression op=(SPECIAL | '|>') expression                    # special
    | expression op=('*' | '/') expression                         # binary
    | expression op=('+' | '-') expression                         # binary
    | expression op=('<' | '<=' | '>' | '>=' | '==' | '!=') expression   # binary
    | '!' expression                                               # not
    | expression op=('&&' | '&') expression                        # logic
    | expression op=('||' | '|') expression                        # logic
    | expression op=('->' | '->>') expression                      # rightAssign
    | <assoc=right> expression op=('<-' | '<<-' | '=') expression  # assign
    | (FUNCTION | '\\') '(' parameters ')' expression              # function
    | IF '(' expression ')' expression (ELSE expression)?          # if
    | FOR '(' IDENT IN expression ')' expression                   # for
    | WHILE '(' expression ')' expression                          # while
    | REPEAT expression                                            # repeat
    | '{' lines '}'                                                # block
    | '(' expression ')'                                           # group
    | NEXT                                                         # next
    | BREAK                                                        # break
    | INTEGER                                                      # integer
    | NUMBER                                                       # number
    | STRING                                                       # string
    | (TRUE | FALSE)                                               # boolean
    | IDENT                                                        # name
    ;

parameters : (parameter (',' parameter)*)? ;

parameter : IDENT ('=' expression)? ;

arguments : (argument (',' argument)*)? ;

argument : (key '=')? expression | key '=' ;

key : IDENT | STRING ;

FUNCTION : 'function' ;
IF : 'if' ;
ELSE : 'else' ;
FOR : 'for' ;
IN : 'in' ;
WHILE : 'while' ;
REPEAT : 'repeat' ;
NEXT : 'next' ;
BREAK : 'break' ;
TRUE : 'TRUE' ;
FALSE : 'FALSE' ;

OPEN_PAREN : '(' ;
CLOSE_PAREN : ')' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
OPEN_BRACKETS : '[[' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
COMMA : ',' ;
SEMICOLON : ';' ;

INTEGER : ([0-9]+ | '0' [xX] [0-9a-fA-F]+) 'L' ;
NUMBER : [0-9]+ ('.' [0-9]*)? EXPONENT? | '.' [0-9]+ EXPONENT? ;
SPECIAL : '%' ~[%\r\n]* '%' ;
STRING : '"' (~["\\] | '\\' .)* '"' | '\'' (~['\\] | '\\' .)* '\'' ;
IDENT : [a-zA-Z.] [a-zA-Z0-9._]* ;
COMMENT : '#' ~[\r\n]* -> skip ;
LINE : '\r'? '\n' ;
SPACE : [ \t\r]+ -> skip ;

fragment EXPONENT : [eE] [+-]? [0-9]+ ;
