; what the machine does for one piece
G21
G90
M104 S200
G28
