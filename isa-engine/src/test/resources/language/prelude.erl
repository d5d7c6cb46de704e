shown(V) when is_boolean(V) -> atom_to_list(V);
shown(V) when is_integer(V) -> integer_to_list(V);
shown(V) when is_float(V) -> "r" ++ hex(<<V:64/float>>);
shown(V) when is_binary(V) -> "#" ++ hex(V);
shown(V) when is_atom(V) -> "#" ++ hex(atom_to_binary(V));
shown(V) when is_list(V) -> "[" ++ lists:join(" ", [shown(X) || X <- V]) ++ "]";
shown(V) when is_tuple(V) -> "{" ++ lists:join(" ", [shown(X) || X <- tuple_to_list(V)]) ++ "}";
shown(V) when is_map(V) -> "%{" ++ lists:join(" ", [shown(K) ++ ":" ++ shown(X) || {K, X} <- lists:sort(maps:to_list(V))]) ++ "}".
hex(B) -> lists:flatten([io_lib:format("~2.16.0b", [X]) || <<X>> <= B]).
attempt(F) -> Line = try shown(F()) catch _:_ -> "trap" end, io:format("~s~n", [Line]).
