-module(corpus).
-export([sum_to/1]).

limit() -> 10.

sum_to(0) -> 0;
sum_to(N) -> N + sum_to(N - 1).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

steps(N, Count) when N =< 1 -> Count;
steps(N, Count) when N rem 2 =:= 0 -> steps(N div 2, Count + 1);
steps(N, Count) -> steps(3 * N + 1, Count + 1).

divisions(_, 0) -> error(zero);
divisions(A, B) -> {A div B, A rem B, A div B, A rem B}.

inserted(X, []) -> [X];
inserted(X, [First | _] = All) when X =< First -> [X | All];
inserted(X, [First | Rest]) -> [First | inserted(X, Rest)].

sorted_list(Xs) -> lists:foldl(fun inserted/2, [], Xs).

squares(Xs) -> [X * X || X <- Xs, X rem 2 =:= 0].

total(Xs, K) -> total(Xs, K, 0, 0).

total([X | _], K, Sum, Seen) when X =:= K -> {Sum, Seen};
total([X | Rest], K, Sum, Seen) when X < 0 -> total(Rest, K, Sum, Seen);
total([X | Rest], K, Sum, Seen) -> total(Rest, K, Sum + X * (Seen + 1), Seen + 1);
total([], _, Sum, Seen) -> {Sum, Seen}.

poly(X) -> (2.0 * X - 3.5) * X + 0.25.

mean(Xs) -> lists:foldl(fun(X, S) -> S + X end, 0.0, Xs) / float(length(Xs)).

clamp(X, Low, High) -> min(max(X, Low), High).

sizes(N) ->
    Limit = limit(),
    case N of
        0 -> <<"none">>;
        _ when N =:= 1; N =:= 2 -> <<"few">>;
        _ when N > Limit -> <<"many">>;
        _ -> <<"some">>
    end.

greeting(Name, N) -> <<"hello ", Name/binary, (integer_to_binary(N))/binary>>.

counts(Names) ->
    lists:foldl(fun(Name, M) -> M#{Name => maps:get(Name, M, 0) + 1} end, #{}, Names).

compose(F, G) -> fun(X) -> G(F(X)) end.

composed(A, X) ->
    Add = fun(Y) -> Y + A end,
    (compose(Add, compose(fun(Y) -> Y * 2 end, Add)))(X).

pairs(N) -> lists:reverse([{I, J} || I <- lists:seq(0, N - 1), J <- lists:seq(I, N - 1)]).

logic(A, B) -> {A < B andalso B < 20, A > B orelse A =:= 3, not (A =:= B), A =/= B}.

found(Xs, X) ->
    {lists:member(X, Xs), lists:any(fun(Y) -> Y > X end, Xs), lists:all(fun(Y) -> Y > X end, Xs)}.

roots(X) -> {math:sqrt(abs(X)), floor(X), ceil(X), trunc(X)}.
