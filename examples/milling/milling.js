// Spindle speed and feed of an end mill, from material, tool, diameter and number of teeth.

// Cutting speed in metres per minute.
function cuttingSpeed(material, tool) {
  const speed = carbideSpeed(material);
  return tool === "carbide" ? speed : 0.4 * speed;
}

function carbideSpeed(material) {
  switch (material) {
    case "aluminium":
      return 300.0;
    case "brass":
      return 200.0;
    case "steel":
      return 100.0;
    default:
      fail("unknown material");
  }
}

// Feed per tooth in millimetres grows with the root of the diameter.
function toothFeed(material, diameter) {
  const base = material === "steel" ? 0.01 : 0.02;
  return base * Math.sqrt(diameter);
}

// Turns per minute, no faster than the spindle can, and millimetres per minute.
function milling(material, tool, diameter, teeth, most) {
  const turns = (1000.0 * cuttingSpeed(material, tool)) / (Math.PI * diameter);
  const rpm = turns <= most ? turns : most;
  return tuple(Math.floor(rpm), rpm * teeth * toothFeed(material, diameter));
}
