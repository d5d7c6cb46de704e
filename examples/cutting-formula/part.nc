( the part itself; speed and feed come from the formula )
G21 G90
G0 X52 Z2
G1 X50 Z-40
G0 X60
M30
