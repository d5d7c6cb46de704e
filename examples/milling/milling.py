"""Spindle speed and feed of an end mill, from material, tool, diameter and number of teeth."""
import math


def cutting_speed(material, tool):
    """Cutting speed in metres per minute."""
    speed = carbide_speed(material)
    return speed if tool == "carbide" else 0.4 * speed


def carbide_speed(material):
    match material:
        case "aluminium":
            return 300.0
        case "brass":
            return 200.0
        case "steel":
            return 100.0
        case _:
            fail("unknown material")


def tooth_feed(material, diameter):
    """Feed per tooth in millimetres grows with the root of the diameter."""
    base = 0.01 if material == "steel" else 0.02
    return base * math.sqrt(diameter)


def milling(material, tool, diameter, teeth, most):
    """Turns per minute, no faster than the spindle can, and millimetres per minute."""
    turns = 1000.0 * cutting_speed(material, tool) / (math.pi * diameter)
    rpm = turns if turns <= most else most
    return math.floor(rpm), rpm * teeth * tooth_feed(material, diameter)
