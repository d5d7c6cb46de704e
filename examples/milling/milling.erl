%% Spindle speed and feed of an end mill, from material, tool, diameter and number of teeth.
-module(milling).
-export([milling/5]).

%% Cutting speed in metres per minute.
cutting_speed(Material, Tool) ->
    Speed = carbide_speed(Material),
    if Tool =:= carbide -> Speed; true -> 0.4 * Speed end.

carbide_speed(Material) ->
    case Material of
        aluminium -> 300.0;
        brass -> 200.0;
        steel -> 100.0;
        _ -> error('unknown material')
    end.

%% Feed per tooth in millimetres grows with the root of the diameter.
tooth_feed(Material, Diameter) ->
    Base = if Material =:= steel -> 0.01; true -> 0.02 end,
    Base * math:sqrt(Diameter).

%% Turns per minute, no faster than the spindle can, and millimetres per minute.
milling(Material, Tool, Diameter, Teeth, Most) ->
    Turns = 1000.0 * cutting_speed(Material, Tool) / (math:pi() * Diameter),
    Rpm = if Turns =< Most -> Turns; true -> Most end,
    {floor(Rpm), Rpm * Teeth * tooth_feed(Material, Diameter)}.
