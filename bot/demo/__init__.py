"""An invented trust to try everything on, and the stage it is shown on."""
