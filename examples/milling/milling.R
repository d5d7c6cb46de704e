# Spindle speed and feed of an end mill, from material, tool, diameter and number of teeth.

# Cutting speed in metres per minute.
cutting.speed <- function(material, tool) {
  speed <- carbide.speed(material)
  if (tool == "carbide") speed else 0.4 * speed
}

carbide.speed <- function(material) {
  switch(material,
    aluminium = 300,
    brass = 200,
    steel = 100,
    stop("unknown material"))
}

# Feed per tooth in millimetres grows with the root of the diameter.
tooth.feed <- function(material, diameter) {
  base <- if (material == "steel") 0.01 else 0.02
  base * sqrt(diameter)
}

# Turns per minute, no faster than the spindle can, and millimetres per minute.
milling <- function(material, tool, diameter, teeth, most) {
  turns <- 1000 * cutting.speed(material, tool) / (pi * diameter)
  rpm <- if (turns <= most) turns else most
  tuple(as.integer(floor(rpm)), rpm * teeth * tooth.feed(material, diameter))
}
