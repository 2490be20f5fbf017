"""The kiosk: one question a screen, for anybody, with nobody's help."""
