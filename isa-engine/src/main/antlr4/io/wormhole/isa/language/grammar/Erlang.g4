// The functional subset of Erlang. Patterns are read as expressions.
grammar Erlang;

options { superClass = BoundedParser; }

program : form* EOF ;

form
    : '-' ATOM '(' expression (',' expression)* ')' '.'     # attribute
    | functionClause (';' functionClause)* '.'              # function
    ;

functionClause : ATOM '(' arguments ')' guard? '->' body ;

guard : WHEN conditions (';' conditions)* ;

conditions : expression (',' expression)* ;

arguments : (expression (',' expression)*)? ;

body : expression (',' expression)* ;

expression
    : op=('-' | '+' | NOT | BNOT) expression                               # unary
    | expression op=('*' | '/' | DIV | REM | BAND | AND) expression        # binary
    | expression op=('+' | '-' | BOR | BXOR | BSL | BSR | OR | XOR) expression  # binary
    | <assoc=right> expression op=('++' | '--') expression                 # binary
    | expression op=('==' | '/=' | '=<' | '<' | '>=' | '>' | '=:=' | '=/=') expression  # binary
    | expression op=ANDALSO expression                                     # binary
    | expression op=ORELSE expression                                      # binary
    | <assoc=right> expression '=' expression                              # match
    | primary                                                              # simple
    ;

primary
    : primary '(' arguments ')'                          # call
    | ATOM ':' ATOM '(' arguments ')'                    # remoteCall
    | primary '#' '{' associations '}'                   # mapUpdate
    | '#' '{' associations '}'                           # map
    | '[' ']'                                            # emptyList
    | '[' expression ('||' qualifier (',' qualifier)* | (',' expression)* ('|' expression)?) ']'    # list
    | '{' arguments '}'                                  # tuple
    | '<<' (segment (',' segment)*)? '>>'                # binaryValue
    | CASE expression OF clause (';' clause)* END        # case
    | IF choice (';' choice)* END                        # if
    | FUN funClause (';' funClause)* END                 # fun
    | FUN ATOM '/' INTEGER                               # funReference
    | BEGIN body END                                     # block
    | '(' expression ')'                                 # group
    | INTEGER                                            # integer
    | REAL                                               # real
    | STRING+                                            # string
    | ATOM                                               # atom
    | VARIABLE                                           # variable
    ;

associations : (association (',' association)*)? ;

association : expression op=('=>' | ':=') expression ;

qualifier : expression (('<-' | '<=') expression)? ;

segment : primary (':' primary)? ('/' ATOM ('-' ATOM)*)? ;

clause : expression guard? '->' body ;

choice : conditions (';' conditions)* '->' body ;

funClause : '(' arguments ')' guard? '->' body ;

WHEN : 'when' ;
CASE : 'case' ;
OF : 'of' ;
END : 'end' ;
IF : 'if' ;
FUN : 'fun' ;
BEGIN : 'begin' ;
NOT : 'not' ;
BNOT : 'bnot' ;
DIV : 'div' ;
REM : 'rem' ;
BAND : 'band' ;
BOR : 'bor' ;
BXOR : 'bxor' ;
BSL : 'bsl' ;
BSR : 'bsr' ;
AND : 'and' ;
OR : 'or' ;
XOR : 'xor' ;
ANDALSO : 'andalso' ;
ORELSE : 'orelse' ;

MINUS : '-' ;
DOT : '.' ;

REAL : [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? ;
INTEGER : [0-9] [0-9_]* | [0-9]+ '#' [0-9a-zA-Z]+ | '$' ('\\' . | ~[\\\r\n]) ;
VARIABLE : [A-Z_] [a-zA-Z0-9_@]* ;
ATOM : [a-z] [a-zA-Z0-9_@]* | '\'' (~['\\\r\n] | '\\' .)* '\'' ;
STRING : '"' (~["\\] | '\\' .)* '"' ;
COMMENT : '%' ~[\r\n]* -> skip ;
SPACE : [ \t\r\n]+ -> skip ;
